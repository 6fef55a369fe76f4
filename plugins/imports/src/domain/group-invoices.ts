import type { InvoiceGroup, ReadRow, SourceRow, UnreadableRow } from './source-row';

export interface InvoiceGrouper {
  /** Takes the next row of the file. @returns the invoices that are complete now */
  push(read: ReadRow): InvoiceGroup[];
  /** After the last row. @returns what is left */
  end(): InvoiceGroup[];
}

/**
 * Gathers rows into invoices. An invoice that other rows interrupt is held until the line on which it ends, so every
 * invoice is one group. Groups come in ascending order of their last line, and the same file gives the same groups
 * every time: that is what a run goes on by after an interruption.
 * @param splitInvoices interrupted invoices → their last line, from the scan
 */
export function createInvoiceGrouper(splitInvoices: ReadonlyMap<string, number>): InvoiceGrouper {
  const held = new Map<string, SourceRow[]>();
  let current: SourceRow[] = [];
  let unreadable: UnreadableRow[] = [];

  function close(): InvoiceGroup[] {
    const rows = current;
    current = [];
    const last = rows.at(-1);
    if (!last && unreadable.length === 0) return [];
    if (last && (splitInvoices.get(last.invoiceNo) ?? 0) > last.lineNo) {
      held.set(last.invoiceNo, rows);
      return [];
    }
    const group = { rows, unreadable, lastLineNo: Math.max(last?.lineNo ?? 0, unreadable.at(-1)?.lineNo ?? 0) };
    unreadable = [];
    return [group];
  }
  return {
    push(read) {
      if ('unreadable' in read) {
        unreadable.push(read.unreadable);
        return [];
      }
      const { row } = read;
      if (current[0]?.invoiceNo === row.invoiceNo) {
        current.push(row);
        return [];
      }
      const complete = close();
      current = [...(held.get(row.invoiceNo) ?? []), row];
      held.delete(row.invoiceNo);
      return complete;
    },
    end: close,
  };
}
