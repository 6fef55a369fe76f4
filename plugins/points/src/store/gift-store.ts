import type { Sql } from '@tessera/kernel/public';
import type { TierHolding } from '@tessera/members/domain';
import type { GiftHandout } from '../contracts';
import type { Gift } from '../domain';

const LATE = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"';
const instant = (sql: string) => `to_char(${sql} AT TIME ZONE 'UTC', '${LATE}')`;

export interface GiftStore {
  id: string;
  code: string;
  currency: string;
  timeZone: string;
  dayCutoff: string;
  needsOpenShift: boolean;
  isOpen: boolean;
}

export interface GiftTill {
  storeId: string | null;
  isOn: boolean;
}

export interface Answered {
  requestHash: string;
  response: unknown;
}

/** What a member may have, and what that depends on. */
export interface LoadedGifts {
  /** Null: there is no such member. */
  member: { status: string } | null;
  store: GiftStore | null;
  till: GiftTill | null;
  /** Points that count now. */
  holding: { available: number; pending: number };
  /** Null: there are no tiers. */
  tier: TierHolding | null;
  gifts: Gift[];
  /** Pieces that this person has handed out in this store, per business day of late. */
  byStaff: [businessDay: string, pieces: number][];
  /** What the key was answered with before. */
  answered: Answered | null;
}

const STORE = (
  parameter: string,
) => `(SELECT json_build_object('id', s.document_id, 'code', s.code, 'currency', s.currency, 'timeZone', s.time_zone,
      'dayCutoff', s.day_cutoff, 'needsOpenShift', coalesce(s.needs_open_shift, false), 'isOpen', s.active AND NOT s.archived)
    FROM public.stores s WHERE s.document_id = ${parameter})`;

const TILL = (
  parameter: string,
) => `(SELECT json_build_object('storeId', s.document_id, 'isOn', t.active AND NOT t.archived)
    FROM public.tills t LEFT JOIN public.tills_store_lnk l ON l.till_id = t.id LEFT JOIN public.stores s ON s.id = l.store_id
    WHERE t.document_id = ${parameter})`;

const ANSWERED = (parameter: string) =>
  `(SELECT json_build_object('requestHash', k.request_hash, 'response', k.response) FROM tessera.idempotency k WHERE k.key = ${parameter})`;

/** `Gift` of a row `g` of `public.gifts`, in the store `$2`, for the member `$1`. */
const GIFT = `json_build_object('id', g.document_id, 'code', g.code, 'label', json_build_object('zh', g.name_zh, 'en', g.name_en),
    'imageUrl', (SELECT coalesce(f.formats->'thumbnail'->>'url', f.url) FROM public.files_related_mph r JOIN public.files f ON f.id = r.file_id
      WHERE r.related_id = g.id AND r.field = 'image' AND r.related_type = 'api::gift.gift' LIMIT 1),
    'isActive', g.active AND NOT g.archived, 'points', g.points,
    'stock', CASE WHEN g.counted THEN coalesce((SELECT a.balance FROM tessera.account a
      WHERE a.owner_id = $2 AND a.account = 'gift-stock' AND a.unit = g.document_id AND a.owner_type = 'store'), 0) END,
    'storeIds', coalesce((SELECT json_agg(s.document_id) FROM public.gifts_stores_lnk l JOIN public.stores s ON s.id = l.store_id
      WHERE l.gift_id = g.id), '[]'),
    'validFrom', ${instant('g.valid_from')}, 'validUntil', ${instant('g.valid_until')},
    'tier', (SELECT json_build_object('rank', t.rank, 'label', json_build_object('zh', t.name_zh, 'en', t.name_en))
      FROM public.gifts_minimum_tier_lnk l JOIN public.tiers t ON t.id = l.tier_id WHERE l.gift_id = g.id LIMIT 1),
    'limits', json_build_object('perMember', g.limit_per_member, 'period', g.limit_period, 'perMemberPerPeriod', g.limit_per_member_per_period),
    'taken', coalesce((SELECT json_agg(json_build_array(d.business_day, d.pieces)) FROM (
      SELECT h.business_day, count(*) AS pieces FROM tessera.gift_handout h
      WHERE h.gift_id = g.document_id AND h.member_id = ANY (tessera.member_family($1))
        AND NOT EXISTS (SELECT FROM tessera.gift_return r WHERE r.handout_id = h.id) GROUP BY h.business_day) d), '[]'))`;

