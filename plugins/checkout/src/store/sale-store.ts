import type { CardEntry } from '@tessera/cards/domain';
import type { SessionGate } from '@tessera/access/public';
import type { CouponHolding, MovedCoupons } from '@tessera/campaigns/domain';
import type { Sql } from '@tessera/kernel/public';
import type { TierHolding } from '@tessera/members/domain';
import type { PointsHolding } from '@tessera/points/domain';
import type { Booking, SaleFacts } from '../domain';
import { storeFacts, tillFacts } from './place-facts';

/** What was answered to a key before. */
export interface Answered {
  requestHash: string;
  response: { transactionId: string; memberNo: string | null; memberName: string | null };
}

export interface LoadedSale {
  gate: SessionGate;
  facts: Omit<SaleFacts, 'points' | 'tiers' | 'coupons' | 'cards' | 'bonusTemplates'>;
  cards: SaleFacts['cards'];
  bonusTemplates: SaleFacts['bonusTemplates'];
  /** Of the member; null = nobody's. */
  holding: PointsHolding | null;
  /** Of the member; null = nobody's, or there are no tiers. */
  tier: TierHolding | null;
  /** Those given, and those that the member has; null = none. */
  coupons: CouponHolding | null;
  answered: Answered | null;
  /** Of the held cart that the sale ends; null = no such cart in this store. */
  heldCart: { isGone: boolean } | null;
}

export interface SaleQuestion {
  /** Whose session is asked about. */
  staff: { id: string; sessionId: string };
  now: Date;
  storeId: string;
  tillId: string;
  memberId: string | null;
  skus: string[];
  staffIds: string[];
  idempotencyKey: string | null;
  heldCartId: string | null;
  /** Codes of coupons, as they are stored. */
  coupons: string[];
  /** Are the member's other coupons wanted? */
  offersCoupons: boolean;
}

const item = (table: string, link: string, kind: string) => `
  SELECT json_build_object('id', i.document_id, 'kind', '${kind}', 'sku', i.sku, 'nameZh', i.name_zh, 'nameEn', i.name_en,
    'unitPrice', i.unit_price, 'taxRate', coalesce(t.rate, 0), 'isForSale', i.active AND NOT i.archived) AS item
  FROM public.${table} i LEFT JOIN public.${table}_tax_class_lnk l ON l.${link} = i.id
  LEFT JOIN public.tax_classes t ON t.id = l.tax_class_id WHERE i.sku = ANY ($4)`;

/** Everything a sale depends on, in one round trip. */
const LOAD = {
  name: 'checkout-load',
  text: `SELECT json_build_object(
    'store', ${storeFacts('$1')},
    'till', ${tillFacts('$2')},
    'member', (SELECT json_build_object('id', m.document_id, 'memberNo', m.member_no, 'name', m.name,
      'status', CASE WHEN m.archived THEN 'closed' ELSE m.status END, 'birthMonth', extract(month FROM m.birthday)::int,
      'isFirstPurchase', NOT tessera.has_purchased(tessera.member_family($3))) FROM public.members m WHERE m.document_id = $3),
    'items', coalesce((SELECT json_agg(i.item) FROM (${item('services', 'service_id', 'service')} UNION ALL
      ${item('products', 'product_id', 'product')}) i), '[]'),
    'staffIds', coalesce((SELECT json_agg(p.document_id) FROM public.staff_profiles p
      WHERE p.document_id = ANY ($5) AND p.active AND NOT p.archived), '[]'),
    'categories', CASE WHEN $3::text IS NOT NULL OR $11::text[] <> '{}' THEN tessera.categories_of($4) END) AS facts,
    (SELECT json_build_object('requestHash', k.request_hash, 'response', k.response) FROM tessera.idempotency k WHERE k.key = $6) AS answered,
    (SELECT json_build_object('isGone', h.transaction_id IS NOT NULL OR h.outcome IS NOT DISTINCT FROM 'discarded')
      FROM tessera.held_cart h WHERE h.id = $7 AND h.store_id = $1) AS "heldCart",
    CASE WHEN $3::text IS NOT NULL THEN tessera.points_facts($3, $10) END AS holding,
    CASE WHEN $3::text IS NOT NULL THEN tessera.tier_facts($3, ($10::timestamptz AT TIME ZONE 'UTC')::date - 1) END AS tier,
    CASE WHEN $11::text[] <> '{}' OR $12 THEN tessera.coupon_facts($11, $3, $10, $12) END AS coupons,
    tessera.cards_facts($4, $3, $10) AS cards,
    tessera.bonus_templates($4) AS "bonusTemplates",
    tessera.session_gate($8, $9) AS gate`,
};

