import type { Sql } from '@tessera/kernel/public';
import type { MergingMember } from '../domain';

/** A member with what a merge has to know of him. */
export interface MergePlace extends MergingMember {
  memberNo: string;
  /** documentId of the home store; null = none. */
  storeId: string | null;
}

const PLACES = `SELECT m.document_id AS id, m.member_no AS "memberNo", m.status, m.archived IS TRUE AS "isArchived", a.kept_id AS "keptId",
    s.document_id AS "storeId"
  FROM public.members m LEFT JOIN tessera.member_alias a ON a.duplicate_id = m.document_id
  LEFT JOIN public.members_home_store_lnk l ON l.member_id = m.id LEFT JOIN public.stores s ON s.id = l.store_id
  WHERE m.document_id = ANY ($1) ORDER BY m.id`;

export function readMergePlaces(sql: Sql, memberIds: readonly string[]): Promise<MergePlace[]> {
  return sql.query<MergePlace>(PLACES, [memberIds]);
}

/** Whoever gives one of them something is waited for, and waits (`tessera.hold_members`). Read anew, because of who was waited for. */
export async function lockMergePlaces(sql: Sql, memberIds: readonly string[]): Promise<MergePlace[]> {
  await sql.query('SELECT 1 FROM public.members m WHERE m.document_id = ANY ($1) ORDER BY m.id FOR UPDATE', [
    memberIds,
  ]);
  return readMergePlaces(sql, memberIds);
}

/** A store whose books a journal between two members goes in, and its clock. */
export interface Books {
  storeId: string;
  timeZone: string;
  dayCutoff: string;
}

/** The first of these stores that there is, else the first of all. Undefined: there is no store yet, so nobody has anything. */
export async function readBooks(sql: Sql, storeIds: readonly (string | null)[]): Promise<Books | undefined> {
  const rows = await sql.query<Books>(
    `SELECT s.document_id AS "storeId", coalesce(s.time_zone, 'UTC') AS "timeZone", coalesce(s.day_cutoff, '00:00') AS "dayCutoff"
    FROM public.stores s ORDER BY array_position($1::text[], s.document_id::text) NULLS LAST, s.code LIMIT 1`,
    [storeIds],
  );
  return rows[0];
}

/** What a key was answered before; null: it is this act's now. See `tessera.claim_key`. */
export async function claimKey(
  sql: Sql,
  { key, requestHash, answer }: { key: string; requestHash: string; answer: unknown },
): Promise<{ requestHash: string; response: unknown } | null> {
  const rows = await sql.query<{ answered: { requestHash: string; response: unknown } | null }>(
    'SELECT tessera.claim_key($1, $2, $3::jsonb) AS answered',
    [key, requestHash, JSON.stringify(answer)],
  );
  return rows[0]?.answered ?? null;
}

/** See `tessera.merge_members`. */
export async function writeMerge(sql: Sql, merge: Record<string, unknown>): Promise<void> {
  await sql.query('SELECT tessera.merge_members($1::jsonb)', [JSON.stringify(merge)]);
}

/** See `tessera.unmerge_members`. */
export async function writeUndo(sql: Sql, undo: Record<string, unknown>): Promise<void> {
  await sql.query('SELECT tessera.unmerge_members($1::jsonb)', [JSON.stringify(undo)]);
}

export interface StoredMerge {
  id: string;
  keptId: string;
  keptNo: string;
  duplicateId: string;
  duplicateNo: string;
  fields: string[];
  mergedAt: string;
  staffName: string;
  reason: string;
  undone: { undoneAt: string; staffName: string; reason: string } | null;
}

const MERGES = `SELECT g.id, g.kept_id AS "keptId", coalesce(k.member_no, '') AS "keptNo", g.duplicate_id AS "duplicateId",
    coalesce(d.member_no, '') AS "duplicateNo", g.fields, g.merged_at AS "mergedAt", g.staff_name AS "staffName", g.reason,
    CASE WHEN u.merge_id IS NOT NULL THEN json_build_object('undoneAt',
      to_char(u.undone_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'staffName', u.staff_name, 'reason', u.reason) END AS undone
  FROM tessera.member_merge g LEFT JOIN tessera.member_merge_undo u ON u.merge_id = g.id
  LEFT JOIN public.members k ON k.document_id = g.kept_id LEFT JOIN public.members d ON d.document_id = g.duplicate_id`;

export async function readMerge(sql: Sql, id: string): Promise<StoredMerge | undefined> {
  const rows = await sql.query<StoredMerge>(`${MERGES} WHERE g.id = $1`, [id]);
  return rows[0];
}

/** Merges that a member takes part in, or one who was merged into him; newest first. */
export function readMerges(sql: Sql, memberId: string): Promise<StoredMerge[]> {
  return sql.query<StoredMerge>(
    `${MERGES} WHERE g.kept_id = ANY (tessera.member_family($1)) OR g.duplicate_id = $1 ORDER BY g.merged_at DESC, g.id DESC`,
    [memberId],
  );
}

/** Was this member merged into another one, or did he ask to be forgotten? */
export async function readGone(
  sql: Sql,
  memberId: string,
): Promise<{ status: string; keptId: string | null } | undefined> {
  const rows = await sql.query<{ status: string; keptId: string | null }>(
    `SELECT m.status, a.kept_id AS "keptId" FROM public.members m LEFT JOIN tessera.member_alias a ON a.duplicate_id = m.document_id
    WHERE m.document_id = $1 AND m.status IN ('merged', 'anonymised')`,
    [memberId],
  );
  return rows[0];
}

/** Of merges until then. @returns how many */
export async function dropMergeProfiles(sql: Sql, mergedUntil: Date): Promise<number> {
  const rows = await sql.query(
    `DELETE FROM tessera.member_merge_profile p USING tessera.member_merge m
    WHERE m.id = p.merge_id AND m.merged_at <= $1 RETURNING p.merge_id`,
    [mergedUntil],
  );
  return rows.length;
}
