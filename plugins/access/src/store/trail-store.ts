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
