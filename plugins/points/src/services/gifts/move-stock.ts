import { randomBytes } from 'node:crypto';
import { businessDayOf, notFound, uuidV7 } from '@tessera/kernel/domain';
import { requestHashOf, type Database } from '@tessera/kernel/public';
import type { StockMove, StockMoveRequest } from '../../contracts';
import { giftNotCounted, giftStockTooLow, stockPostings } from '../../domain';
import { loadStock } from '../../store/gift-store';
import { bookStockMove, type GiftOutcome, type StockBooking } from '../../store/gift-writing';
import { openPlace, replayed, type Act, type GiftDesk, type GiftReply } from './gift-desk';

interface Moved {
  move: StockMove;
  reason: string | null;
  businessDay: string;
  now: Date;
  by: { id: string | null; name: string };
}

function rowsOf({ move, reason, businessDay, now, by }: Moved): Pick<StockBooking, 'journal' | 'move'> {
  const { id, giftId, storeId, kind, quantity } = move;
  const occurredAt = now.toISOString();
  return {
    journal: {
      id,
      kind: `gift-${kind}`,
      storeId,
      businessDay,
      occurredAt,
      staffId: by.id,
      subjectType: 'gift',
      subjectId: giftId,
      postings: stockPostings({ storeId, giftId }, kind, quantity),
    },
    move: {
      journal_id: id,
      gift_id: giftId,
      store_id: storeId,
      kind,
      quantity,
      occurred_at: occurredAt,
      staff_id: by.id,
      staff_name: by.name,
      reason,
    },
  };
}

function replyOf(outcome: GiftOutcome, move: StockMove, requestHash: string): GiftReply<StockMove> {
  if (outcome.kind === 'too-few') throw giftStockTooLow(undefined);
  if (outcome.kind !== 'answered') return { body: move, isReplay: false };
  return { body: replayed(outcome.answered, requestHash) as StockMove, isReplay: true };
}

/**
 * `POST /api/points/gifts/{id}/stock-moves`: pieces come in, or a count corrects what the books say, with a reason.
 * @throws forbidden, approval_required (403), not_found (404), unknown_store, gift_not_counted, idempotency_key_reused (422), gift_stock_too_low (409)
 */
export async function moveGiftStock(
  desk: GiftDesk,
  { staff, now }: Act,
  { giftId, request, key }: { giftId: string; request: StockMoveRequest; key: string },
): Promise<GiftReply<StockMove>> {
  const { storeId, kind, quantity, reason = null } = request;
  const decision = await desk.access.demand(staff, {
    permission: 'gift-stock.move',
    now,
    records: [{ storeId, staffId: staff.id }],
    amounts: kind === 'received' ? { received: quantity } : { corrected: Math.abs(quantity) },
  });
  const loaded = await loadStock(desk.database, { giftId, storeId, key });
  const requestHash = requestHashOf(`gift stock ${giftId}`, staff.id, request);
  if (loaded.answered) return { body: replayed(loaded.answered, requestHash) as StockMove, isReplay: true };
  if (!loaded.gift) throw notFound({ what: 'gift', id: giftId });
  const { store } = openPlace({ store: loaded.store, till: null }, null);
  if (!loaded.gift.isCounted) throw giftNotCounted(undefined);
  const move: StockMove = { id: uuidV7(now, randomBytes(10)), giftId, storeId, kind, quantity };
  const businessDay = businessDayOf(now, store.timeZone, store.dayCutoff);
  const subject = { storeId, subjectType: 'gifts', subjectId: giftId, amount: quantity };
  const outcome = await bookStockMove(desk.database, {
    key,
    requestHash,
    response: move,
    ...rowsOf({ move, reason, businessDay, now, by: staff }),
    audit: desk.access.auditRow({ staff, decision, ...subject, ...(reason === null ? {} : { reason }) }),
  });
  return replyOf(outcome, move, requestHash);
}

/** Pieces that set-up code (the demo store) puts in a store; the same key again does nothing. */
export async function stockGift(
  database: Database,
  {
    giftId,
    storeId,
    quantity,
    key,
    now,
  }: { giftId: string; storeId: string; quantity: number; key: string; now: Date },
): Promise<void> {
  const { store } = openPlace({ ...(await loadStock(database, { giftId, storeId, key })), till: null }, null);
  const move: StockMove = { id: uuidV7(now, randomBytes(10)), giftId, storeId, kind: 'received', quantity };
  const businessDay = businessDayOf(now, store.timeZone, store.dayCutoff);
  const rows = rowsOf({ move, reason: null, businessDay, now, by: { id: null, name: 'Tessera' } });
  await bookStockMove(database, { key, requestHash: requestHashOf('stock gift', '', giftId), response: move, ...rows });
}
