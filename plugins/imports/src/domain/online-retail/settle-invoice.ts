import type { OutcomeCode } from '../outcomes';
import { OUTCOMES } from '../outcomes';
import type { BookingLine, SettledInvoice, SourceRow } from '../source-row';

/** Charges that belong to the customer's bill. */
export const SERVICE_CODES: ReadonlySet<string> = new Set(['POST', 'DOT', 'C2', 'M', 'D']);
/** What the shop paid or wrote off itself: no customer ever saw it on a bill. */
export const COST_CODES: ReadonlySet<string> = new Set(['AMAZONFEE', 'BANK CHARGES', 'CRUK', 'S', 'B']);

const THOUSANDTHS_PER_PENNY = 10;
/** £1,000,000,000.00: what checkout takes as the largest amount, in thousandths. */
const LARGEST_AMOUNT = 1_000_000_000_000;
const LARGEST_QUANTITY = 10_000_000;

type InvoiceKind = 'sale' | 'cancellation' | 'adjustment' | 'unknown';

function invoiceKind(invoiceNo: string): InvoiceKind {
  if (/^\d+$/.test(invoiceNo)) return 'sale';
  if (/^C\d+$/i.test(invoiceNo)) return 'cancellation';
  if (/^A\d+$/i.test(invoiceNo)) return 'adjustment';
  return 'unknown';
}

export function itemKind(itemCode: string): BookingLine['kind'] {
  return SERVICE_CODES.has(itemCode) ? 'service' : 'product';
}

/** Reasons that hold whatever the rest of the invoice says. */
function obstacle(row: SourceRow, kind: InvoiceKind): OutcomeCode | null {
  if (kind === 'unknown') return 'unknown-invoice';
  if (kind === 'adjustment') return 'bad-debt';
  if (COST_CODES.has(row.itemCode)) return 'company-cost';
  if (row.unitPrice < 0) return 'negative-price';
  if (row.quantity === 0) return 'no-quantity';
  if (row.unitPrice % THOUSANDTHS_PER_PENNY !== 0) return 'fraction-of-penny';
  if (Math.abs(row.amount) > LARGEST_AMOUNT || Math.abs(row.quantity) > LARGEST_QUANTITY) return 'too-large';
  if (kind === 'cancellation' && row.quantity > 0) return 'wrong-sign';
  if (kind === 'sale' && row.quantity < 0) return row.unitPrice === 0 ? 'stock-write-off' : 'wrong-sign';
  return null;
}

function bookedAs(row: SourceRow, kind: InvoiceKind, isRealSale: boolean): OutcomeCode {
  const isService = itemKind(row.itemCode) === 'service';
  if (kind === 'cancellation') return isService ? 'refund-service' : 'refund';
  if (row.unitPrice === 0) return isRealSale ? 'free-item' : 'stock-found';
  return isService ? 'sale-service' : 'sale';
}

function toLine(row: SourceRow): BookingLine {
  return {
    itemCode: row.itemCode,
    kind: itemKind(row.itemCode),
    description: row.description,
    quantity: Math.abs(row.quantity),
    unitPrice: row.unitPrice / THOUSANDTHS_PER_PENNY,
  };
}

/**
 * Decides about every row of one invoice (docs/adr/0004). A row at price 0 is a free item when somebody bought: the
 * invoice names a customer or has a priced row; otherwise it is the stock-keeper's note.
 */
export function settleInvoice(rows: readonly SourceRow[]): SettledInvoice {
  const [first] = rows;
  if (!first) return { booking: null, rows: [] };
  const kind = invoiceKind(first.invoiceNo);
  const judged = rows.map((row) => ({ row, reason: obstacle(row, kind) }));
  const isRealSale = judged.some(
    ({ row, reason }) => reason === null && (row.unitPrice > 0 || row.customerNo !== null),
  );
  const settled = judged.map(({ row, reason }) => ({ row, outcome: reason ?? bookedAs(row, kind, isRealSale) }));
  const booked = settled.filter(({ outcome }) => OUTCOMES[outcome].isBooked);
  if (booked.length === 0) return { booking: null, rows: settled };
  return {
    booking: {
      invoiceNo: first.invoiceNo,
      kind: kind === 'cancellation' ? 'refund' : 'sale',
      customerNo: first.customerNo,
      localTime: first.localTime,
      lines: booked.map(({ row }) => toLine(row)),
    },
    rows: settled,
  };
}
