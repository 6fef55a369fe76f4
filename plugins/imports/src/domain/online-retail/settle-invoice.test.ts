import fc from 'fast-check';
import { OUTCOMES } from '../outcomes';
import type { SourceRow } from '../source-row';
import { readRow } from './read-row';
import { settleInvoice } from './settle-invoice';

interface Cells {
  invoice?: string;
  code?: string;
  quantity?: number;
  price?: string;
  customer?: string;
}

function row({ invoice = '536365', code = '85123A', quantity = 1, price = '2.55', customer = '17850.0' }: Cells) {
  const fields = [invoice, code, 'HEART', String(quantity), '2010-12-01 08:26:00', price, customer, 'Eire'];
  const read = readRow(fields, 2);
  if (!('row' in read)) throw new Error(`unreadable: ${fields.join()}`);
  return read.row;
}

const outcomesOf = (rows: SourceRow[]) => settleInvoice(rows).rows.map(({ outcome }) => outcome);

test.each<[string, Cells, string]>([
  ['goods at a price', {}, 'sale'],
  ['goods to a guest', { customer: '' }, 'sale'],
  ['postage', { code: 'POST' }, 'sale-service'],
  ['a manual charge in small letters', { code: 'm' }, 'sale-service'],
  ['a gift voucher', { code: 'gift_0001_20' }, 'sale'],
  ['an item at price 0 for a customer', { price: '0.0' }, 'free-item'],
  ['an item at price 0 for nobody', { price: '0.0', customer: '' }, 'stock-found'],
  ['a negative quantity at price 0', { price: '0.0', quantity: -3, customer: '' }, 'stock-write-off'],
  ['a negative quantity at a price', { quantity: -3 }, 'wrong-sign'],
  ['a cancelled item', { invoice: 'C536379', quantity: -1 }, 'refund'],
  ['a discount', { invoice: 'C536379', code: 'D', quantity: -1, price: '27.50' }, 'refund-service'],
  ['a positive quantity in a cancellation', { invoice: 'C536379' }, 'wrong-sign'],
  ['a bad-debt adjustment', { invoice: 'A563186', code: 'B', price: '-11062.06', customer: '' }, 'bad-debt'],
  ['a bank charge', { code: 'BANK CHARGES', price: '15.00' }, 'company-cost'],
  ['a marketplace fee taken back', { invoice: 'C1', code: 'AMAZONFEE', quantity: -1, customer: '' }, 'company-cost'],
  ['samples', { invoice: 'C1', code: 'S', quantity: -1 }, 'company-cost'],
  ['a price finer than a penny', { code: 'PADS', price: '0.001' }, 'fraction-of-penny'],
  ['a negative price', { price: '-1.00' }, 'negative-price'],
  ['quantity 0', { quantity: 0 }, 'no-quantity'],
  ['an amount beyond a sale', { quantity: 9_999_999, price: '999.00' }, 'too-large'],
  ['an invoice number of another kind', { invoice: 'X1' }, 'unknown-invoice'],
])('%s', (_, cells, outcome) => {
  expect(outcomesOf([row(cells)])).toEqual([outcome]);
});

test('an item at price 0 for a guest is free when the invoice has a priced row', () => {
  expect(outcomesOf([row({ price: '0.0', customer: '' }), row({ customer: '' })])).toEqual(['free-item', 'sale']);
});

test('a fee of the shop does not turn a stock correction into a sale', () => {
  const fee = row({ code: 'AMAZONFEE', customer: '' });
  expect(outcomesOf([row({ price: '0.0', customer: '' }), fee])).toEqual(['stock-found', 'company-cost']);
});

test('equal rows stay two lines', () => {
  expect(settleInvoice([row({}), row({})]).booking?.lines).toHaveLength(2);
});

test('a cancellation becomes a refund of positive lines', () => {
  expect(settleInvoice([row({ invoice: 'C1', quantity: -4 })]).booking).toMatchObject({
    kind: 'refund',
    invoiceNo: 'C1',
    customerNo: '17850',
    lines: [{ itemCode: '85123A', quantity: 4, unitPrice: 255 }],
  });
});

test('an invoice of set-aside rows only is not booked', () => {
  expect(settleInvoice([row({ price: '0.0', customer: '' })]).booking).toBeNull();
});

const anyRow = fc
  .record({
    invoice: fc.constantFrom('536365', 'C536379', 'A563186', 'X1'),
    code: fc.constantFrom('85123A', 'POST', 'D', 'AMAZONFEE', 'B'),
    quantity: fc.integer({ min: -90_000, max: 90_000 }),
    price: fc.constantFrom('0.0', '0.001', '2.55', '-11062.06', '649.5', '13541.33'),
    customer: fc.constantFrom('', '17850.0'),
  })
  .map(row);

test('whatever the rows: each has one outcome, and booked plus set aside is their sum to the thousandth', () => {
  fc.assert(
    fc.property(fc.constantFrom('536365', 'C536379', 'A563186', 'X1'), fc.array(anyRow), (invoiceNo, rows) => {
      const invoice = rows.map((each) => ({ ...each, invoiceNo }));
      const { booking, rows: settled } = settleInvoice(invoice);
      expect(settled.map((each) => each.row)).toEqual(invoice);
      const setAside = settled.filter(({ outcome }) => !OUTCOMES[outcome].isBooked);
      const sign = booking?.kind === 'refund' ? -1 : 1;
      const booked = (booking?.lines ?? []).reduce((sum, line) => sum + sign * line.quantity * line.unitPrice * 10, 0);
      const total = invoice.reduce((sum, each) => sum + each.amount, 0);
      expect(booked + setAside.reduce((sum, each) => sum + each.row.amount, 0)).toBe(total);
      expect((booking?.lines ?? []).every((line) => line.quantity > 0 && Number.isInteger(line.unitPrice))).toBe(true);
    }),
  );
});
