import { randomBytes } from 'node:crypto';
import type { RecordFacts } from '@tessera/access/domain';
import { couponsGivenBack } from '@tessera/campaigns/domain';
import { cardNumber } from '@tessera/cards/domain';
import { businessDayOf, daysBetween, notFound, sum, uuidV7 } from '@tessera/kernel/domain';
import {
  bookedRefund,
  cardsOfRefund,
  notRefundable,
  piecesLeft,
  piecesWithCoupons,
  priceRefund,
  shiftNeeded,
  unknownRefundLine,
  unknownStore,
  unknownTill,
  type BookedTransaction,
  type Booking,
  type CreditTo,
  type PricedRefund,
  type StoredTransaction,
  type WantedRefund,
} from '../domain';
import { bookRefund, loadRefund, type LoadedRefund, type RefundOutcome } from '../store/refund-store';
import { readTransaction } from '../store/transaction-store';
import { refuseUnlessAllowed, type Act, type Desk } from './price-cart';

/** A refund, a void, the first half of an exchange: each has its own permission. */
export type TakeBackPermission = 'checkout.refund' | 'checkout.void' | 'checkout.exchange';

/** Where the money leaves. */
export interface Place {
  till: { id: string; code: string };
  businessDay: string;
  cashRounding: number;
  needsOpenShift: boolean;
}

/** Pieces of a sale, priced as they were booked. */
export interface TakenBack {
  loaded: LoadedRefund;
  place: Place;
  refund: PricedRefund;
  couponsBack: readonly number[];
  /** What `decide()` is asked about. */
  records: RecordFacts[];
}

/** Line ids of a sale are `<sale>-<line number>`. @throws unknown_refund_line (422) */
export function wantedLines(
  original: StoredTransaction,
  lines: readonly { lineId: string; quantity: number }[],
): { lineNo: number; quantity: number }[] {
  return lines.map(({ lineId, quantity }) => {
    const line = original.lines.find(({ lineNo }) => lineId === `${original.id}-${lineNo}`);
    if (!line) throw unknownRefundLine({ lineId });
    return { lineNo: line.lineNo, quantity };
  });
}

function placeOf({ store, till }: LoadedRefund, now: Date): Place {
  if (!store?.isOpen) throw unknownStore(undefined);
  if (!till?.isOn || till.storeId !== store.id) throw unknownTill(undefined);
  const { timeZone, dayCutoff, cashRounding, needsOpenShift } = store;
  return { till, businessDay: businessDayOf(now, timeZone, dayCutoff), cashRounding, needsOpenShift };
}

/** What the limits of a refund are compared with. */
export function amountsOf(original: StoredTransaction, { loaded, place, refund }: TakenBack) {
  const today = loaded.byStaff.find(([businessDay]) => businessDay === place.businessDay)?.[1] ?? 0;
  return {
    amount: -refund.paid,
    ageDays: Math.max(0, daysBetween(original.businessDay, place.businessDay)),
    perDay: today + 1,
    otherTender: refund.otherTender,
    storeCredit: refund.storeCredit,
  };
}

/** @throws not_found (404), forbidden (403), not_refundable (422) */
export async function findSale(
  desk: Desk,
  act: Act,
  id: string,
  permission: TakeBackPermission,
): Promise<StoredTransaction> {
  const original = await readTransaction(desk.database, id);
  if (!original) throw notFound({ what: 'transaction', id });
  const records = [{ storeId: original.storeId, staffId: original.staffId }];
  await refuseUnlessAllowed(desk, act.staff, { permission, now: act.now, records });
  if (original.kind !== 'sale') throw notRefundable(undefined);
  return original;
}

/** Whoever pays a card back needs a right of its own. @throws forbidden, approval_required (403) */
async function demandCardRefund(
  { access }: Desk,
  { staff, now }: Act,
  { records, refund }: Pick<TakenBack, 'records' | 'refund'>,
): Promise<void> {
  if (refund.lots.length === 0) return;
  const amount = sum(refund.lots.map(({ principal }) => principal));
  await access.demand(staff, { permission: 'cards.refund', now, records, amounts: { amount } });
}

/**
 * Loads and decides; writes nothing.
 * @returns what the key was answered with before, else what is to be booked
 * @throws unknown_store, unknown_till (422), what `wanted` and `priceRefund` throw (422), forbidden, approval_required (403)
 */
export async function priceBack(
  desk: Desk,
  act: Act,
  ask: {
    original: StoredTransaction;
    tillId: string;
    key: string | null;
    wanted(loaded: LoadedRefund, place: Place): WantedRefund;
  },
): Promise<TakenBack | { answered: NonNullable<LoadedRefund['answered']> }> {
  const { original, tillId, key } = ask;
  const loaded = await loadRefund(desk.database, {
    originalId: original.id,
    storeId: original.storeId,
    tillId,
    staffId: act.staff.id,
    idempotencyKey: key,
  });
  const { answered, cards, refunds, holding, couponUses } = loaded;
  if (answered) return { answered };
  const place = placeOf(loaded, act.now);
  const refund = priceRefund(
    {
      ...original,
      cards,
      points: original.points && holding && { ...original.points, holding },
      canBeCredited: loaded.creditTo !== null,
    },
    refunds,
    ask.wanted(loaded, place),
    place.cashRounding,
  );
  const couponsBack = couponsGivenBack(couponUses ?? [], piecesLeft(original, [...refunds, refund]));
  const records = [{ storeId: original.storeId, staffId: original.staffId }];
  await demandCardRefund(desk, act, { records, refund });
  return { loaded, place, refund, couponsBack, records };
}

/** A member who has no card gets one. */
function creditOf({ creditTo }: LoadedRefund, now: Date): CreditTo | null {
  if (!creditTo) return null;
  const { memberId, cardId } = creditTo;
  if (cardId) return { memberId, card: { id: cardId, number: null } };
  return { memberId, card: { id: uuidV7(now, randomBytes(10)), number: cardNumber(randomBytes(15)) } };
}

/** A refund ready to be booked. */
export function backTransaction(original: StoredTransaction, back: TakenBack, { staff, now }: Act, id: string) {
  const { refund, place, couponsBack, loaded } = back;
  const cards = cardsOfRefund(original, refund, creditOf(loaded, now));
  const takenBack = piecesWithCoupons(refund.lines, loaded.couponsGiven ?? []);
  return bookedRefund(original, refund, place, { id, now, staff, couponsBack, takenBack, cards });
}

/** Books it, unless another refund of the sale came in between. @throws shift_needed (409) */
export async function bookBack(
  desk: Desk,
  original: StoredTransaction,
  { loaded }: TakenBack,
  booked: {
    transaction: BookedTransaction;
    reason: string;
    exchangedFor?: string;
  } & Pick<Booking, 'idempotency' | 'audits'>,
): Promise<Exclude<RefundOutcome, { kind: 'shift-needed' }>> {
  const { transaction, reason, exchangedFor, ...rest } = booked;
  const outcome = await bookRefund(
    desk.database,
    { ...rest, transactions: [transaction] },
    {
      originalId: original.id,
      knownRefunds: loaded.refunds.length,
      reason,
      ...(exchangedFor === undefined ? {} : { exchangedFor }),
    },
  );
  if (outcome.kind === 'shift-needed') throw shiftNeeded(undefined);
  return outcome;
}
