import { randomBytes } from 'node:crypto';
import { uuidV7 } from '@tessera/kernel/domain';
import { requestHashOf } from '@tessera/kernel/public';
import { shiftSchema, type CashMovementRequest, type HandoverRequest, type Shift } from '../../contracts';
import { alreadyHolder, countCash, expectedCash, movementJournal, shiftClosed, worthOf } from '../../domain';
import { insertHandover, insertMovement } from '../../store/shift-writing';
import { recordsOf, type Act } from '../price-cart';
import { cashEvent, findShift, onceAtTill, recordsOfShift, type CashDesk, type ShiftReply } from './cash-desk';

/**
 * `POST /api/checkout/shifts/{id}/cash-movements`: cash put into the drawer, paid from it or taken to the safe.
 * It is not compared with what should be there: a refusal would tell, and a blind count has to stay blind.
 * @throws not_found (404), forbidden, approval_required (403), shift_closed (409), idempotency_key_reused (422)
 */
export async function moveCash(
  desk: CashDesk,
  act: Act,
  id: string,
  request: CashMovementRequest,
  key: string,
): Promise<ShiftReply<Shift>> {
  const { staff, now } = act;
  const { shift } = await findShift(desk.database, id);
  const { tillId, storeId } = shift;
  const decision = await desk.access.demand(staff, {
    permission: 'checkout.cash-movement',
    now,
    records: recordsOfShift(shift),
    amounts: { [request.kind]: request.amount },
  });
  const requestHash = requestHashOf(`move cash ${id}`, staff.id, request);
  return onceAtTill(desk, { tillId, key, requestHash, schema: shiftSchema }, async (sql) => {
    const before = await findShift(sql, id);
    if (before.shift.status === 'closed') throw shiftClosed(undefined);
    const event = cashEvent(uuidV7(now, randomBytes(10)), shift, act);
    const occurredAt = now.toISOString();
    await insertMovement(sql, id, { id: event.id, ...request, staff, occurredAt });
    await desk.ledger.post(sql, [movementJournal(event, request)]);
    await desk.access.record(sql, {
      staff,
      decision,
      storeId,
      subjectType: 'shift',
      subjectId: id,
      amount: request.kind === 'in' ? request.amount : -request.amount,
      reason: request.reason,
      after: { act: request.kind, movementId: event.id },
    });
    return { answer: (await findShift(sql, id)).shift };
  });
}

/**
 * `POST /api/checkout/shifts/{id}/handover`: whoever asks answers for the drawer from now on; the till goes on selling.
 * @throws not_found (404), forbidden (403), shift_closed, already_holder (409), unknown_denomination, count_too_large,
 * idempotency_key_reused (422)
 */
export async function takeShiftOver(
  desk: CashDesk,
  act: Act,
  id: string,
  request: HandoverRequest,
  key: string,
): Promise<ShiftReply<Shift>> {
  const { staff, now } = act;
  const { tillId, storeId, currency } = (await findShift(desk.database, id)).shift;
  // The record is the taker's own: it becomes his shift.
  const asked = { permission: 'checkout.shift', now, records: recordsOf(staff, storeId) };
  const decision = await desk.access.demand(staff, asked);
  const cash = request.cash ? countCash(request.cash, desk.denominationsOf(currency)) : null;
  const counted = cash && worthOf(cash);
  const requestHash = requestHashOf(`take over ${id}`, staff.id, request);
  return onceAtTill(desk, { tillId, key, requestHash, schema: shiftSchema }, async (sql) => {
    const { shift, taken } = await findShift(sql, id);
    if (shift.status === 'closed') throw shiftClosed(undefined);
    const { holder: from } = shift;
    if (from.id === staff.id) throw alreadyHolder(undefined);
    const expected = expectedCash({ float: shift.float.amount, taken, movements: shift.movements });
    await insertHandover(sql, id, { from, to: staff, now, cash, counted, expected });
    await desk.access.record(sql, {
      staff,
      decision,
      storeId,
      subjectType: 'shift',
      subjectId: id,
      before: { holder: from.name },
      after: { act: 'handover', holder: staff.name },
    });
    return { answer: (await findShift(sql, id)).shift };
  });
}
