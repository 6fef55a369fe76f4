import type { Database } from '@tessera/kernel/public';
import type { LocalizedText, PolicyAssignment } from '../domain/policy';
import type { SessionGate } from '../public';

export interface StaffRow {
  name: string;
  email: string;
  staffNo: string | null;
  isActive: boolean;
  assignments: PolicyAssignment[];
  roles: RoleRow[];
}

/** A role as Strapi and our own tables hold it. */
export interface RoleRow {
  id: string;
  /** Template code, else Strapi's. */
  code: string;
  name: LocalizedText;
  description: LocalizedText | null;
  isOwner: boolean;
  conflicts: unknown[];
  grants: { action: string; terms: Record<string, unknown> | null; reason: LocalizedText | null }[];
}

const OWNER_ROLE = `'strapi-super-admin'`;

const GATE = { name: 'access-gate', text: 'SELECT tessera.session_gate($1, $2) AS gate' };

/** `admin_permissions` says what is granted, our terms say how far. */
const ROLES = `SELECT r.id::text AS id, coalesce(t.code, r.code) AS code,
    coalesce(t.name, jsonb_build_object('zh', r.name, 'en', r.name)) AS name, t.description,
    r.code = ${OWNER_ROLE} AS "isOwner", coalesce(t.conflicts, '[]') AS conflicts,
    coalesce((SELECT jsonb_agg(jsonb_build_object('action', p.action, 'terms', g.terms, 'reason', g.reason) ORDER BY p.action)
      FROM (SELECT DISTINCT p.action FROM public.admin_permissions_role_lnk l
        JOIN public.admin_permissions p ON p.id = l.permission_id
        WHERE l.role_id = r.id AND p.action LIKE 'plugin::%') p
      LEFT JOIN tessera.access_grant_terms g ON g.role_id = r.id
        AND g.permission = regexp_replace(p.action, '^plugin::[^.]+[.]', '')), '[]') AS grants
  FROM public.admin_roles r LEFT JOIN tessera.access_role t ON t.role_id = r.id`;

const iso = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** A person holds what is assigned to him *and* linked in Strapi; Strapi's super admin is the owner of every store. */
const STAFF = {
  name: 'access-staff',
  text: `WITH held AS (
    SELECT a.id::text AS id, a.role_id, a.store_id, a.valid_from, a.valid_until FROM tessera.assignment a
      JOIN public.admin_users_roles_lnk l ON l.user_id = a.staff_id AND l.role_id = a.role_id
      WHERE a.staff_id = $1 AND a.ended_at IS NULL AND (a.valid_until IS NULL OR a.valid_until > now())
    UNION ALL
    SELECT 'owner', r.id, NULL, NULL, NULL FROM public.admin_users_roles_lnk l
      JOIN public.admin_roles r ON r.id = l.role_id AND r.code = ${OWNER_ROLE} WHERE l.user_id = $1)
  SELECT trim(concat(u.firstname, ' ', u.lastname)) AS name, u.email, p.staff_no AS "staffNo",
    coalesce(u.is_active, false) AND NOT coalesce(u.blocked, false) AND coalesce(p.is_open, true) AS "isActive",
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', h.id, 'roleId', h.role_id::text, 'storeId', h.store_id,
      'validFrom', ${iso('h.valid_from')}, 'validUntil', ${iso('h.valid_until')}) ORDER BY h.id) FROM held h), '[]') AS assignments,
    coalesce((SELECT jsonb_agg(to_jsonb(role) ORDER BY role.id) FROM (${ROLES} WHERE r.id IN (SELECT role_id FROM held)) role), '[]') AS roles
  FROM public.admin_users u
  CROSS JOIN LATERAL (SELECT min(sp.staff_no) AS staff_no, bool_and(coalesce(sp.active, true) AND NOT coalesce(sp.archived, false)) AS is_open
    FROM public.staff_profiles_user_lnk pl JOIN public.staff_profiles sp ON sp.id = pl.staff_profile_id
    WHERE pl.user_id = u.id) p
  WHERE u.id = $1`,
};

/** The one query every request makes: has anything about access changed, and is this session still there? */
export async function readGate(database: Database, sessionId: string, staffId: string): Promise<SessionGate> {
  const rows = await database.query<{ gate: SessionGate }>(GATE, [sessionId, staffId]);
  return rows[0]?.gate ?? { version: 0, isSessionLive: false };
}

export async function readVersion(database: Database): Promise<number> {
  const rows = await database.query<{ version: number }>('SELECT version FROM tessera.access_version');
  return rows[0]?.version ?? 0;
}

export async function readStaff(database: Database, staffId: string): Promise<StaffRow | undefined> {
  const rows = await database.query<StaffRow>(STAFF, [staffId]);
  return rows[0];
}

export async function readRoles(database: Database): Promise<(RoleRow & { people: number })[]> {
  // The owner is whom Strapi links; everybody else holds what is assigned.
  return database.query(`SELECT role.*, CASE WHEN role."isOwner"
      THEN (SELECT count(*) FROM public.admin_users_roles_lnk l WHERE l.role_id = role.id::bigint)
      ELSE (SELECT count(DISTINCT a.staff_id) FROM tessera.assignment a WHERE a.role_id = role.id::bigint
        AND a.ended_at IS NULL AND (a.valid_until IS NULL OR a.valid_until > now())) END AS people
    FROM (${ROLES}) role ORDER BY role.id::bigint`);
}

export interface StoreRow {
  id: string;
  code: string;
  nameZh: string;
  nameEn: string;
  currency: string;
  timeZone: string;
  dayCutoff: string;
  cashRounding: number;
  tills: { id: string; code: string; name: string }[];
}

const STORES = {
  name: 'access-stores',
  text: `SELECT s.document_id AS id, s.code, s.name_zh AS "nameZh", s.name_en AS "nameEn", s.currency, s.time_zone AS "timeZone",
    s.day_cutoff AS "dayCutoff", s.cash_rounding AS "cashRounding",
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', t.document_id, 'code', t.code, 'name', t.name) ORDER BY t.code)
      FROM public.tills_store_lnk l JOIN public.tills t ON t.id = l.till_id
      WHERE l.store_id = s.id AND t.active AND NOT t.archived), '[]') AS tills
  FROM public.stores s WHERE s.active AND NOT s.archived AND ($1::text[] IS NULL OR s.document_id = ANY ($1)) ORDER BY s.code`,
};

/** Stores open for work, with their tills; `null` = all of them. */
export function readStores(database: Database, storeIds: string[] | null): Promise<StoreRow[]> {
  return database.query(STORES, [storeIds]);
}
