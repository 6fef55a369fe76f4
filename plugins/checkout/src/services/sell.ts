import { randomBytes } from 'node:crypto';
import { bytesForCodes, couponCodes } from '@tessera/campaigns/domain';
import {
  cardNotUsable,
  cardNumber,
  cardPolicyBroken,
  sessionNotEnough,
  sessionNotUsable,
  storedValueNotEnough,
} from '@tessera/cards/domain';
import { defineError, sum, uuidV7 } from '@tessera/kernel/domain';
import { requestHashOf } from '@tessera/kernel/public';
import { pointsNotEnough } from '@tessera/points/domain';
import type { Quote, SaleRequest, Tender } from '../contracts';
import {
  bookedTransaction,
  couponNotUsable,
  couponsToGive,
  cardsBusy,
  cardsOfSale,
  earnPoints,
  judgeCards,
  heldCartGone,
  payWithValue,
  pointsNotRedeemable,
  settle,
  shiftNeeded,
  tierMoveOf,
  toTransaction,
  unknownHeldCart,
  type BookedTransaction,
  type Booking,
  type CouponIssue,
  type SaleFacts,
} from '../domain';
import { book, type BookingOutcome } from '../store/sale-store';
import { demandUsableCards } from './demand-cards';
import { demandPaymentPin } from './demand-pin';
import { demandStore, loadCart, priceCart, type Act, type Desk, type Priced } from './price-cart';
import { replay, type BookingReply } from './replay';
import { memberAsShown, viewOf } from './view-transaction';

const priceChanged = defineError<{ quote: Quote }>(
  'price_changed',
  409,
  'The price is not the one that was agreed to: show the new quote',
);

function auditsOf({ access }: Desk, { staff }: Act, priced: Priced, transaction: BookedTransaction) {
  return priced.permitted
    .filter(({ decision }) => decision.obligations.includes('record'))
    .map(({ decision, amount, reason }) =>
      access.auditRow({
        staff,
        decision,
        storeId: transaction.storeId,
        subjectType: 'transaction',
        subjectId: transaction.id,
        amount,
        ...(reason === undefined ? {} : { reason }),
      }),
    );
}

/** The half of an exchange that comes before its sale. */
export interface FirstHalf {
  /** Id of its refund. */
  refundId: string;
  /** Id that the sale gets. */
  saleId: string;
  /** Asks whether it may be; then what pays for the new goods beside the customer's own tenders, and the line for the trail. */
  settle(
    totals: Quote['totals'],
    own: readonly Tender[],
  ): Promise<{ carried: Tender[]; audit: Record<string, unknown> }>;
}

/** What is to be sold. */
export interface SaleAsk {
  request: SaleRequest;
  /** Null: whoever asks has claimed a key already. */
  claim: { key: string; requestHash: string } | null;
  firstHalf: FirstHalf | null;
}

type Sale = SaleAsk & { facts: SaleFacts };

/** Why the database booked nothing. */
function refusalOf(
  outcome: Exclude<BookingOutcome, { kind: 'booked' | 'answered' | 'stale' }>,
  request: SaleRequest,
  { cart }: Priced,
): Error {
  switch (outcome.kind) {
    case 'points-not-enough':
      return pointsNotEnough({ wanted: request.redeem?.points ?? 0 });
    case 'coupon-not-usable': {
      const coupon = cart.coupons.find((each) => each.coupon.id === outcome.couponId);
      return couponNotUsable({ code: coupon?.coupon.code ?? '', reason: outcome.reason });
    }
    case 'held-cart-gone':
      return heldCartGone(undefined);
    case 'shift-needed':
      return shiftNeeded(undefined);
    case 'card-not-usable':
      return cardNotUsable({ cardId: null });
    case 'sessions-not-enough': {
      const { cardId = '', sku = '' } = request.sessions?.[0] ?? {};
      return sessionNotEnough({ cardId, sku });
    }
    case 'value-not-enough': {
      const spends = request.tenders.filter(({ method }) => method === 'stored-value');
      return storedValueNotEnough({ wanted: sum(spends.map(({ amount }) => amount)), available: null });
    }
  }
}

/** Ids and codes of the coupons that come with top-ups. */
function issuesFor({ cart }: Priced, now: Date): CouponIssue[] {
  return couponsToGive(cart).map((count) => ({
    id: uuidV7(now, randomBytes(10)),
    codes: couponCodes(randomBytes(bytesForCodes(count))),
  }));
}

