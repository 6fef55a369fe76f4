import { postingsOf, type BookedLine, type BookedTransaction } from '@tessera/checkout/domain';
import { businessDayOf, instantOf, sum } from '@tessera/kernel/domain';
import type { Booking, BookingLine } from './source-row';

/** Where the history of a file is booked. */
export interface BookingPlace {
  storeId: string;
  tillId: string;
  tillCode: string;
  currency: string;
  timeZone: string;
  dayCutoff: string;
}

export interface BookingNames {
  /** UUIDv7 for the transaction and its journal. */
  id: string;
  memberId: string | null;
  staff: { id: string; name: string };
  /** documentId and name of the item behind a line. */
  item(line: BookingLine): { id: string; name: string };
}

/** Files name no tender; wholesale invoices are paid by bank transfer, and the drawer must not show cash nobody saw. */
const METHOD = 'transfer';
const LONGEST_NAME = 120;

function toLine(line: BookingLine, lineNo: number, sign: 1 | -1, names: BookingNames): BookedLine {
  const item = names.item(line);
  const name = (line.description || item.name).slice(0, LONGEST_NAME);
  const amount = line.unitPrice * line.quantity;
  return {
    lineNo,
    itemId: item.id,
    sku: line.itemCode,
    kind: line.kind,
    nameZh: name,
    nameEn: name,
    quantity: sign * line.quantity,
    listUnitPrice: line.unitPrice,
    listAmount: amount === 0 ? 0 : sign * amount,
    adjustments: [],
    amount: amount === 0 ? 0 : sign * amount,
    taxRate: 0,
    taxAmount: 0,
    staffIds: [],
  };
}

/**
 * An invoice of the file as `tessera.book_transactions` takes it: at its own date, paid in full, and without tax, for
 * the file states none. A refund names no original: the file does not say which invoice it takes back.
 */
export function toTransaction(booking: Booking, place: BookingPlace, names: BookingNames): BookedTransaction {
  const sign = booking.kind === 'refund' ? -1 : 1;
  const lines = booking.lines.map((line, index) => toLine(line, index + 1, sign, names));
  const payable = sum(lines.map((line) => line.amount));
  const occurredAt = instantOf(booking.localTime, place.timeZone);
  const businessDay = businessDayOf(new Date(occurredAt), place.timeZone, place.dayCutoff);
  const reference = booking.invoiceNo;
  const payments =
    payable === 0 ? [] : ([{ method: METHOD, amount: payable, received: null, change: 0, reference }] as const);
  const { storeId, tillId, tillCode, currency } = place;
  return {
    id: names.id,
    kind: booking.kind,
    storeId,
    tillId,
    tillCode,
    staffId: names.staff.id,
    staffName: names.staff.name,
    memberId: names.memberId,
    businessDay,
    occurredAt,
    currency,
    listAmount: payable,
    discount: 0,
    tax: 0,
    payable,
    payableInCash: payable,
    rounding: 0,
    paid: payable,
    change: 0,
    methods: payments.map((payment) => payment.method),
    refundsTransactionId: null,
    sourceRef: booking.invoiceNo,
    lines,
    payments: [...payments],
    journal: {
      id: names.id,
      kind: booking.kind,
      storeId,
      businessDay,
      occurredAt,
      staffId: names.staff.id,
      subjectType: 'transaction',
      subjectId: names.id,
      postings: postingsOf({ tillId, currency, payable, tax: 0, rounding: 0, payments }),
    },
  };
}
