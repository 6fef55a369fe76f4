import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { uuidV7 } from '@tessera/kernel/domain';
import { requestHashOf, type Sql } from '@tessera/kernel/public';
import type { AccessRequest } from '@tessera/access/domain';
import {
  shiftReportSchema,
  type CloseShiftRequest,
  type Pieces,
  type ShiftReport,
  type ShiftTender,
} from '../../contracts';
import {
  closingJournal,
  countCash,
  countShift,
  differenceReasonNeeded,
  reportOf,
  shiftClosed,
  totalDifference,
  worthOf,
  type StoredShift,
} from '../../domain';
import { endShift, insertCount } from '../../store/shift-writing';
import { refuseUnlessAllowed, type Act } from '../price-cart';
import {
  cashEvent,
  findShift,
  onceAtTill,
  recordsOfShift,
  type CashDesk,
  type Outcome,
  type ShiftReply,
} from './cash-desk';

interface Count {
  cash: Pieces[];
  tenders: ShiftTender[];
  difference: number;
}

/** The same count again (now with a reason, or once somebody may) is not another one. */
function isCountedAlready({ counts }: StoredShift, act: Act, { cash, tenders }: Count): boolean {
  const last = counts.at(-1);
  if (last?.staff.id !== act.staff.id || !isDeepStrictEqual(last.cash, cash)) return false;
  return tenders.every(({ method, expected, counted }) => {
    const before = last.tenders.find((tender) => tender.method === method);
    return before?.counted === counted && before.expected === expected;
  });
}

async function bookClosing(
  desk: CashDesk,
  act: Act,
  closing: { sql: Sql; stored: StoredShift; count: Count; reason: string | null },
): Promise<void> {
  const { sql, stored, count, reason } = closing;
  const { shift } = stored;
  const { expected = 0, counted } = count.tenders.find(({ method }) => method === 'cash') ?? {};
  const event = cashEvent(uuidV7(act.now, randomBytes(10)), shift, act);
  await endShift(sql, shift, { staff: act.staff, now: act.now, tenders: count.tenders, reason });
  await desk.ledger.post(sql, [closingJournal(event, { expected, counted: counted ?? 0 })]);
}

/** Load → decide → apply, alone at the till: no sale comes between what is compared and what is closed. */
async function tryClose(
  desk: CashDesk,
  act: Act,
  sql: Sql,
  id: string,
  request: CloseShiftRequest,
): Promise<Outcome<ShiftReport>> {
  const { staff, now } = act;
  const stored = await findShift(sql, id);
  const { shift } = stored;
  if (shift.status === 'closed') throw shiftClosed(undefined);
  const cash = countCash(request.cash, desk.denominationsOf(shift.currency));
  const tenders = countShift(stored, { cash: worthOf(cash), others: request.tenders ?? [] });
  const count: Count = { cash, tenders, difference: totalDifference(tenders) };
  if (!isCountedAlready(stored, act, count)) await insertCount(sql, id, { staff, now, cash, tenders });
  const reason = count.difference === 0 ? null : (request.reason ?? null);
  if (count.difference !== 0 && reason === null) {
    return { refuse: () => Promise.reject(differenceReasonNeeded({ tenders })) };
  }
  const asked: AccessRequest = {
    permission: 'checkout.shift',
    now,
    records: recordsOfShift(shift),
    amounts: { difference: count.difference },
  };
  const decision = desk.access.decide(staff, asked);
  if (decision.effect !== 'allow') {
    return { refuse: () => refuseUnlessAllowed(desk, staff, asked) };
  }
  await bookClosing(desk, act, { sql, stored, count, reason });
  const closed = await findShift(sql, id);
  await desk.access.record(sql, {
    staff,
    decision,
    storeId: shift.storeId,
    subjectType: 'shift',
    subjectId: id,
    amount: count.difference,
    ...(reason === null ? {} : { reason }),
    after: { act: 'close', zNumber: closed.shift.zNumber, tenders },
  });
  return { answer: reportOf(closed, { maySeeExpected: true }) };
}

/**
 * `POST /api/checkout/shifts/{id}/close`: a blind count. What should be there is told once the count is in, and every count
 * that was answered stays on the shift, also when the answer was a refusal.
 * @throws not_found (404), forbidden, approval_required (403) above the limit of the difference, shift_closed (409),
 * difference_reason_needed, unknown_denomination, count_too_large, idempotency_key_reused (422)
 */
export async function closeShift(
  desk: CashDesk,
  act: Act,
  id: string,
  request: CloseShiftRequest,
  key: string,
): Promise<ShiftReply<ShiftReport>> {
  const { staff, now } = act;
  const { shift } = await findShift(desk.database, id);
  const asked = { permission: 'checkout.shift', now, records: recordsOfShift(shift) };
  await refuseUnlessAllowed(desk, staff, asked);
  const requestHash = requestHashOf(`close shift ${id}`, staff.id, request);
  const once = { tillId: shift.tillId, key, requestHash, schema: shiftReportSchema };
  return onceAtTill(desk, once, (sql) => tryClose(desk, act, sql, id, request));
}
