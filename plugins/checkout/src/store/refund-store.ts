import type { GivenOfLine, MovedCoupons, StandingUse } from '@tessera/campaigns/domain';
import type { CardEntry } from '@tessera/cards/domain';
import type { Sql } from '@tessera/kernel/public';
import type { RefundHolding } from '@tessera/points/domain';
import type { RefundState } from '../contracts';
import type { Booking, CardsOfRefund, StoreFacts, TillFacts } from '../domain';
import { storeFacts, tillFacts } from './place-facts';
import { CARDS_MOVED, SHIFT_NEEDED, type Answered, type Booked } from './sale-store';

/** What a refund depends on besides the sale itself. */
export interface LoadedRefund {
  store: StoreFacts | null;
  till: TillFacts | null;
  refunds: RefundState['refunds'];
  /** Refunds this person has booked in the last three days, in whatever store. */
  byStaff: [businessDay: string, count: number][];
  answered: Answered | null;
  /** Null: the sale moved no points. */
  holding: RefundHolding | null;
  /** Null: no coupon of the sale is still used by it. */
  couponUses: StandingUse[] | null;
  /** Null: no coupons were given with the sale. */
  couponsGiven: GivenOfLine[] | null;
  /** Null: the sale moved no cards. */
  cards: CardsOfRefund | null;
  /** Who would have store credit, and the card that he has had longest. Null: a guest's sale. */
  creditTo: { memberId: string; cardId: string | null } | null;
}

const REFUNDS = `coalesce((SELECT json_agg(json_build_object('id', t.id, 'number', t.number, 'occurredAt', t.occurred_at,
    'staffName', t.staff_name, 'paid', t.paid, 'payable', t.payable, 'reason', coalesce(r.reason, ''),
    'lines', (SELECT json_agg(json_build_object('lineNo', l.line_no, 'quantity', l.quantity) ORDER BY l.line_no)
      FROM tessera.transaction_line l WHERE l.transaction_id = t.id),
    'payments', coalesce((SELECT json_agg(json_build_object('method', p.method, 'amount', p.amount) ORDER BY p.entry)
      FROM tessera.payment p WHERE p.transaction_id = t.id), '[]')) ORDER BY t.occurred_at, t.id)
  FROM tessera.transaction t LEFT JOIN tessera.refund r ON r.transaction_id = t.id WHERE t.refunds_transaction_id = $1), '[]')`;

const LOAD = {
  name: 'checkout-load-refund',
  text: `SELECT ${REFUNDS} AS refunds,
    ${storeFacts('$2')} AS store,
    ${tillFacts('$3')} AS till,
    coalesce((SELECT json_agg(json_build_array(d.business_day, d.refunds)) FROM (SELECT t.business_day, count(*) AS refunds
      FROM tessera.transaction t WHERE t.staff_id = $4 AND t.kind = 'refund' AND t.occurred_at > now() - interval '3 days'
      GROUP BY t.business_day) d), '[]') AS "byStaff",
    (SELECT json_build_object('requestHash', k.request_hash, 'response', k.response)
      FROM tessera.idempotency k WHERE k.key = $5) AS answered,
    tessera.points_of_refund($1) AS holding,
    tessera.coupons_of_refund($1) AS "couponUses",
    tessera.coupons_given($1) AS "couponsGiven",
    tessera.cards_of_refund($1) AS cards,
    (SELECT tessera.card_to_credit(t.member_id, t.currency) FROM tessera.transaction t WHERE t.id = $1 AND t.member_id IS NOT NULL) AS "creditTo"`,
};

export async function loadRefund(
  sql: Sql,
  question: { originalId: string; storeId: string; tillId: string; staffId: string; idempotencyKey: string | null },
): Promise<LoadedRefund> {
  const { originalId, storeId, tillId, staffId, idempotencyKey } = question;
  const rows = await sql.query<LoadedRefund>(LOAD, [originalId, storeId, tillId, staffId, idempotencyKey]);
  return rows[0] as LoadedRefund;
}

/** Of a sale to a member: see `tessera.cards_handed_on`. */
export async function readHandedOn(sql: Sql, saleId: string): Promise<RefundState['handedOn']> {
  const rows = await sql.query<{ cards: RefundState['handedOn'] }>(
    'SELECT tessera.cards_handed_on(t.id, t.member_id) AS cards FROM tessera.transaction t WHERE t.id = $1 AND t.member_id IS NOT NULL',
    [saleId],
  );
  return rows[0]?.cards ?? [];
}

/** SQLSTATE raised by `tessera.refund_points`. */
const POINTS_MOVED = 'TP002';

const BOOK = { name: 'checkout-book-refund', text: 'SELECT tessera.book_refund($1::jsonb, $2::jsonb) AS outcome' };

export type RefundOutcome =
  | { kind: 'booked'; number: string; cards: CardEntry[] | null; coupons: MovedCoupons[] | null }
  | { kind: 'answered'; answered: Answered }
  /** Another refund of the sale was booked since this one was priced, or points or cards have moved. */
  | { kind: 'stale' }
  | { kind: 'shift-needed' };

export async function bookRefund(
  sql: Sql,
  booking: Booking,
  refund: { originalId: string; knownRefunds: number; reason: string; exchangedFor?: string },
): Promise<RefundOutcome> {
  try {
    const rows = await sql.query<{
      outcome: { booked?: Omit<Booked, 'id'>[]; answered?: Answered; stale?: true };
    }>(BOOK, [JSON.stringify(booking), JSON.stringify(refund)]);
    const { booked, answered, stale } = rows[0]?.outcome ?? {};
    if (stale) return { kind: 'stale' };
    if (answered) return { kind: 'answered', answered };
    const { number = '', cards = null, coupons = null } = booked?.[0] ?? {};
    return { kind: 'booked', number, cards, coupons };
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === SHIFT_NEEDED) return { kind: 'shift-needed' };
    if (code === POINTS_MOVED || code === CARDS_MOVED) return { kind: 'stale' };
    throw error;
  }
}
