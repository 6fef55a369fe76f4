import type { CouponsMove, GivenCoupons } from '@tessera/campaigns/domain';
import type { CardsMove } from '@tessera/cards/domain';
import { sum } from '@tessera/kernel/domain';
import type { Journal } from '@tessera/ledger/domain';
import type { TierMove } from '@tessera/members/domain';
import { pointsPostings, type EarnedLot, type PointsMove, type PointsOfRefund } from '@tessera/points/domain';
import type { Adjustment, Transaction } from '../contracts';
import { pointsShares } from './earn-points';
import { couponsOfRefund, couponsOfSale } from './move-coupons';
import type { PricedCart } from './quote';
import { toppedUpBack, type PricedRefund } from './refund';
import type { Settlement } from './settle';
import type { StoredTransaction } from './stored-transaction';
import { toppedUpBy } from './tier-of-sale';

/** A line as it is stored. Of a refund: quantity and amounts negative, unit price and rate as of the sale. */
export interface BookedLine {
  lineNo: number;
  /** documentId of the product, service or card plan. */
  itemId: string;
  sku: string;
  kind: Transaction['lines'][number]['kind'];
  nameZh: string;
  nameEn: string;
  quantity: number;
  listUnitPrice: number;
  /** `listUnitPrice × quantity`. */
  listAmount: number;
  adjustments: Adjustment[];
  /** `listAmount + Σ adjustments`. */
  amount: number;
  /** Basis points. */
  taxRate: number;
  /** Contained in `amount`. */
  taxAmount: number;
  staffIds: string[];
}

/** One element of `transactions` for `tessera.book_transactions`. Amounts in minor units; a refund's are negative. */
export interface BookedTransaction {
  /** UUIDv7; also the id of its journal. */
  id: string;
  kind: Transaction['kind'];
  storeId: string;
  tillId: string;
  /** Begins the number. */
  tillCode: string;
  staffId: string;
  staffName: string;
  memberId: string | null;
  /** `YYYY-MM-DD`, store time. */
  businessDay: string;
  occurredAt: string;
  currency: string;
  listAmount: number;
  /** `listAmount − payable`. */
  discount: number;
  tax: number;
  payable: number;
  payableInCash: number;
  /** `paid − payable`. */
  rounding: number;
  paid: number;
  change: number;
  methods: string[];
  refundsTransactionId: string | null;
  /** Is booked only while a shift of its till is open; left out of imports, which join none. */
  needsShift?: boolean;
  /** Its name in the source of an import; needs `Booking.source`. */
  sourceRef?: string;
  lines: BookedLine[];
  payments: Transaction['payments'];
  journal: Journal;
  /** What the stored value cost that it sells, or of a refund takes back; left out: it is none. */
  toppedUp?: number;
  /** What it moves of the member's points; left out: nothing. */
  points?: PointsMove;
  /** Entry of the member's history of tiers; left out: he keeps the one he has. */
  tier?: TierMove & { transactionId: string };
  /** What it does to coupons; left out: nothing. */
  coupons?: CouponsMove;
  /** What it does to cards; left out: nothing. */
  cards?: CardsMove;
}

/** What `tessera.book_transactions(jsonb)` takes: see the top of its migration. */
export interface Booking {
  transactions: BookedTransaction[];
  /** Name of the file or system; then every transaction has a `sourceRef`, and what was booked before is left out. */
  source?: string;
  idempotency?: { key: string; requestHash: string; response: unknown };
  heldCart?: { id: string; staffId: string };
  /** Lines of the trail, as `access.auditRow` makes them. */
  audits?: Record<string, unknown>[];
  /** What may leave the building after the commit. */
  outbox?: { topic: string; payload: unknown }[];
}

/** `tillId` owns the accounts, so tills never wait for each other. */
export interface MoneyMoved {
  tillId: string;
  currency: string;
  payable: number;
  tax: number;
  rounding: number;
  payments: readonly { method: string; amount: number }[];
  /** Of `payable`, what cards were sold for: owed until it is used. */
  prepaid?: number;
}

/**
 * The journal of a sale or refund. What comes in is positive: each tender +, revenue without tax −, prepaid −, tax −, rounding −.
 * Adds up to 0 because Σ payments = payable + rounding; accounts that nothing moves are left out, so a sale at price 0 has none.
 */
export function postingsOf(moved: MoneyMoved): Journal['postings'] {
  const { tillId, currency, payable, tax, rounding, payments, prepaid = 0 } = moved;
  const amounts = new Map<string, number>();
  const add = (account: string, amount: number) => amounts.set(account, (amounts.get(account) ?? 0) + amount);
  payments.forEach((payment) => add(payment.method, payment.amount));
  add('revenue', tax + prepaid - payable);
  add('prepaid', -prepaid);
  add('tax', -tax);
  add('rounding', -rounding);
  return [...amounts]
    .filter(([, amount]) => amount !== 0)
    .map(([account, amount]) => ({ ownerType: 'till', ownerId: tillId, account, unit: currency, amount }));
}

/** What explains a transaction besides its price. */
export interface SaleCircumstances {
  id: string;
  now: Date;
  staff: { id: string; name: string };
  cards: CardsMove | null;
  /** One for each of its top-ups that is given coupons; left out: none is. */
  couponIssues?: readonly CouponIssue[];
}

/** What chance decides of coupons that are issued. */
export type CouponIssue = Pick<GivenCoupons, 'id' | 'codes'>;

function prepaidOf(lines: readonly Pick<BookedLine, 'kind' | 'amount'>[]): number {
  return sum(lines.map(({ kind, amount }) => (kind === 'card-plan' ? amount : 0)));
}

