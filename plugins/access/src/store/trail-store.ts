import type { Sql } from '@tessera/kernel/public';

const RECORD = { name: 'access-record', text: 'SELECT tessera.record_audit($1::jsonb)' };

export async function insertAudit(sql: Sql, row: Record<string, unknown>): Promise<void> {
  await sql.query(RECORD, [JSON.stringify(row)]);
}

export interface Use {
  staffId: string;
  permission: string;
  uses: number;
}

/** Adds counted uses to the hour they fell in. */
export async function addUses(sql: Sql, now: Date, uses: readonly Use[]): Promise<void> {
  await sql.query(
    `INSERT INTO tessera.audit_use AS u (hour, staff_id, permission, uses)
    SELECT date_trunc('hour', $1::timestamptz), x."staffId"::bigint, x.permission, x.uses
    FROM jsonb_to_recordset($2::jsonb) AS x ("staffId" text, permission text, uses bigint) ORDER BY 2, 3
    ON CONFLICT (hour, staff_id, permission) DO UPDATE SET uses = u.uses + excluded.uses`,
    [now.toISOString(), JSON.stringify(uses)],
  );
}

/** Do assignments or the trail name this store or one of these people? */
export async function isNamed(
  sql: Sql,
  { storeId, staffIds }: { storeId: string | null; staffIds: readonly string[] },
): Promise<boolean> {
  const rows = await sql.query<{ has_history: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM tessera.assignment WHERE store_id = $1 OR staff_id = ANY ($2::bigint[]))
      OR EXISTS (SELECT 1 FROM tessera.audit WHERE staff_id = ANY ($2::bigint[])) AS has_history`,
    [storeId, staffIds],
  );
  return rows[0]?.has_history ?? false;
}
