import type { Database, Sql } from '@tessera/kernel/public';
import { OUTCOMES } from '../domain/outcomes';
import type { ImportProfile } from '../domain/profile';
import type { Booking, InvoiceGroup, SettledInvoice } from '../domain/source-row';
import { addInvoiceFindings, addTreatedRows, type TreatedRow } from '../domain/tally';
import { toTransaction } from '../domain/to-transaction';
import { bookTransactions, findBooked, makeIds } from '../store/booking-store';
import { insertSetAside, saveRun, type RunRecord } from '../store/run-store';
import type { ImportPlace } from './import-place';
import type { MasterData } from './master-data';

/** Thousandths per minor unit. */
const PER_MINOR = 10;

export interface BookingContext {
  database: Database;
  profile: ImportProfile;
  place: ImportPlace;
  masterData: MasterData;
  run: RunRecord;
}

function amountOf(booking: Booking): number {
  const amount = booking.lines.reduce((total, line) => total + line.quantity * line.unitPrice, 0);
  return booking.kind === 'refund' && amount !== 0 ? -amount : amount;
}

function treatedRows(group: InvoiceGroup, { rows }: SettledInvoice, isContradicted: boolean): TreatedRow[] {
  const settled = rows.map(({ row, outcome }) => ({
    lineNo: row.lineNo,
    fields: row.fields,
    amount: row.amount,
    outcome: isContradicted && OUTCOMES[outcome].isBooked ? ('differs-from-booked' as const) : outcome,
    isGuest: row.customerNo === null,
  }));
  const unreadable = group.unreadable.map((row) => ({ ...row, outcome: 'unreadable' as const, isGuest: false }));
  return [...settled, ...unreadable];
}

async function bookFresh(context: BookingContext, sql: Sql, fresh: readonly Booking[]): Promise<void> {
  const { profile, place, masterData, run } = context;
  if (fresh.length === 0) return;
  await masterData.ensure(sql, fresh, run.tally);
  const ids = await makeIds(sql, fresh.length);
  const staff = { id: String(run.staffId ?? 0), name: run.staffName };
  const transactions = fresh.map((booking, index) =>
    toTransaction(booking, place, {
      id: ids[index] as string,
      staff,
      memberId: masterData.memberId(booking.customerNo),
      item: masterData.item,
    }),
  );
  await bookTransactions(sql, { source: profile.code, transactions });
  for (const { kind, lines } of fresh) {
    run.tally.counts[kind === 'sale' ? 'sales' : 'refunds'] += 1;
    run.tally.counts.lines += lines.length;
  }
}

/**
 * Books a batch of invoices with the members and items they need, lists what is set aside and saves how far the run
 * is: all of it or nothing. What stands in the books already is compared, never changed.
 * @returns whether somebody has asked to stop
 */
export async function bookBatch(context: BookingContext, groups: readonly InvoiceGroup[]): Promise<boolean> {
  const { database, profile, run } = context;
  const settled = groups.map((group) => ({ group, invoice: profile.settle(group.rows) }));
  const bookings = settled.flatMap(({ invoice }) => invoice.booking ?? []);
  return database.transaction(async (sql) => {
    const refs = bookings.map((booking) => booking.invoiceNo);
    const before = await findBooked(sql, profile.code, refs);
    await bookFresh(
      context,
      sql,
      bookings.filter((booking) => !before.has(booking.invoiceNo)),
    );
    const booked = before.size === refs.length ? before : await findBooked(sql, profile.code, refs);

    const setAside: TreatedRow[] = [];
    for (const { group, invoice } of settled) {
      const { booking } = invoice;
      const inBooks = booking ? booked.get(booking.invoiceNo) : undefined;
      const isContradicted = booking !== null && inBooks !== amountOf(booking);
      if (booking && before.has(booking.invoiceNo)) run.tally.counts.alreadyBooked += 1;
      if (inBooks !== undefined && !isContradicted) run.tally.booked += inBooks * PER_MINOR;
      if (group.rows.length > 0) run.tally.counts.invoices += 1;
      addInvoiceFindings(run.tally, group);
      const rows = treatedRows(group, invoice, isContradicted);
      addTreatedRows(run.tally, rows);
      setAside.push(...rows.filter(({ outcome }) => !OUTCOMES[outcome].isBooked));
      run.checkpointLine = group.lastLineNo;
    }
    await insertSetAside(sql, run.id, setAside);
    return saveRun(sql, run);
  });
}
