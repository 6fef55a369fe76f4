import type { Sql } from '@tessera/kernel/public';
import type { MemberTier } from '../contracts';
import type { Tier, TierHolding, TierMove, TierPrice } from '../domain';

const TIERS = {
  name: 'members-tiers',
  text: `SELECT t.document_id AS id, t.code, json_build_object('zh', t.name_zh, 'en', t.name_en) AS label, t.rank, t.colour, t.currency,
    t.spend_from AS "spendFrom", t.points_from AS "pointsFrom", t.visits_from AS "visitsFrom",
    t.top_up_from AS "topUpFrom", t.period, t.period_days AS "periodDays",
    t.review, t.grace_days AS "graceDays", t.discount_rate AS "discountRate",
    coalesce((SELECT json_agg(c.document_id) FROM public.tiers_categories_lnk l JOIN public.categories c ON c.id = l.category_id
      WHERE l.tier_id = t.id), '[]') AS "categoryIds",
    CASE WHEN t.birthday_points IS NOT NULL OR g.document_id IS NOT NULL THEN json_build_object('points', coalesce(t.birthday_points, 0),
      'pointsDays', t.birthday_points_days, 'couponTemplateId', g.document_id, 'daysBefore', t.birthday_days_before) END AS "birthdayGift",
    coalesce((SELECT json_agg(json_build_object('itemId', coalesce(p.document_id, s.document_id), 'unitPrice', x.unit_price, 'currency', x.currency,
        'validFrom', to_char(x.valid_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'validUntil', to_char(x.valid_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
      FROM public.tier_prices_tier_lnk l JOIN public.tier_prices x ON x.id = l.tier_price_id AND x.active AND NOT x.archived
      LEFT JOIN public.tier_prices_product_lnk pl ON pl.tier_price_id = x.id LEFT JOIN public.products p ON p.id = pl.product_id
      LEFT JOIN public.tier_prices_service_lnk sl ON sl.tier_price_id = x.id LEFT JOIN public.services s ON s.id = sl.service_id
      WHERE l.tier_id = t.id), '[]') AS prices
    FROM public.tiers t LEFT JOIN public.tiers_birthday_coupon_lnk b ON b.tier_id = t.id
    LEFT JOIN public.coupon_templates g ON g.id = b.coupon_template_id WHERE t.active AND NOT t.archived ORDER BY t.rank`,
};

function byItem(prices: readonly TierPrice[]): Tier['prices'] {
  const found = new Map<string, TierPrice[]>();
  for (const price of prices) found.set(price.itemId, [...(found.get(price.itemId) ?? []), price]);
  return found;
}

/** The tiers with their price lists, which are looked up by item: a sale pays for its lines, however long the list. */
export async function readTiers(sql: Sql): Promise<Tier[]> {
  const tiers = await sql.query<Omit<Tier, 'prices'> & { prices: TierPrice[] }>(TIERS);
  return tiers.map(({ prices, ...tier }) => ({ ...tier, prices: byItem(prices) }));
}

export async function isTierInHistory(sql: Sql, documentId: string): Promise<boolean> {
  const rows = await sql.query<{ found: boolean }>(
    `SELECT EXISTS (SELECT FROM tessera.member_tier h JOIN public.tiers t ON t.code = h.tier WHERE t.document_id = $1) AS found`,
    [documentId],
  );
  return rows[0]?.found ?? false;
}

/** By whose clock a member's days are told: his home store's, else that of the first store there is. */
const CLOCK = `coalesce(h.time_zone, s.time_zone, 'UTC') AS "timeZone", coalesce(h.day_cutoff, s.day_cutoff, '00:00') AS "dayCutoff"`;
const CLOCK_FROM = `public.members m LEFT JOIN public.members_home_store_lnk l ON l.member_id = m.id LEFT JOIN public.stores h ON h.id = l.store_id
  LEFT JOIN (SELECT time_zone, day_cutoff FROM public.stores ORDER BY code LIMIT 1) s ON true`;

export interface JudgedMember {
  memberId: string;
  /** documentId of the home store; null = none. */
  storeId: string | null;
  timeZone: string;
  dayCutoff: string;
  /** Null: there are no tiers. */
  holding: TierHolding | null;
}

/** One day more than a clock anywhere may be behind. */
const TODAY = `($2::timestamptz AT TIME ZONE 'UTC')::date - 1`;
const JUDGED = `m.document_id AS "memberId", h.document_id AS "storeId", ${CLOCK}, tessera.tier_facts(m.document_id, ${TODAY}) AS holding`;

export async function readJudgedMember(sql: Sql, memberId: string, now: Date): Promise<JudgedMember | null> {
  const rows = await sql.query<JudgedMember>(`SELECT ${JUDGED} FROM ${CLOCK_FROM} WHERE m.document_id = $1`, [
    memberId,
    now,
  ]);
  return rows[0] ?? null;
}

/** Members after one in the order of their ids who have a tier, or days that may give one. */
export function readMembersToJudge(sql: Sql, after: string, now: Date, batch: number): Promise<JudgedMember[]> {
  return sql.query<JudgedMember>(
    `SELECT ${JUDGED} FROM ${CLOCK_FROM} WHERE m.document_id > $1 AND m.status <> 'merged'
      AND (EXISTS (SELECT FROM tessera.member_tier t WHERE t.member_id = m.document_id)
        OR EXISTS (SELECT FROM tessera.member_day d WHERE d.member_id = m.document_id
          AND d.business_day > ${TODAY} - (SELECT days_back FROM tessera.tier_version)))
    ORDER BY m.document_id LIMIT $3`,
    [after, now, batch],
  );
}

/** @returns how many were written; the others were overtaken */
export async function recordMoves(sql: Sql, moves: readonly TierMove[]): Promise<number> {
  const rows = await sql.query<{ written: number }>('SELECT tessera.record_tiers($1::jsonb) AS written', [
    JSON.stringify(moves),
  ]);
  return rows[0]?.written ?? 0;
}

export interface GivenTier {
  memberId: string;
  follows: number | null;
  /** What the member has from now on. */
  tier: string | null;
  cause: 'given' | 'withdrawn';
  occurredAt: Date;
  holdsUntil: string | null;
  reason: string;
  staffName: string;
}

/** @returns false when the history has gone on meanwhile */
export async function recordGiven(sql: Sql, given: GivenTier): Promise<boolean> {
  const { memberId, follows, tier, cause, occurredAt, holdsUntil, reason, staffName } = given;
  const rows = await sql.query(
    `INSERT INTO tessera.member_tier (member_id, follows, tier, cause, occurred_at, holds_until, reason, staff_name)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (member_id, follows) DO NOTHING RETURNING id`,
    [memberId, follows, tier, cause, occurredAt, holdsUntil, reason, staffName],
  );
  return rows.length > 0;
}

const SHOWN = 50;

export function readTierHistory(sql: Sql, memberId: string): Promise<Omit<MemberTier['history'][number], 'label'>[]> {
  return sql.query(
    `SELECT id, tier, occurred_at AS "occurredAt", cause, holds_until AS "holdsUntil", transaction_id AS "transactionId", reason,
      staff_name AS "staffName" FROM tessera.member_tier WHERE member_id = ANY (tessera.member_family($1)) ORDER BY id DESC LIMIT ${SHOWN}`,
    [memberId],
  );
}