function pointsOfSale(cart: PricedCart, sale: SaleCircumstances, earned: readonly EarnedLot[]): PointsMove | null {
  const redeemed = cart.points?.redeemed ?? 0;
  if (!cart.member || !cart.terms || (redeemed === 0 && earned.length === 0)) return null;
  return {
    kind: 'sale',
    journalId: sale.id,
    memberId: cart.member.id,
    storeId: cart.store.id,
    businessDay: cart.businessDay,
    occurredAt: sale.now.toISOString(),
    earned: sum(earned.map(({ points }) => points)),
    redeemed,
    shares: pointsShares(cart, earned),
    terms: cart.terms,
    lots: earned.map(({ rule, label, points, availableFrom, expiresAt }) => ({
      rule,
      label,
      points,
      availableFrom,
      expiresAt,
    })),
  };
}

/** A priced and paid cart with what it earned, ready to be booked. */
export function bookedTransaction(
  cart: PricedCart,
  paid: Settlement,
  sale: SaleCircumstances,
  earned: readonly EarnedLot[] = [],
): BookedTransaction {
  const { store, till, totals } = cart;
  const occurredAt = sale.now.toISOString();
  const points = pointsOfSale(cart, sale, earned);
  const coupons = couponsOfSale(cart, sale);
  const toppedUp = toppedUpBy(cart);
  return {
    id: sale.id,
    kind: 'sale',
    storeId: store.id,
    tillId: till.id,
    tillCode: till.code,
    staffId: sale.staff.id,
    staffName: sale.staff.name,
    memberId: cart.member?.id ?? null,
    businessDay: cart.businessDay,
    occurredAt,
    currency: store.currency,
    listAmount: totals.list,
    discount: totals.discount,
    tax: totals.tax,
    payable: totals.payable,
    payableInCash: totals.payableInCash,
    rounding: paid.rounding,
    paid: paid.paid,
    change: paid.change,
    methods: paid.methods,
    refundsTransactionId: null,
    needsShift: store.needsOpenShift,
    lines: cart.lines,
    payments: paid.payments,
    journal: {
      id: sale.id,
      kind: 'sale',
      storeId: store.id,
      businessDay: cart.businessDay,
      occurredAt,
      staffId: sale.staff.id,
      subjectType: 'transaction',
      subjectId: sale.id,
      postings: [
        ...postingsOf({
          tillId: till.id,
          currency: store.currency,
          payable: totals.payable,
          tax: totals.tax,
          rounding: paid.rounding,
          payments: paid.payments,
          prepaid: prepaidOf(cart.lines),
        }),
        ...(points ? pointsPostings({ memberId: points.memberId, tillId: till.id }, points) : []),
      ],
    },
    ...(toppedUp === 0 ? {} : { toppedUp }),
    ...(points ? { points } : {}),
    ...(coupons ? { coupons } : {}),
    ...(sale.cards ? { cards: sale.cards } : {}),
  };
}

function pointsOfRefund(
  original: { id: string; storeId: string; businessDay: string },
  { withheld: _inThePayments, ...points }: PointsOfRefund,
  { id, now }: SaleCircumstances,
): PointsMove {
  const { id: refunds, storeId, businessDay } = original;
  const about = { journalId: id, memberId: points.known.memberId, storeId, businessDay, occurredAt: now.toISOString() };
  return { kind: 'refund', ...about, refunds, ...points };
}

function refundPostings({ currency }: StoredTransaction, refund: PricedRefund, tillId: string): Journal['postings'] {
  const { payable, paid, tax, payments, lines, points } = refund;
  const money = { tillId, currency, payable, tax, rounding: paid - payable, payments, prepaid: prepaidOf(lines) };
  if (!points) return postingsOf(money);
  const moved = { ...points, earned: points.earned + points.writtenOff + points.paidFor };
  return [...postingsOf(money), ...pointsPostings({ memberId: points.known.memberId, tillId }, moved)];
}

/** A priced refund, ready to be booked at a till. */
export function bookedRefund(
  original: StoredTransaction,
  refund: PricedRefund,
  place: { till: { id: string; code: string }; businessDay: string; needsOpenShift: boolean },
  circumstances: SaleCircumstances & {
    couponsBack: readonly number[];
    takenBack: readonly { lineNo: number; quantity: number }[];
  },
): BookedTransaction {
  const { id, now, staff, cards } = circumstances;
  const { storeId, memberId, currency } = original;
  const { till, businessDay } = place;
  const { payable, paid, tax, list, points } = refund;
  const occurredAt = now.toISOString();
  const rounding = paid - payable;
  const coupons = couponsOfRefund(original, { tillId: till.id }, circumstances);
  const toppedUp = toppedUpBack(refund);
  return {
    id,
    kind: 'refund',
    storeId,
    tillId: till.id,
    tillCode: till.code,
    staffId: staff.id,
    staffName: staff.name,
    memberId,
    businessDay,
    occurredAt,
    currency,
    listAmount: list,
    discount: list - payable,
    tax,
    payable,
    payableInCash: paid,
    rounding,
    paid,
    change: 0,
    methods: refund.payments.map(({ method }) => method),
    refundsTransactionId: original.id,
    needsShift: place.needsOpenShift,
    lines: refund.lines,
    payments: refund.payments.map((payment) => ({ ...payment, received: null, change: 0, reference: null })),
    journal: {
      id,
      kind: 'refund',
      storeId,
      businessDay,
      occurredAt,
      staffId: staff.id,
      subjectType: 'transaction',
      subjectId: id,
      postings: refundPostings(original, refund, till.id),
    },
    ...(toppedUp === 0 ? {} : { toppedUp }),
    ...(points ? { points: pointsOfRefund({ ...original, businessDay }, points, circumstances) } : {}),
    ...(coupons ? { coupons } : {}),
    ...(cards ? { cards } : {}),
  };
}
