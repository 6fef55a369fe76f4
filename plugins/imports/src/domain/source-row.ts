import type { OutcomeCode } from './outcomes';
import type { Thousandths } from './thousandths';

/** One readable row, in the terms every profile shares. */
export interface SourceRow {
  /** Line of the file, the header being line 1. */
  lineNo: number;
  /** As it stands in the file. */
  fields: string[];
  invoiceNo: string;
  /** One spelling per item. */
  itemCode: string;
  /** The spelling of this row. */
  writtenItemCode: string;
  description: string;
  quantity: number;
  unitPrice: Thousandths;
  /** `quantity × unitPrice`. */
  amount: Thousandths;
  customerNo: string | null;
  country: string;
  /** Wall-clock time at the shop, `YYYY-MM-DD HH:MM:SS`. */
  localTime: string;
}

/** A row that cannot be used. Its amount counts when quantity and price are readable. */
export interface UnreadableRow {
  lineNo: number;
  fields: string[];
  amount: Thousandths | null;
}

export type ReadRow = { row: SourceRow } | { unreadable: UnreadableRow };

/** The rows of one invoice, in file order, with the unreadable rows met until it was complete. */
export interface InvoiceGroup {
  rows: SourceRow[];
  unreadable: UnreadableRow[];
  /** Highest line in the group. Groups come in ascending order of it: the checkpoint of a run. */
  lastLineNo: number;
}

/** A line to book; quantity and amount are positive in sales and refunds alike. */
export interface BookingLine {
  itemCode: string;
  kind: 'product' | 'service';
  description: string;
  quantity: number;
  /** Minor units. */
  unitPrice: number;
}

export interface Booking {
  invoiceNo: string;
  kind: 'sale' | 'refund';
  customerNo: string | null;
  localTime: string;
  lines: BookingLine[];
}

/** What becomes of one invoice. */
export interface SettledInvoice {
  booking: Booking | null;
  rows: { row: SourceRow; outcome: OutcomeCode }[];
}
