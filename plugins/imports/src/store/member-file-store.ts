import type { Sql } from '@tessera/kernel/public';
import type { MemberData } from '@tessera/members/domain';
import type { KnownMember } from '../domain/member-file/judge-row';
import type { Fault } from '../domain/member-file/outcomes';
import { storable } from './run-store';

/**
 * Writes members as `master-data-store` does and for the same reason: the document service takes 10–25 ms a document.
 * The same test holds both together with what the service would have made.
 */

interface StoreRow {
  id: string;
  code: string;
  nameZh: string | null;
  nameEn: string | null;
  timeZone: string;
}

/** Stores that members may be given to. */
export async function readStores(sql: Sql): Promise<StoreRow[]> {
  return sql.query<StoreRow>(
    `SELECT document_id AS id, code, name_zh AS "nameZh", name_en AS "nameEn", time_zone AS "timeZone"
     FROM public.stores WHERE archived IS NOT TRUE ORDER BY id`,
  );
}

interface KnownRow extends Omit<KnownMember, 'values'> {
  joinedAt: Date | string | null;
  consentAt: Date | string | null;
  [field: string]: unknown;
}

function isoOf(value: unknown): string | null {
  return value === null || value === undefined ? null : new Date(value as string | Date).toISOString();
}

function toKnown({ rowId, documentId, isArchived, ...values }: KnownRow): KnownMember {
  return {
    rowId,
    documentId,
    isArchived,
    memberNo: String(values['memberNo']),
    status: String(values['status']),
    values: { ...values, joinedAt: isoOf(values.joinedAt), consentAt: isoOf(values.consentAt) },
  };
}

/** Members that have one of these numbers or phones. `isLocked`: nobody else changes them until the transaction ends. */
export async function findKnown(
  sql: Sql,
  keys: { numbers: readonly string[]; phones: readonly string[] },
  isLocked: boolean,
): Promise<KnownMember[]> {
  const rows = await sql.query<KnownRow>(
    `SELECT m.id AS "rowId", m.document_id AS "documentId", m.archived IS TRUE AS "isArchived", m.member_no AS "memberNo",
       m.name, m.phone, m.birthday, m.gender, m.tags, m.note, m.source, m.status, m.joined_at AS "joinedAt",
       m.consent_channel AS "consentChannel", m.consent_version AS "consentVersion", m.consent_at AS "consentAt",
       (SELECT s.document_id FROM public.members_home_store_lnk l JOIN public.stores s ON s.id = l.store_id
        WHERE l.member_id = m.id LIMIT 1) AS "homeStore"
     FROM public.members m WHERE m.member_no = ANY ($1) OR m.phone = ANY ($2)
     ORDER BY m.id ${isLocked ? 'FOR UPDATE OF m' : ''}`,
    [keys.numbers, keys.phones],
  );
  return rows.map(toKnown);
}

/** Next free member numbers, in one go. */
export async function takeMemberNos(sql: Sql, count: number): Promise<string[]> {
  if (count === 0) return [];
  const rows = await sql.query<{ no: string }>(
    'SELECT tessera.next_member_no() AS no FROM generate_series(1, $1::int)',
    [count],
  );
  return rows.map(({ no }) => no);
}

export interface MemberInsert {
  documentId: string;
  data: MemberData;
}

const dateOf = (value: unknown) => (typeof value === 'string' ? new Date(value) : null);

/** Search keys and last digits come with the data: the preparation made them. @returns documentIds of those that were made */
export async function insertPreparedMembers(
  sql: Sql,
  members: readonly MemberInsert[],
  now: Date,
): Promise<Set<string>> {
  if (members.length === 0) return new Set();
  const rows = await sql.query<{ documentId: string }>(
    `WITH given AS (
       SELECT * FROM jsonb_to_recordset($1) AS d ("documentId" text, "memberNo" text, name text, phone text, birthday date,
         gender text, tags jsonb, note text, source text, status text, "consentChannel" text, "consentVersion" text,
         "phoneLast4" text, "namePinyin" text, "nameInitials" text, "homeStore" text)
       JOIN unnest($2::text[], $3::timestamp[], $4::timestamp[]) AS t (id, joined_at, consent_at) ON t.id = d."documentId"
     ), made AS (
       INSERT INTO public.members (document_id, member_no, name, phone, birthday, gender, tags, note, source, status,
         consent_channel, consent_version, consent_at, joined_at, phone_last_4, name_pinyin, name_initials, archived,
         created_at, updated_at, published_at)
       SELECT "documentId", "memberNo", name, phone, birthday, gender, nullif(tags, 'null'), note, source, status,
         "consentChannel", "consentVersion", consent_at, joined_at, "phoneLast4", "namePinyin", "nameInitials", false,
         $5, $5, $5
       FROM given ON CONFLICT DO NOTHING RETURNING id, document_id
     ), at_home AS (
       INSERT INTO public.members_home_store_lnk (member_id, store_id)
       SELECT made.id, s.id FROM made JOIN given ON given."documentId" = made.document_id
         JOIN public.stores s ON s.document_id = given."homeStore"
     )
     SELECT document_id AS "documentId" FROM made`,
    [
      JSON.stringify(members.map(({ documentId, data }) => ({ ...data, documentId }))),
      members.map(({ documentId }) => documentId),
      members.map(({ data }) => dateOf(data['joinedAt'])),
      members.map(({ data }) => dateOf(data['consentAt'])),
      now,
    ],
  );
  return new Set(rows.map(({ documentId }) => documentId));
}

