import type { Sql } from '@tessera/kernel/public';
import type { StoredPlan } from '../domain';

/** Kind and sessions of one plan, for a change that names only one of them. */
export async function readPlan(sql: Sql, documentId: string): Promise<StoredPlan | null> {
  const rows = await sql.query<StoredPlan>(
    'SELECT kind, session_count AS "sessionCount" FROM public.card_plans WHERE document_id = $1',
    [documentId],
  );
  return rows[0] ?? null;
}

/** Does a session card that was sold cover this service? */
export async function isServiceCovered(sql: Sql, documentId: string): Promise<boolean> {
  const rows = await sql.query<{ found: boolean }>(
    'SELECT EXISTS (SELECT 1 FROM tessera.card_lot WHERE $1 = ANY (service_ids)) AS found',
    [documentId],
  );
  return rows[0]?.found ?? false;
}

export async function isPlanSold(sql: Sql, documentId: string): Promise<boolean> {
  const rows = await sql.query<{ found: boolean }>(
    'SELECT EXISTS (SELECT 1 FROM tessera.card_lot WHERE plan_id = $1) AS found',
    [documentId],
  );
  return rows[0]?.found ?? false;
}
