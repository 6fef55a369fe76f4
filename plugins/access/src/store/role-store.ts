import type { Sql } from '@tessera/kernel/public';
import type { Grant, LocalizedText } from '../domain/policy';

export interface TemplateState {
  code: string;
  roleId: string;
  template: Grant[];
  /** False when an administrator deleted the role in Strapi. */
  exists: boolean;
}

export async function lockRoleSync(sql: Sql): Promise<void> {
  await sql.query(`SELECT pg_advisory_xact_lock(hashtext('tessera.role-sync'))`);
}

export function readTemplateStates(sql: Sql): Promise<TemplateState[]> {
  return sql.query(`SELECT t.code, t.role_id::text AS "roleId", t.template, r.id IS NOT NULL AS "exists"
    FROM tessera.access_role t LEFT JOIN public.admin_roles r ON r.id = t.role_id`);
}

export async function saveRole(
  sql: Sql,
  role: {
    code: string;
    roleId: string;
    name: LocalizedText;
    description: LocalizedText;
    template: Grant[];
    conflicts: unknown;
  },
): Promise<void> {
  const values = [
    role.code,
    role.roleId,
    role.name,
    role.description,
    JSON.stringify(role.template),
    JSON.stringify(role.conflicts),
  ];
  await sql.query(
    `INSERT INTO tessera.access_role AS r (code, role_id, name, description, template, conflicts) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, description = excluded.description, template = excluded.template,
      conflicts = excluded.conflicts
    WHERE (r.name, r.description, r.template, r.conflicts)
      IS DISTINCT FROM (excluded.name, excluded.description, excluded.template, excluded.conflicts)`,
    values,
  );
}

export async function saveTerms(sql: Sql, roleId: string, grant: Grant, reason: LocalizedText | null): Promise<void> {
  const { permission, ...terms } = grant;
  await sql.query(
    `INSERT INTO tessera.access_grant_terms (role_id, permission, terms, reason) VALUES ($1, $2, $3, $4)
    ON CONFLICT (role_id, permission) DO UPDATE SET terms = excluded.terms, reason = excluded.reason`,
    [roleId, permission, terms, reason],
  );
}

export async function deleteTerms(sql: Sql, roleId: string, permission: string): Promise<void> {
  await sql.query('DELETE FROM tessera.access_grant_terms WHERE role_id = $1 AND permission = $2', [
    roleId,
    permission,
  ]);
}

export async function readTerms(sql: Sql, roleId: string): Promise<Grant[]> {
  const rows = await sql.query<{ permission: string; terms: Omit<Grant, 'permission'> }>(
    'SELECT permission, terms FROM tessera.access_grant_terms WHERE role_id = $1',
    [roleId],
  );
  return rows.map(({ permission, terms }) => ({ ...terms, permission }));
}

/** The sentence that explains a grant follows its template, whoever changed the grant since. */
export async function saveReason(sql: Sql, roleId: string, permission: string, reason: LocalizedText): Promise<void> {
  await sql.query(
    `UPDATE tessera.access_grant_terms SET reason = $3
    WHERE role_id = $1 AND permission = $2 AND reason IS DISTINCT FROM $3::jsonb`,
    [roleId, permission, reason],
  );
}