export interface MemberUpdate {
  rowId: number;
  /** Changed attributes only, with what is derived from them. */
  data: MemberData;
}

const TEXT_COLUMNS: readonly (readonly [string, string])[] = [
  ['name', 'name'],
  ['phone', 'phone'],
  ['gender', 'gender'],
  ['note', 'note'],
  ['source', 'source'],
  ['status', 'status'],
  ['consentChannel', 'consent_channel'],
  ['consentVersion', 'consent_version'],
  ['phoneLast4', 'phone_last_4'],
  ['namePinyin', 'name_pinyin'],
  ['nameInitials', 'name_initials'],
];

const SET_TEXTS = TEXT_COLUMNS.map(
  ([field, column]) => `${column} = CASE WHEN c.data ? '${field}' THEN c.data ->> '${field}' ELSE m.${column} END`,
).join(', ');

/** The rows are locked by `findKnown`, so nobody changed them since they were compared. */
export async function updatePreparedMembers(sql: Sql, updates: readonly MemberUpdate[], now: Date): Promise<void> {
  if (updates.length === 0) return;
  const moved = updates.filter(({ data }) => data['homeStore'] !== undefined);
  await sql.query(
    `UPDATE public.members m SET ${SET_TEXTS},
       birthday = CASE WHEN c.data ? 'birthday' THEN (c.data ->> 'birthday')::date ELSE m.birthday END,
       tags = CASE WHEN c.data ? 'tags' THEN nullif(c.data -> 'tags', 'null') ELSE m.tags END,
       joined_at = CASE WHEN c.data ? 'joinedAt' THEN c.joined_at ELSE m.joined_at END,
       consent_at = CASE WHEN c.data ? 'consentAt' THEN c.consent_at ELSE m.consent_at END,
       updated_at = $5
     FROM unnest($1::int[], $2::jsonb[], $3::timestamp[], $4::timestamp[]) AS c (id, data, joined_at, consent_at)
     WHERE m.id = c.id`,
    [
      updates.map(({ rowId }) => rowId),
      updates.map(({ data }) => JSON.stringify(data)),
      updates.map(({ data }) => dateOf(data['joinedAt'])),
      updates.map(({ data }) => dateOf(data['consentAt'])),
      now,
    ],
  );
  if (moved.length === 0) return;
  const ids = moved.map(({ rowId }) => rowId);
  await sql.query('DELETE FROM public.members_home_store_lnk WHERE member_id = ANY ($1::int[])', [ids]);
  await sql.query(
    `INSERT INTO public.members_home_store_lnk (member_id, store_id)
     SELECT c.id, s.id FROM unnest($1::int[], $2::text[]) AS c (id, store) JOIN public.stores s ON s.document_id = c.store`,
    [ids, moved.map(({ data }) => data['homeStore'])],
  );
}

/** Many lines of the trail, in the transaction of what they tell. */
export async function recordLines(sql: Sql, lines: readonly unknown[]): Promise<void> {
  if (lines.length === 0) return;
  await sql.query('SELECT tessera.record_audit(line) FROM jsonb_array_elements($1) AS line', [JSON.stringify(lines)]);
}

export interface FaultyRow {
  lineNo: number;
  fields: string[];
  faults: Fault[];
}

export async function insertFaultyRows(sql: Sql, runId: string, rows: readonly FaultyRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    `INSERT INTO tessera.import_set_aside (run_id, line_no, reason, fields, faults)
     SELECT $1, r."lineNo", r.faults -> 0 ->> 'code', r.fields, r.faults
     FROM jsonb_to_recordset($2) AS r ("lineNo" int, fields text[], faults jsonb)`,
    [runId, JSON.stringify(rows.map(storable))],
  );
}

/** In file order, after `afterLine`. */
export async function listFaultyRows(
  sql: Sql,
  { runId, afterLine, limit }: { runId: string; afterLine: number; limit: number },
): Promise<FaultyRow[]> {
  return sql.query<FaultyRow>(
    `SELECT line_no AS "lineNo", fields, faults FROM tessera.import_set_aside
     WHERE run_id = $1 AND line_no > $2 AND faults IS NOT NULL ORDER BY line_no LIMIT $3`,
    [runId, afterLine, limit],
  );
}
