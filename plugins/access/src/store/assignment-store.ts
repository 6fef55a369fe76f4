import type { Sql } from '@tessera/kernel/public';
import type { Assignment } from '../contracts';

export interface NewAssignment {
  staffId: string;
  roleId: string;
  storeId: string | null;
  validFrom: string | null;
  validUntil: string | null;
  assignedBy: string | null;
}

const SELECT = `SELECT a.id::text AS id, a.staff_id::text AS "staffId",
    trim(concat(u.firstname, ' ', u.lastname)) AS "staffName", a.role_id::text AS "roleId",
    coalesce(t.name, jsonb_build_object('zh', r.name, 'en', r.name)) AS "roleName", a.store_id AS "storeId",
    CASE WHEN s.id IS NOT NULL THEN jsonb_build_object('zh', s.name_zh, 'en', s.name_en) END AS "storeName",
    a.valid_from AS "validFrom", a.valid_until AS "validUntil",
    (SELECT trim(concat(b.firstname, ' ', b.lastname)) FROM public.admin_users b WHERE b.id = a.assigned_by) AS "assignedBy",
    a.created_at AS "createdAt"
  FROM tessera.assignment a
  JOIN public.admin_users u ON u.id = a.staff_id
  JOIN public.admin_roles r ON r.id = a.role_id
  LEFT JOIN tessera.access_role t ON t.role_id = a.role_id
  LEFT JOIN public.stores s ON s.document_id = a.store_id
  WHERE a.ended_at IS NULL`;

export function readAssignments(sql: Sql, staffId: string | null): Promise<Assignment[]> {
  return sql.query(`${SELECT} AND ($1::bigint IS NULL OR a.staff_id = $1) ORDER BY a.id`, [staffId]);
}

export async function readAssignment(sql: Sql, id: string): Promise<Assignment | undefined> {
  const rows = await sql.query<Assignment>(`${SELECT} AND a.id = $1`, [id]);
  return rows[0];
}

/** Giving and taking the same person's roles happens one after the other: the link in Strapi follows the last one. */
async function lockStaff(sql: Sql, staffId: string): Promise<void> {
  await sql.query('SELECT 1 FROM public.admin_users WHERE id = $1 FOR NO KEY UPDATE', [staffId]);
}

/** What is missing for this assignment: the person, the role or the store; empty = nothing. */
export async function lockAndReadMissing(sql: Sql, wanted: NewAssignment): Promise<string[]> {
  await lockStaff(sql, wanted.staffId);
  const rows = await sql.query<{ what: string }>(
    `SELECT 'staff' AS what WHERE NOT EXISTS (SELECT 1 FROM public.admin_users WHERE id = $1)
    UNION ALL SELECT 'role' WHERE NOT EXISTS (SELECT 1 FROM public.admin_roles WHERE id = $2)
    UNION ALL SELECT 'store' WHERE $3::text IS NOT NULL AND NOT EXISTS (SELECT 1 FROM public.stores WHERE document_id = $3)`,
    [wanted.staffId, wanted.roleId, wanted.storeId],
  );
  return rows.map((row) => row.what);
}

/** Inserts it and links the role in Strapi. @returns null when the same assignment stands already. */
export async function insertAssignment(sql: Sql, wanted: NewAssignment): Promise<string | null> {
  const rows = await sql.query<{ id: string }>(
    `INSERT INTO tessera.assignment (staff_id, role_id, store_id, valid_from, valid_until, assigned_by)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING id::text`,
    [wanted.staffId, wanted.roleId, wanted.storeId, wanted.validFrom, wanted.validUntil, wanted.assignedBy],
  );
  await sql.query(
    `INSERT INTO public.admin_users_roles_lnk (user_id, role_id) SELECT $1, $2
    WHERE NOT EXISTS (SELECT 1 FROM public.admin_users_roles_lnk WHERE user_id = $1 AND role_id = $2)`,
    [wanted.staffId, wanted.roleId],
  );
  return rows[0]?.id ?? null;
}

/** Ends it; the role's link in Strapi goes with the last assignment of that role. @returns false when it had ended. */
export async function endAssignment(sql: Sql, assignment: Assignment, endedBy: string): Promise<boolean> {
  await lockStaff(sql, assignment.staffId);
  const ended = await sql.query(
    'UPDATE tessera.assignment SET ended_at = now(), ended_by = $2 WHERE id = $1 AND ended_at IS NULL RETURNING id',
    [assignment.id, endedBy],
  );
  if (ended.length === 0) return false;
  await sql.query(
    `DELETE FROM public.admin_users_roles_lnk l WHERE l.user_id = $1 AND l.role_id = $2 AND NOT EXISTS
    (SELECT 1 FROM tessera.assignment a WHERE a.staff_id = $1 AND a.role_id = $2 AND a.ended_at IS NULL)`,
    [assignment.staffId, assignment.roleId],
  );
  return true;
}

export interface AccountRow {
  id: string;
  name: string;
  email: string;
  isActive: boolean;
  staffNo: string | null;
  /** Stores of the staff profile and of the live assignments. */
  storeIds: string[];
}

export function readAccounts(sql: Sql): Promise<AccountRow[]> {
  return sql.query(`SELECT DISTINCT ON (u.id) u.id::text AS id, trim(concat(u.firstname, ' ', u.lastname)) AS name, u.email,
      coalesce(u.is_active, false) AND NOT coalesce(u.blocked, false) AS "isActive", p.staff_no AS "staffNo",
      array(SELECT s.document_id FROM public.staff_profiles_stores_lnk sl JOIN public.stores s ON s.id = sl.store_id
        WHERE sl.staff_profile_id = p.id
        UNION SELECT a.store_id FROM tessera.assignment a
        WHERE a.staff_id = u.id AND a.ended_at IS NULL AND a.store_id IS NOT NULL)::text[] AS "storeIds"
    FROM public.admin_users u
    LEFT JOIN public.staff_profiles_user_lnk l ON l.user_id = u.id
    LEFT JOIN public.staff_profiles p ON p.id = l.staff_profile_id ORDER BY u.id, p.id`);
}
