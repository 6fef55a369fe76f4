import { randomBytes } from 'node:crypto';
import type { Decision, RecordFacts } from '@tessera/access/domain';
import { couponsGivenBack } from '@tessera/campaigns/domain';
import { businessDayOf, notFound, sum, uuidV7 } from '@tessera/kernel/domain';
import { requestHashOf } from '@tessera/kernel/public';
import { refundPoints, type PointsOfRefund } from '@tessera/points/domain';
import type { RefundRequest, RefundState, VoidRequest } from '../contracts';
import {
  bookedRefund,
  cardsOfRefund,
  notRefundable,
  piecesLeft,
  priceRefund,
  refundRaced,
  shiftNeeded,
  toTransaction,
  unknownRefundLine,
  unknownStore,
  unknownTill,
  voidAfterRefund,
  voidTooLate,
  whyNotVoidable,
  type Booking,
  type PricedRefund,
  type StoredTransaction,
  type WantedRefund,
} from '../domain';
import { bookRefund, loadRefund, type LoadedRefund } from '../store/refund-store';
import { readTransaction } from '../store/transaction-store';
import { refuseUnlessAllowed, type Act, type Desk } from './price-cart';
import { replay, type BookingReply } from './replay';
import { findTransaction, memberAsShown, viewOf } from './view-transaction';

const DAY_MS = 86_400_000;

function daysBetween(earlier: string, later: string): number {
  return Math.max(0, Math.round((Date.parse(later) - Date.parse(earlier)) / DAY_MS));
}

/** Line ids of a sale are `<sale>-<line number>`. */
function wantedLines(original: StoredTransaction, request: RefundRequest): { lineNo: number; quantity: number }[] {
  return request.lines.map(({ lineId, quantity }) => {
    const line = original.lines.find(({ lineNo }) => lineId === `${original.id}-${lineNo}`);
    if (!line) throw unknownRefundLine({ lineId });
    return { lineNo: line.lineNo, quantity };
  });
}

interface Place {
  till: { id: string; code: string };
  businessDay: string;
  cashRounding: number;
  needsOpenShift: boolean;
}

function placeOf({ store, till }: LoadedRefund, now: Date): Place {
  if (!store?.isOpen) throw unknownStore(undefined);
  if (!till?.isOn || till.storeId !== store.id) throw unknownTill(undefined);
  const { timeZone, dayCutoff, cashRounding, needsOpenShift } = store;
  return { till, businessDay: businessDayOf(now, timeZone, dayCutoff), cashRounding, needsOpenShift };
}

/** What the limits of `checkout.refund` are compared with. */
function amountsOf(original: StoredTransaction, loaded: LoadedRefund, place: Place, refund: PricedRefund) {
  const today = loaded.byStaff.find(([businessDay]) => businessDay === place.businessDay)?.[1] ?? 0;
  return {
    amount: -refund.paid,
    ageDays: daysBetween(original.businessDay, place.businessDay),
    perDay: today + 1,
    otherTender: refund.otherTender,
  };
}

/** Pieces of a sale taken back, or all of it on its own day. */
type Ask = { original: StoredTransaction; key: string; requestHash: string } & (
  | { permission: 'checkout.refund'; request: RefundRequest }
  | { permission: 'checkout.void'; request: VoidRequest }
);

/** @throws void_too_late, void_after_refund, unknown_refund_line (422) */
function wantedOf({ original, ...ask }: Ask, { refunds }: LoadedRefund, { businessDay }: Place): WantedRefund {
  if (ask.permission === 'checkout.refund') {
    return { lines: wantedLines(original, ask.request), tenders: ask.request.tenders };
  }
  const obstacle = whyNotVoidable(original, refunds, businessDay);
  if (obstacle === 'too-late') throw voidTooLate({ businessDay: original.businessDay, today: businessDay });
  if (obstacle === 'refunded') throw voidAfterRefund(undefined);
  return { lines: original.lines };
}

