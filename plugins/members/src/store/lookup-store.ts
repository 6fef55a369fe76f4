import type { Sql } from '@tessera/kernel/public';
import { LOOKUP_LIMIT } from '../contracts';
import type { LookupStep } from '../domain/plan-lookup';

/** Condition and order as in the partial indexes of migration 0001; both must stay the same text. */
const LIVE = `m.status = 'active' AND m.archived IS NOT TRUE`;
const PINYIN = `replace(m.name_pinyin, ' ', '') COLLATE "C"`;
const GIVEN_PINYIN = `replace(substr(m.name_pinyin, strpos(m.name_pinyin, ' ') + 1), ' ', '') COLLATE "C"`;
const INITIALS = `m.name_initials COLLATE "C"`;
const GIVEN_INITIALS = `substr(m.name_initials, 2) COLLATE "C"`;

interface Search {
  /** Column that also finds who was merged into somebody: the kept one is answered. */
  alias?: string;
  /** Exact matches go before names. */
  tier: 0 | 1;
  where(parameter: string): string;
  order: string;
}

function exact(column: string): Search {
  return { alias: column, tier: 0, where: (parameter) => `${column} = ${parameter}`, order: 'm.id' };
}

/** A range instead of LIKE: no character of the input is a wildcard, and a prepared plan can use the index. */
function prefix(key: string): Search {
  return {
    tier: 1,
    where: (parameter) => `${key} >= ${parameter} AND ${key} < ${parameter}::text || chr(1114111)`,
    order: `${key}, m.id`,
  };
}

const SEARCHES: Record<LookupStep['by'], Search> = {
  memberNo: exact('m.member_no'),
  phone: exact('m.phone'),
  phoneLast4: exact('m.phone_last_4'),
  memberNoPrefix: prefix(`m.member_no COLLATE "C"`),
  namePrefix: prefix(`m.name COLLATE "C"`),
  namePart: {
    tier: 1,
    where: (parameter) =>
      `tessera.name_grams(m.name) @> tessera.name_grams(${parameter}::text) AND strpos(m.name, ${parameter}) > 0`,
    // Any order: sorting would fetch every 明 among a million.
    order: '',
  },
  pinyinPrefix: prefix(PINYIN),
  givenPinyinPrefix: prefix(GIVEN_PINYIN),
  initialsPrefix: prefix(INITIALS),
  givenInitialsPrefix: prefix(GIVEN_INITIALS),
};

const COLUMNS = {
  memberNo: 'm.member_no',
  name: 'm.name',
  phone: 'm.phone',
  birthday: 'm.birthday',
  gender: 'm.gender',
  note: 'm.note',
  tags: 'm.tags',
  status: 'm.status',
  homeStoreId: `(SELECT s.document_id FROM public.members_home_store_lnk l JOIN public.stores s ON s.id = l.store_id
    WHERE l.member_id = m.id LIMIT 1)`,
  joinedAt: 'm.joined_at',
} as const;
export type LookupField = keyof typeof COLUMNS;
export const LOOKUP_FIELDS = Object.keys(COLUMNS) as LookupField[];

export type FoundMember = { id: string } & Partial<Record<LookupField, unknown>>;

/** The kept ones of members that were merged and had this number or phone. */
function merged(column: string, parameter: string): string {
  return `UNION ALL (SELECT k.id FROM (SELECT tessera.member_now(m.document_id) AS kept_id FROM public.members m
      WHERE m.status = 'merged' AND ${column} = ${parameter} ORDER BY m.id LIMIT ${LOOKUP_LIMIT}) a
    JOIN public.members k ON k.document_id = a.kept_id AND k.status = 'active' AND k.archived IS NOT TRUE)`;
}

function branch(step: LookupStep, index: number): string {
  const { alias, tier, where, order } = SEARCHES[step.by];
  const parameter = `$${index + 1}`;
  const orderBy = order ? `ORDER BY ${order}` : '';
  return `SELECT id, ARRAY[${tier}, row_number() OVER (), ${index}] AS rank FROM (
    (SELECT m.id FROM public.members m WHERE ${LIVE} AND ${where(parameter)} ${orderBy} LIMIT ${LOOKUP_LIMIT})
    ${alias ? merged(alias, parameter) : ''}) s${index}`;
}

/**
 * Runs the steps of a plan in one statement and reads only `fields` of those found. Every step stops at the limit, so
 * the cost does not grow with the matches. Steps of one tier take turns: the best of each kind comes first.
 */
export async function findMembers(
  sql: Sql,
  steps: readonly LookupStep[],
  fields: readonly LookupField[],
): Promise<FoundMember[]> {
  const columns = fields.map((field) => `, ${COLUMNS[field]} AS "${field}"`).join('');
  const text = `WITH found AS (${steps.map(branch).join('\nUNION ALL\n')}),
    best AS (SELECT id, min(rank) AS rank FROM found GROUP BY id ORDER BY 2 LIMIT ${LOOKUP_LIMIT})
  SELECT m.document_id AS id${columns} FROM best b JOIN public.members m ON m.id = b.id ORDER BY b.rank`;
  return sql.query<FoundMember>(
    text,
    steps.map((step) => step.value),
  );
}
