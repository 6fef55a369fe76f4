import { randomBytes } from 'node:crypto';
import { businessDayOf, uuidV7 } from '@tessera/kernel/domain';
import { requestHashOf } from '@tessera/kernel/public';
import { shiftSchema, type OpenShiftRequest, type Shift } from '../../contracts';
import { countCash, openingJournal, shiftAlreadyOpen, unknownStore, unknownTill, worthOf } from '../../domain';
import { readOpenShiftId, readTillPlace } from '../../store/shift-store';
import { insertShift } from '../../store/shift-writing';
import { recordsOf, type Act } from '../price-cart';
import { cashEvent, findShift, onceAtTill, type CashDesk, type ShiftReply } from './cash-desk';

/**
 * `POST /api/checkout/shifts`: begins a shift with the float that was counted.
 * @throws forbidden (403), unknown_store, unknown_till, unknown_denomination, count_too_large (422),
 * shift_already_open (409), idempotency_key_reused (422)
 */
export async function openShift(
  desk: CashDesk,
  act: Act,
  request: OpenShiftRequest,
  key: string,
): Promise<ShiftReply<Shift>> {
  const { storeId, tillId } = request;
  const { staff, now } = act;
  const records = recordsOf(staff, storeId);
  const decision = await desk.access.demand(staff, { permission: 'checkout.shift', now, records });
  const { store, till } = await readTillPlace(desk.database, tillId);
  if (store?.id === storeId && !store.isOpen) throw unknownStore(undefined);
  if (!till?.isOn || store?.id !== storeId) throw unknownTill(undefined);
  const pieces = countCash(request.float, desk.denominationsOf(store.currency));
  const float = worthOf(pieces);
  const requestHash = requestHashOf('open shift', staff.id, request);
  return onceAtTill(desk, { tillId, key, requestHash, schema: shiftSchema }, async (sql) => {
    const openId = await readOpenShiftId(sql, tillId);
    if (openId) throw shiftAlreadyOpen({ shiftId: openId });
    const id = uuidV7(now, randomBytes(10));
    const businessDay = businessDayOf(now, store.timeZone, store.dayCutoff);
    const event = cashEvent(
      uuidV7(now, randomBytes(10)),
      { id, storeId, tillId, currency: store.currency, businessDay },
      act,
    );
    await insertShift(sql, event.shift, { staff, now, pieces, float });
    await desk.ledger.post(sql, [openingJournal(event, float)]);
    const entry = { staff, decision, storeId, subjectType: 'shift', subjectId: id, amount: float };
    await desk.access.record(sql, { ...entry, after: { act: 'open', tillId, float } });
    return { answer: (await findShift(sql, id)).shift };
  });
}