async function book(
  desk: Desk,
  act: Act,
  ask: Ask,
  priced: {
    loaded: LoadedRefund;
    place: Place;
    refund: PricedRefund;
    points: PointsOfRefund | null;
    couponsBack: readonly number[];
    decision: Decision;
  },
): Promise<BookingReply | 'stale'> {
  const { original, request, key, requestHash } = ask;
  const { loaded, place, refund, points, couponsBack, decision } = priced;
  const { staff, now } = act;
  const transaction = bookedRefund(original, refund, place, {
    id: uuidV7(now, randomBytes(10)),
    now,
    staff,
    points,
    couponsBack,
    cards: cardsOfRefund(original, refund),
  });
  const member = memberAsShown(viewOf(desk, act, transaction), { ...original, name: original.memberName });
  const audit = desk.access.auditRow({
    staff,
    decision,
    storeId: transaction.storeId,
    subjectType: 'transaction',
    subjectId: transaction.id,
    amount: refund.paid,
    reason: request.reason,
  });
  const booking: Booking = {
    transactions: [transaction],
    idempotency: { key, requestHash, response: { transactionId: transaction.id, ...member } },
    audits: [audit],
  };
  const outcome = await bookRefund(desk.database, booking, {
    originalId: original.id,
    knownRefunds: loaded.refunds.length,
    reason: request.reason,
  });
  if (outcome.kind === 'stale') return 'stale';
  if (outcome.kind === 'shift-needed') throw shiftNeeded(undefined);
  if (outcome.kind === 'answered') return replay(desk, outcome.answered, requestHash);
  return {
    transaction: toTransaction({
      ...transaction,
      points: transaction.points ?? null,
      cards: outcome.cards,
      number: outcome.number,
      ...member,
    }),
    isReplay: false,
  };
}

/** Whoever pays a card back needs a right of its own. @throws forbidden, approval_required (403) */
async function demandCardRefund(
  { access }: Desk,
  { staff, now }: Act,
  records: RecordFacts[],
  { lots }: PricedRefund,
): Promise<void> {
  const amount = sum(lots.map(({ principal }) => principal));
  await access.demand(staff, { permission: 'cards.refund', now, records, amounts: { amount } });
}

/** Load → decide → apply, once. */
async function tryRefund(desk: Desk, act: Act, ask: Ask): Promise<BookingReply | 'stale'> {
  const { original, request, key, requestHash } = ask;
  const loaded = await loadRefund(desk.database, {
    originalId: original.id,
    storeId: original.storeId,
    tillId: request.tillId ?? original.tillId,
    staffId: act.staff.id,
    idempotencyKey: key,
  });
  if (loaded.answered) return replay(desk, loaded.answered, requestHash);
  const place = placeOf(loaded, act.now);
  const sale = { ...original, cards: loaded.cards };
  const refund = priceRefund(sale, loaded.refunds, wantedOf(ask, loaded, place), place.cashRounding);
  const points =
    loaded.holding && original.points ? refundPoints(refund.pointsShares, original.points.terms, loaded.holding) : null;
  const couponsBack = couponsGivenBack(loaded.couponUses ?? [], piecesLeft(original, [...loaded.refunds, refund]));
  const records = [{ storeId: original.storeId, staffId: original.staffId }];
  if (refund.lots.length > 0) await demandCardRefund(desk, act, records, refund);
  const decision = await desk.access.demand(act.staff, {
    permission: ask.permission,
    now: act.now,
    records,
    amounts: ask.permission === 'checkout.void' ? { amount: -refund.paid } : amountsOf(original, loaded, place, refund),
  });
  return book(desk, act, ask, { loaded, place, refund, points, couponsBack, decision });
}

/** So often another refund of the very same sale may come in between. */
const MAX_TRIES = 20;

/** @throws not_found (404), forbidden (403), not_refundable (422) */
async function findSale(desk: Desk, act: Act, id: string, permission: Ask['permission']): Promise<StoredTransaction> {
  const original = await readTransaction(desk.database, id);
  if (!original) throw notFound({ what: 'transaction', id });
  const records = [{ storeId: original.storeId, staffId: original.staffId }];
  await refuseUnlessAllowed(desk, act.staff, { permission, now: act.now, records });
  if (original.kind !== 'sale') throw notRefundable(undefined);
  return original;
}

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
  const { refunds, store, cards } = await loadRefund(desk.database, question);
  const canBeVoided =
    store !== null && whyNotVoidable(sale, refunds, businessDayOf(act.now, store.timeZone, store.dayCutoff)) === null;
  return { refunds, cashRounding: store?.cashRounding ?? 1, cards, canBeVoided };
}