/** Books what was priced: everything or nothing, in one statement. */
async function apply(desk: Desk, act: Act, sale: Sale, priced: Priced): Promise<BookingReply | 'stale'> {
  const { request, claim, firstHalf, facts } = sale;
  const { staff, now } = act;
  const first = firstHalf && (await firstHalf.settle(priced.cart.totals, request.tenders));
  const tenders = [...(first?.carried ?? []), ...request.tenders];
  const settlement = settle(tenders, priced.cart.totals);
  const id = firstHalf?.saleId ?? uuidV7(now, randomBytes(10));
  demandCardPolicy(priced, facts, tenders, now);
  const value = payWithValue(priced.cart, tenders, facts);
  const newCard = { id: uuidV7(now, randomBytes(10)), number: cardNumber(randomBytes(15)) };
  const cards = cardsOfSale(priced.cart, value, facts, { now, newCard });
  const earned = earnPoints(priced.cart, facts, now, settlement.payments, value.earning);
  const tier = tierMoveOf(priced.cart, facts, { now, earned });
  const transaction: BookedTransaction = {
    ...bookedTransaction(
      priced.cart,
      settlement,
      { id, now, staff, cards, couponIssues: issuesFor(priced, now) },
      earned,
    ),
    ...(tier ? { tier: { ...tier, transactionId: id } } : {}),
  };
  const member = memberAsShown(viewOf(desk, act, transaction), priced.cart.member);
  const audits = [...(first ? [first.audit] : []), ...auditsOf(desk, act, priced, transaction)];
  const booking: Booking = {
    transactions: [transaction],
    ...(claim ? { idempotency: { ...claim, response: { transactionId: id, ...member } } } : {}),
    ...(request.heldCartId ? { heldCart: { id: request.heldCartId, staffId: staff.id } } : {}),
    ...(audits.length > 0 ? { audits } : {}),
  };
  const outcome = await book(desk.database, booking);
  if (outcome.kind === 'answered') return replay(desk, outcome.answered, claim?.requestHash ?? '');
  if (outcome.kind === 'stale') return 'stale';
  if (outcome.kind !== 'booked') throw refusalOf(outcome, request, priced);
  const { number = '', cards: moved = null, coupons = null } = outcome.booked[0] ?? {};
  const { points = null } = transaction;
  const exchangedWith = firstHalf?.refundId ?? null;
  return {
    transaction: toTransaction({ ...transaction, points, cards: moved, coupons, exchangedWith, number, ...member }),
    isReplay: false,
  };
}

/** What the law forbids is not sold; the refusal names the clause. @throws card_policy_broken (422) */
function demandCardPolicy({ cart }: Priced, facts: SaleFacts, tenders: SaleRequest['tenders'], now: Date): void {
  const cash = sum(tenders.map(({ method, amount }) => (method === 'cash' ? amount : 0)));
  const findings = judgeCards(cart.sold, { facts, store: cart.store, now }, cash).filter(
    ({ effect }) => effect === 'block',
  );
  if (findings.length > 0) throw cardPolicyBroken({ findings });
}

/** A quote says what it leaves out; a sale without the points that the customer gave would not be the one he agreed to. */
function demandRedeem({ redeem }: SaleRequest, { cart }: Priced): void {
  const refusal = cart.rejected.find(({ code }) => code === 'points');
  if (!refusal) return;
  if (refusal.reason === 'points_not_enough') throw pointsNotEnough({ wanted: redeem?.points ?? 0 });
  throw pointsNotRedeemable({ reason: refusal.reason });
}

/** @throws coupon_not_usable (409) */
function demandCoupons({ cart }: Priced): void {
  const refusal = cart.rejected.find(({ code }) => code !== 'points' && !code.startsWith('session '));
  if (refusal) throw couponNotUsable(refusal);
}

/** Nor would one without the sessions. */
function demandSessions({ sessions }: SaleRequest, { cart }: Priced): void {
  const refusal = cart.rejected.find(({ code }) => code.startsWith('session '));
  if (!refusal) return;
  const sku = refusal.code.slice('session '.length);
  const cardId = sessions?.find((wanted) => wanted.sku === sku)?.cardId ?? '';
  if (refusal.reason === 'session_not_enough') throw sessionNotEnough({ cardId, sku });
  throw sessionNotUsable({ reason: refusal.reason });
}

/** Load → decide → apply, once. */
export async function trySell(desk: Desk, act: Act, ask: SaleAsk): Promise<BookingReply | 'stale'> {
  const { request, claim } = ask;
  const heldCartId = request.heldCartId ?? null;
  const { facts, answered, heldCart } = await loadCart(desk, act, request, {
    idempotencyKey: claim?.key ?? null,
    heldCartId,
    offersCoupons: false,
  });
  if (answered) return replay(desk, answered, claim?.requestHash ?? '');
  if (heldCartId && !heldCart) throw unknownHeldCart(undefined);
  if (heldCart?.isGone) throw heldCartGone(undefined);
  await demandUsableCards(desk, request, facts);
  const priced = await priceCart(desk, act, request, facts);
  demandRedeem(request, priced);
  demandCoupons(priced);
  demandSessions(request, priced);
  if (request.quoteHash !== undefined && request.quoteHash !== priced.quote.quoteHash) {
    throw priceChanged({ quote: priced.quote });
  }
  await demandPaymentPin(desk, act, request, facts);
  return apply(desk, act, { ...ask, facts }, priced);
}

/** So often the cards that pay may be used elsewhere between load and booking, in a way that changes what the sale earns. */
const MAX_TRIES = 20;

/**
 * `POST /api/checkout/transactions`: load → decide → apply, one round trip each. A key that was used before is answered
 * as it was then, whatever has changed since.
 * @throws idempotency_key_reused (422), price_changed (409), unknown_held_cart (422), held_cart_gone, shift_needed,
 * points_not_enough, coupon_not_usable, stored_value_not_enough, session_not_enough, cards_busy (409), points_not_redeemable,
 * session_not_usable, card_not_usable (422), card_blocked (409), payment_pin_needed (422), payment_pin_not_set,
 * payment_pin_locked (409), payment_pin_wrong (403), the refusals of `quote`, `settle` and `payWithValue` (422), forbidden and
 * approval_required (403)
 */
export async function sell(desk: Desk, act: Act, request: SaleRequest, key: string): Promise<BookingReply> {
  const requestHash = requestHashOf('sale', act.staff.id, request);
  await demandStore(desk, act, request.storeId);
  for (let attempt = 1; attempt <= MAX_TRIES; attempt++) {
    const reply = await trySell(desk, act, { request, claim: { key, requestHash }, firstHalf: null });
    if (reply !== 'stale') return reply;
  }
  throw cardsBusy(undefined);
}
