import { randomBytes } from 'node:crypto';
import { defineError, uuidV7 } from '@tessera/kernel/domain';
import { requestHashOf } from '@tessera/kernel/public';
import { pointsNotEnough } from '@tessera/points/domain';
import type { Quote, SaleRequest } from '../contracts';
import {
  bookedTransaction,
  couponNotUsable,
  earnPoints,
  heldCartGone,
  pointsNotRedeemable,
  settle,
  shiftNeeded,
  toTransaction,
  unknownHeldCart,
  type BookedTransaction,
  type Booking,
  type SaleFacts,
} from '../domain';
import { book } from '../store/sale-store';
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

interface Sale {
  request: SaleRequest;
  key: string;
  requestHash: string;
  facts: SaleFacts;
}

/** Books what was priced: everything or nothing, in one statement. */
async function apply(desk: Desk, act: Act, sale: Sale, priced: Priced): Promise<BookingReply> {
  const { request, key, requestHash, facts } = sale;
  const { staff, now } = act;
  const settlement = settle(request.tenders, priced.cart.totals);
  const id = uuidV7(now, randomBytes(10));
  const earned = earnPoints(priced.cart, facts, now, settlement.payments);
  const transaction = bookedTransaction(priced.cart, settlement, { id, now, staff }, earned);
  const member = memberAsShown(viewOf(desk, act, transaction), priced.cart.member);
  const audits = auditsOf(desk, act, priced, transaction);
  const booking: Booking = {
    transactions: [transaction],
    idempotency: { key, requestHash, response: { transactionId: id, ...member } },
    ...(request.heldCartId ? { heldCart: { id: request.heldCartId, staffId: staff.id } } : {}),
    ...(audits.length > 0 ? { audits } : {}),
  };
  const outcome = await book(desk.database, booking);
  if (outcome.kind === 'points-not-enough') throw pointsNotEnough({ wanted: request.redeem?.points ?? 0 });
  if (outcome.kind === 'coupon-not-usable') {
    const { couponId, reason } = outcome;
    const coupon = priced.cart.coupons.find((each) => each.coupon.id === couponId);
    throw couponNotUsable({ code: coupon?.coupon.code ?? '', reason });
  }
  if (outcome.kind === 'held-cart-gone') throw heldCartGone(undefined);
  if (outcome.kind === 'shift-needed') throw shiftNeeded(undefined);
  if (outcome.kind === 'answered') return replay(desk, outcome.answered, requestHash);
  const number = outcome.booked[0]?.number ?? '';
  return {
    transaction: toTransaction({ ...transaction, points: transaction.points ?? null, number, ...member }),
    isReplay: false,
  };
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
  const refusal = cart.rejected.find(({ code }) => code !== 'points');
  if (refusal) throw couponNotUsable(refusal);
}

/**
 * `POST /api/checkout/transactions`: load → decide → apply, one round trip each. A key that was used before is answered
 * as it was then, whatever has changed since.
 * @throws idempotency_key_reused (422), price_changed (409), unknown_held_cart (422), held_cart_gone, shift_needed,
 * points_not_enough, coupon_not_usable (409), points_not_redeemable (422), the refusals of `quote` and `settle` (422), forbidden and
 * approval_required (403)
 */
export async function sell(desk: Desk, act: Act, request: SaleRequest, key: string): Promise<BookingReply> {
  const requestHash = requestHashOf('sale', act.staff.id, request);
  await demandStore(desk, act, request.storeId);
  const heldCartId = request.heldCartId ?? null;
  const { facts, answered, heldCart } = await loadCart(desk, act, request, {
    idempotencyKey: key,
    heldCartId,
    offersCoupons: false,
  });
  if (answered) return replay(desk, answered, requestHash);
  if (heldCartId && !heldCart) throw unknownHeldCart(undefined);
  if (heldCart?.isGone) throw heldCartGone(undefined);
  const priced = await priceCart(desk, act, request, facts);
  demandRedeem(request, priced);
  demandCoupons(priced);
  if (request.quoteHash !== undefined && request.quoteHash !== priced.quote.quoteHash) {
    throw priceChanged({ quote: priced.quote });
  }
  return apply(desk, act, { request, key, requestHash, facts }, priced);
}
