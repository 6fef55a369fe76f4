import fc from 'fast-check';
import { createInvoiceGrouper } from './group-invoices';
import { readRow } from './online-retail/read-row';
import { onlineRetail } from './online-retail/online-retail';
import { createRowScan } from './scan-rows';
import type { InvoiceGroup, ReadRow } from './source-row';

/** `''` = an unreadable row. */
function rowsOf(invoices: readonly string[]): ReadRow[] {
  return invoices.map((invoice, index) =>
    readRow([invoice, 'A', 'NAME', '1', '2010-12-01 08:26:00', '1.00', '', 'UK'], index + 2),
  );
}

function groupsOf(invoices: readonly string[]): InvoiceGroup[] {
  const rows = rowsOf(invoices);
  const scan = createRowScan(onlineRetail);
  rows.forEach((row) => scan.add(row));
  const grouper = createInvoiceGrouper(scan.result().splitInvoices);
  return [...rows.flatMap((row) => grouper.push(row)), ...grouper.end()];
}

test('an invoice that another one interrupts comes whole, after the one that interrupts it', () => {
  const groups = groupsOf(['1', '1', '2', '1', '3']);
  expect(groups.map(({ rows }) => rows.map((row) => `${row.invoiceNo}:${row.lineNo}`))).toEqual([
    ['2:4'],
    ['1:2', '1:3', '1:5'],
    ['3:6'],
  ]);
});

test('unreadable rows come with the invoice around them', () => {
  const [group] = groupsOf(['1', '', '1']);
  expect(group).toMatchObject({ rows: [{ lineNo: 2 }, { lineNo: 4 }], unreadable: [{ lineNo: 3 }], lastLineNo: 4 });
});

test('a file of unreadable rows is one group of them', () => {
  expect(groupsOf(['', ''])).toMatchObject([{ rows: [], unreadable: [{ lineNo: 2 }, { lineNo: 3 }], lastLineNo: 3 }]);
});

test('whatever the order: every row is in one group, an invoice is one group, last lines ascend', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('1', '2', '3', '4', '')), (invoices) => {
      const groups = groupsOf(invoices);
      const lines = groups.flatMap(({ rows, unreadable }) => [...rows, ...unreadable].map((row) => row.lineNo));
      expect(lines.sort((a, b) => a - b)).toEqual(invoices.map((_, index) => index + 2));
      const names = groups.flatMap(({ rows }) => [...new Set(rows.map((row) => row.invoiceNo))]);
      expect(new Set(names).size).toBe(names.length);
      const ends = groups.map((group) => group.lastLineNo);
      expect(ends).toEqual([...new Set(ends)].sort((a, b) => a - b));
    }),
  );
});
