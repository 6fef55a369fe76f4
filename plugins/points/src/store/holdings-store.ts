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
