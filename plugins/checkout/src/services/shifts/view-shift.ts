import { notFound } from '@tessera/kernel/domain';
import type { ShiftReport, TillShift } from '../../contracts';
import { reportOf, shiftReportHtml, type ReceiptLanguage, type ReceiptWidth } from '../../domain';
import { readReceiptPlace } from '../../store/receipt-store';
import { readOpenShiftId, readTillPlace } from '../../store/shift-store';
import { recordsOf, type Act } from '../price-cart';
import { findShift, recordsOfShift, type CashDesk } from './cash-desk';

/**
 * `GET /api/checkout/shifts?tillId=`: the shift that is open there, without what should be in its drawer.
 * @throws not_found (404), forbidden (403)
 */
export async function viewTillShift(desk: CashDesk, act: Act, tillId: string): Promise<TillShift> {
  const { store, till } = await readTillPlace(desk.database, tillId);
  if (!store || !till) throw notFound({ what: 'till', id: tillId });
  const asked = { permission: 'checkout.sell', now: act.now, records: recordsOf(act.staff, store.id) };
  await desk.access.demand(act.staff, asked);
  const id = await readOpenShiftId(desk.database, tillId);
  return {
    shift: id ? (await findShift(desk.database, id)).shift : null,
    isNeeded: store.needsOpenShift,
    currency: store.currency,
    denominations: [...desk.denominationsOf(store.currency)],
  };
}

/** `GET /api/checkout/shifts/{id}/report`. @throws not_found (404), forbidden (403) */
export async function viewShiftReport(desk: CashDesk, act: Act, id: string): Promise<ShiftReport> {
  const stored = await findShift(desk.database, id);
  const asked = { now: act.now, records: recordsOfShift(stored.shift) };
  await desk.access.demand(act.staff, { permission: 'shifts.view', ...asked });
  const maySeeExpected = desk.access.decide(act.staff, { permission: 'shifts.expected', ...asked }).effect === 'allow';
  return reportOf(stored, { maySeeExpected });
}

/** The same as a page for the printer. */
export async function printShiftReport(
  desk: CashDesk,
  act: Act,
  request: { id: string; width: ReceiptWidth; lang: ReceiptLanguage },
): Promise<string> {
  const report = await viewShiftReport(desk, act, request.id);
  const place = await readReceiptPlace(desk.database, report.shift);
  if (!place) throw notFound({ what: 'store', id: report.shift.storeId });
  return shiftReportHtml(report, place, { language: request.lang, width: request.width });
}
