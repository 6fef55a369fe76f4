import type { ReadRow } from '../source-row';
import { parseCount, parseThousandths } from '../thousandths';

export const COLUMNS = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
];

const LOCAL_TIME = /^(\d{4})-(\d{2})-(\d{2}) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;
const CUSTOMER = /^(\d{1,12})(?:\.0)?$/;

function isLocalTime(text: string): boolean {
  const match = LOCAL_TIME.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1, 4).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Codes that differ by letter case only are one item: `85123a` and `85123A` carry the same goods. */
export function itemCodeOf(stockCode: string): string {
  return stockCode.trim().toUpperCase();
}

/** One record of the file in our terms, or why it is none. */
export function readRow(fields: string[], lineNo: number): ReadRow {
  const [invoice = '', stockCode = '', description = '', quantityText = '', time = '', price = '', customer = ''] =
    fields;
  const quantity = parseCount(quantityText);
  const unitPrice = parseThousandths(price);
  const amount = quantity === null || unitPrice === null ? null : quantity * unitPrice;
  const customerNo = customer.trim() === '' ? null : (CUSTOMER.exec(customer.trim())?.[1] ?? undefined);
  const itemCode = itemCodeOf(stockCode);
  const isReadable =
    fields.length === COLUMNS.length &&
    invoice.trim() !== '' &&
    itemCode !== '' &&
    itemCode.length <= 64 &&
    customerNo !== undefined &&
    isLocalTime(time);
  if (fields.length !== COLUMNS.length || amount === null || !Number.isSafeInteger(amount)) {
    return { unreadable: { lineNo, fields, amount: null } };
  }
  if (!isReadable || quantity === null || unitPrice === null) return { unreadable: { lineNo, fields, amount } };
  return {
    row: {
      lineNo,
      fields,
      invoiceNo: invoice.trim(),
      itemCode,
      writtenItemCode: stockCode.trim(),
      description: description.trim(),
      quantity,
      unitPrice,
      amount: amount === 0 ? 0 : amount,
      customerNo,
      country: (fields[7] ?? '').trim(),
      localTime: time,
    },
  };
}
