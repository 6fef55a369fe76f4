import { randomBytes } from 'node:crypto';
import { businessDayOf, uuidV7 } from '@tessera/kernel/domain';
import { requestHashOf } from '@tessera/kernel/public';
import type { RefundRequest, RefundState, VoidRequest } from '../contracts';
import {
  refundRaced,
  toTransaction,
  voidAfterRefund,
  voidTooLate,
  whyNotVoidable,
  type StoredTransaction,
  type WantedRefund,
} from '../domain';
import { loadRefund, readHandedOn, type LoadedRefund } from '../store/refund-store';
import type { Act, Desk } from './price-cart';
import { replay, type BookingReply } from './replay';
import {
  amountsOf,
  backTransaction,
  bookBack,
  findSale,
  priceBack,
  wantedLines,
  type Place,
  type TakenBack,
} from './take-back';
import { findTransaction, memberAsShown, viewOf } from './view-transaction';

/** Pieces of a sale taken back, or all of it on its own day. */
type Ask = { original: StoredTransaction; key: string; requestHash: string } & (
  | { permission: 'checkout.refund'; request: RefundRequest }
  | { permission: 'checkout.void'; request: VoidRequest }
);

/** @throws void_too_late, void_after_refund, unknown_refund_line (422) */
function wantedOf({ original, ...ask }: Ask, { refunds }: LoadedRefund, { businessDay }: Place): WantedRefund {
  if (ask.permission === 'checkout.refund') {
    return { lines: wantedLines(original, ask.request.lines), tenders: ask.request.tenders };
  }
  const obstacle = whyNotVoidable(original, refunds, businessDay);
  if (obstacle === 'too-late') throw voidTooLate({ businessDay: original.businessDay, today: businessDay });
  if (obstacle === 'refunded') throw voidAfterRefund(undefined);
  return { lines: original.lines };
}

/** @throws forbidden, approval_required (403) */
async function decideOn({ access }: Desk, { staff, now }: Act, { permission, original }: Ask, back: TakenBack) {
  const amounts = permission === 'checkout.void' ? { amount: -back.refund.paid } : amountsOf(original, back);
  return access.demand(staff, { permission, now, records: back.records, amounts });
}

/** Load → decide → apply, once. */
async function tryRefund(desk: Desk, act: Act, ask: Ask): Promise<BookingReply | 'stale'> {
  const { original, request, key, requestHash } = ask;
  const { staff, now } = act;
  const back = await priceBack(desk, act, {
    original,
    key,
    tillId: request.tillId ?? original.tillId,
    wanted: (loaded, place) => wantedOf(ask, loaded, place),
  });
  if ('answered' in back) return replay(desk, back.answered, requestHash);
  const decision = await decideOn(desk, act, ask, back);
  const transaction = backTransaction(original, back, act, uuidV7(now, randomBytes(10)));
  const { id, storeId, paid } = transaction;
  const member = memberAsShown(viewOf(desk, act, transaction), { ...original, name: original.memberName });
  const subject = { storeId, subjectType: 'transaction', subjectId: id, amount: paid, reason: request.reason };
  const outcome = await bookBack(desk, original, back, {
    transaction,
    reason: request.reason,
    idempotency: { key, requestHash, response: { transactionId: id, ...member } },
    audits: [desk.access.auditRow({ staff, decision, ...subject })],
  });
  if (outcome.kind === 'stale') return 'stale';
  if (outcome.kind === 'answered') return replay(desk, outcome.answered, requestHash);
  const { number, cards, coupons } = outcome;
  const points = transaction.points ?? null;
  return {
    transaction: toTransaction({ ...transaction, points, cards, coupons, exchangedWith: null, number, ...member }),
    isReplay: false,
  };
}

/** So often another refund of the very same sale may come in between. */
const MAX_TRIES = 20;

/** Until it is booked upon the refunds that it was priced upon. @throws refund_raced (409) */
async function takeBack(desk: Desk, act: Act, ask: Ask): Promise<BookingReply> {
  const { memberId } = ask.original;
  if (memberId) await desk.points.expireLots(act.now, { memberId });
  for (let attempt = 1; attempt <= MAX_TRIES; attempt++) {
    const reply = await tryRefund(desk, act, ask);
    if (reply !== 'stale') return reply;
  }
  throw refundRaced(undefined);
}

/**
 * `POST /api/checkout/transactions/{id}/refunds`: takes back pieces of a sale, priced from what was booked.
 * @throws not_found (404), forbidden and approval_required (403), idempotency_key_reused (422), the refusals of
 * `priceRefund` (422), not_refundable, unknown_store, unknown_till (422), refund_raced (409)
 */
export async function refundSale(
  desk: Desk,
  act: Act,
  id: string,
  request: RefundRequest,
  key: string,
): Promise<BookingReply> {
  const permission = 'checkout.refund';
  const original = await findSale(desk, act, id, permission);
  const requestHash = requestHashOf(`refund ${id}`, act.staff.id, request);
  return takeBack(desk, act, { permission, original, request, key, requestHash });
}

/**
 * `POST /api/checkout/transactions/{id}/void`: takes back all of a sale, as it was paid, on its own business day.
 * @throws what `refundSale` throws, void_too_late and void_after_refund (422)
 */
export async function voidSale(
  desk: Desk,
  act: Act,
  id: string,
  request: VoidRequest,
  key: string,
): Promise<BookingReply> {
  const permission = 'checkout.void';
  const original = await findSale(desk, act, id, permission);
  const requestHash = requestHashOf(`void ${id}`, act.staff.id, request);
  return takeBack(desk, act, { permission, original, request, key, requestHash });
}

/** `GET /api/checkout/transactions/{id}/refunds`. @throws not_found (404), forbidden (403) */
export async function viewRefunds(desk: Desk, act: Act, id: string): Promise<RefundState> {
  const sale = await findTransaction(desk, act, id);
  const { storeId, tillId } = sale;
  const { staff } = act;
  const question = { originalId: id, storeId, tillId, staffId: staff.id, idempotencyKey: null };
  const { refunds, store, cards, couponsGiven, creditTo, holding } = await loadRefund(desk.database, question);
  const canBeVoided =
    store !== null && whyNotVoidable(sale, refunds, businessDayOf(act.now, store.timeZone, store.dayCutoff)) === null;
  const seesMember = Boolean(viewOf(desk, act, sale)['memberNo']);
  const handedOn = (await readHandedOn(desk.database, id)).map((card) => ({
    ...card,
    memberNo: seesMember ? card.memberNo : null,
  }));
  return {
    refunds,
    cashRounding: store?.cashRounding ?? 1,
    cards,
    handedOn,
    points: sale.points && holding && { shares: [...sale.points.shares], terms: sale.points.terms, holding },
    coupons: couponsGiven,
    canBeVoided,
    canBeCredited: creditTo !== null,
  };
}
