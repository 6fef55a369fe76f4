import type { Sql } from '@tessera/kernel/public';

const ADJUST = { name: 'points-adjust', text: 'SELECT tessera.adjust_points($1::jsonb) AS outcome' };
const NOT_ENOUGH = 'TP001';
/** SQLSTATE raised by `tessera.hold_members`. */
const MEMBER_MERGED = 'TM001';

export type AdjustmentOutcome =
  | { kind: 'booked' }
  | { kind: 'answered'; requestHash: string; response: unknown }
  | { kind: 'not-enough' }
  | { kind: 'member-merged' };

/** Books an adjustment: see `tessera.adjust_points`. */
export async function bookAdjustment(sql: Sql, request: Record<string, unknown>): Promise<AdjustmentOutcome> {
  try {
    const rows = await sql.query<{ outcome: { answered?: { requestHash: string; response: unknown } } }>(ADJUST, [
      JSON.stringify(request),
    ]);
    const answered = rows[0]?.outcome.answered;
    return answered ? { kind: 'answered', ...answered } : { kind: 'booked' };
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === NOT_ENOUGH) return { kind: 'not-enough' };
    if (code === MEMBER_MERGED) return { kind: 'member-merged' };
    throw error;
  }
}

/** The version of the rules, for what happens outside a sale. */
export async function readRulesVersion(sql: Sql): Promise<number> {
  const rows = await sql.query<{ version: number }>('SELECT version FROM tessera.points_version');
  return rows[0]?.version ?? 0;
}
