import type { Sql } from '@tessera/kernel/public';

/** What the member has, or owes (negative). */
export async function readPointsBalance(sql: Sql, memberId: string): Promise<number> {
  const rows = await sql.query<{ balance: number }>('SELECT tessera.points_balance($1) AS balance', [memberId]);
  return rows[0]?.balance ?? 0;
}

interface MergeOfPoints {
  mergeId: string;
  keptId: string;
  duplicateId: string;
  journal: Record<string, unknown>;
}

/** See `tessera.merge_points`. */
export async function movePoints(sql: Sql, merge: MergeOfPoints): Promise<void> {
  await sql.query('SELECT tessera.merge_points($1::jsonb)', [JSON.stringify(merge)]);
}

/** See `tessera.unmerge_points`. */
export async function movePointsBack(sql: Sql, undo: MergeOfPoints): Promise<void> {
  await sql.query('SELECT tessera.unmerge_points($1::jsonb)', [JSON.stringify(undo)]);
}

/** In the reasons of these members' adjustments nobody is named any more: see `tessera.forget_texts`. */
export async function forgetInAdjustments(sql: Sql, memberIds: readonly string[]): Promise<void> {
  const condition = 't.journal_id IN (SELECT j.id FROM tessera.journal j WHERE j.subject_id = ANY ($1))';
  await sql.query(`SELECT tessera.forget_texts('tessera.point_adjustment', ARRAY['reason'], $1, $2)`, [
    condition,
    memberIds,
  ]);
}