const LOAD = {
  name: 'gifts-load',
  text: `SELECT (SELECT json_build_object('status', CASE WHEN m.archived THEN 'closed' ELSE m.status END)
      FROM public.members m WHERE m.document_id = $1) AS member,
    ${STORE('$2')} AS store, ${TILL('$3')} AS till, tessera.points_facts($1, $4) AS holding,
    tessera.tier_facts($1, ($4::timestamptz AT TIME ZONE 'UTC')::date - 1) AS tier,
    coalesce((SELECT json_agg(${GIFT} ORDER BY g.points, g.code) FROM public.gifts g
      WHERE CASE WHEN $5::text IS NULL THEN g.active AND NOT g.archived AND (g.valid_until IS NULL OR g.valid_until > $4::timestamptz)
        ELSE g.document_id = $5 END), '[]') AS gifts,
    coalesce((SELECT json_agg(json_build_array(h.business_day, h.pieces)) FROM (SELECT h.business_day, count(*) AS pieces
      FROM tessera.gift_handout h WHERE h.store_id = $2 AND h.staff_id = $7
        AND h.business_day >= ($4::timestamptz AT TIME ZONE 'UTC')::date - 2 GROUP BY h.business_day) h), '[]') AS "byStaff",
    ${ANSWERED('$6')} AS answered`,
};

/** @param giftId one gift, whatever has become of it; null = all that are given now or will be */
export async function loadGifts(
  sql: Sql,
  ask: {
    memberId: string;
    storeId: string;
    tillId: string | null;
    now: Date;
    giftId: string | null;
    key: string | null;
    staffId: string;
  },
): Promise<LoadedGifts> {
  const { memberId, storeId, tillId, now, giftId, key, staffId } = ask;
  const rows = await sql.query<LoadedGifts>(LOAD, [memberId, storeId, tillId, now, giftId, key, staffId]);
  return rows[0] as LoadedGifts;
}

const HANDOUT = `json_build_object('id', h.id, 'number', h.number, 'giftId', h.gift_id, 'label', h.label, 'memberId', h.member_id,
    'points', h.points, 'storeId', h.store_id, 'tillId', h.till_id, 'staffName', h.staff_name, 'occurredAt', ${instant('h.occurred_at')},
    'returned', (SELECT json_build_object('occurredAt', ${instant('r.occurred_at')}, 'staffName', r.staff_name, 'reason', r.reason)
      FROM tessera.gift_return r WHERE r.handout_id = h.id))`;

/** Undefined: there is no such handout. */
export async function readHandout(sql: Sql, id: string): Promise<GiftHandout | undefined> {
  const rows = await sql.query<{ handout: GiftHandout }>(
    `SELECT ${HANDOUT} AS handout FROM tessera.gift_handout h WHERE h.id = $1`,
    [id],
  );
  return rows[0]?.handout;
}

/** The newest that a member got, under any of his numbers. */
export async function readMemberHandouts(sql: Sql, memberId: string, limit: number): Promise<GiftHandout[]> {
  const rows = await sql.query<{ handout: GiftHandout }>(
    `SELECT ${HANDOUT} AS handout FROM tessera.gift_handout h WHERE h.member_id = ANY (tessera.member_family($1))
    ORDER BY h.place DESC LIMIT $2`,
    [memberId, limit],
  );
  return rows.map(({ handout }) => handout);
}

/** A handout that is to come back, with who its member is today. */
export interface LoadedHandout {
  handout: GiftHandout & { isCounted: boolean; businessDay: string };
  /** Whose the points are today: the member, or whom he was merged into. */
  memberNow: string;
  store: GiftStore;
  till: GiftTill | null;
  answered: Answered | null;
}

/** Undefined: there is no such handout. */
export async function loadHandout(
  sql: Sql,
  { id, tillId, key }: { id: string; tillId: string | null; key: string },
): Promise<LoadedHandout | undefined> {
  const rows = await sql.query<LoadedHandout>(
    `SELECT ${HANDOUT}::jsonb || jsonb_build_object('isCounted', h.is_counted, 'businessDay', h.business_day) AS handout,
      tessera.member_now(h.member_id) AS "memberNow", ${STORE('h.store_id')} AS store, ${TILL('$2')} AS till, ${ANSWERED('$3')} AS answered
    FROM tessera.gift_handout h WHERE h.id = $1`,
    [id, tillId, key],
  );
  return rows[0];
}

export interface LoadedStock {
  /** Null: there is no such gift. */
  gift: { isCounted: boolean } | null;
  store: GiftStore | null;
  answered: Answered | null;
}

export async function loadStock(
  sql: Sql,
  { giftId, storeId, key }: { giftId: string; storeId: string; key: string },
): Promise<LoadedStock> {
  const rows = await sql.query<LoadedStock>(
    `SELECT (SELECT json_build_object('isCounted', g.counted) FROM public.gifts g WHERE g.document_id = $1) AS gift,
      ${STORE('$2')} AS store, ${ANSWERED('$3')} AS answered`,
    [giftId, storeId, key],
  );
  return rows[0] as LoadedStock;
}