export async function loadSale(sql: Sql, question: SaleQuestion): Promise<LoadedSale> {
  const { staff, now, storeId, tillId, memberId, skus, staffIds, idempotencyKey, heldCartId } = question;
  const { coupons, offersCoupons } = question;
  const rows = await sql.query<LoadedSale>(LOAD, [
    storeId,
    tillId,
    memberId,
    skus,
    staffIds,
    idempotencyKey,
    heldCartId,
    staff.sessionId,
    staff.id,
    now,
    coupons,
    offersCoupons && memberId !== null,
  ]);
  return rows[0] as LoadedSale;
}

const BOOK = { name: 'checkout-book', text: 'SELECT tessera.book_transactions($1::jsonb) AS outcome' };

/** What a booking answers about one transaction; `cards` when it moved any, `coupons` when it gave any. */
export interface Booked {
  id: string;
  number: string;
  cards?: CardEntry[];
  coupons?: MovedCoupons[] | null;
}

export type BookingOutcome =
  | { kind: 'booked'; booked: Booked[] }
  /** Another request with the same key came first. */
  | { kind: 'answered'; answered: Answered }
  | { kind: 'held-cart-gone' }
  | { kind: 'shift-needed' }
  /** The member has spent them elsewhere meanwhile. */
  | { kind: 'points-not-enough' }
  /** Others were faster with one of the coupons, or with a limit. */
  | { kind: 'coupon-not-usable'; couponId: number; reason: string }
  /** The cards have been used elsewhere meanwhile. */
  | { kind: 'value-not-enough' }
  | { kind: 'sessions-not-enough' }
  | { kind: 'card-not-usable' }
  /** The cards have changed, or the member was merged, so that the sale has to be priced again. */
  | { kind: 'stale' };

/** SQLSTATE raised by `tessera.book_transactions` for a held cart that was sold or thrown away meanwhile. */
const HELD_CART_GONE = '55000';
/** SQLSTATE raised by `tessera.join_shifts`. */
export const SHIFT_NEEDED = 'TS001';

/** SQLSTATE raised by `tessera.use_coupons`, with what is wrong as its detail. */
const COUPON_NOT_USABLE = 'TC001';
/** SQLSTATEs raised by `tessera.move_cards`. */
export const CARDS_MOVED = 'TV002';
/** SQLSTATE raised by `tessera.hold_members`. */
const MEMBER_MERGED = 'TM001';

/** What SQLSTATEs of `tessera.book_transactions` and the functions it calls mean for a sale. */
const REFUSALS: Record<string, BookingOutcome> = {
  [HELD_CART_GONE]: { kind: 'held-cart-gone' },
  [SHIFT_NEEDED]: { kind: 'shift-needed' },
  TP001: { kind: 'points-not-enough' },
  TV001: { kind: 'value-not-enough' },
  [CARDS_MOVED]: { kind: 'stale' },
  [MEMBER_MERGED]: { kind: 'stale' },
  // by chance a code of coupons that come with it exists: it is booked again with others
  TC002: { kind: 'stale' },
  TV003: { kind: 'card-not-usable' },
  TV004: { kind: 'sessions-not-enough' },
};

export async function book(sql: Sql, booking: Booking): Promise<BookingOutcome> {
  try {
    const rows = await sql.query<{ outcome: { booked: Booked[] } | { answered: Answered } }>(BOOK, [
      JSON.stringify(booking),
    ]);
    const outcome = rows[0]?.outcome;
    if (outcome && 'answered' in outcome) return { kind: 'answered', answered: outcome.answered };
    return { kind: 'booked', booked: outcome?.booked ?? [] };
  } catch (error) {
    const { code, detail = '{}' } = error as { code?: string; detail?: string };
    if (code === COUPON_NOT_USABLE) {
      return { kind: 'coupon-not-usable', ...(JSON.parse(detail) as { couponId: number; reason: string }) };
    }
    const refusal = code === undefined ? undefined : REFUSALS[code];
    if (refusal) return refusal;
    throw error;
  }
}
