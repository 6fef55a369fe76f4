import { readRow } from './read-row';

const ROW = ['536365', '85123a', ' HEART ', '6', '2010-12-01 08:26:00', '2.55', '17850.0', 'United Kingdom'];
const withField = (index: number, value: string) => ROW.map((field, at) => (at === index ? value : field));

test('a row is read: one spelling per item, exact amount, customer without the decimals', () => {
  expect(readRow(ROW, 7)).toEqual({
    row: {
      lineNo: 7,
      fields: ROW,
      invoiceNo: '536365',
      itemCode: '85123A',
      writtenItemCode: '85123a',
      description: 'HEART',
      quantity: 6,
      unitPrice: 2_550,
      amount: 15_300,
      customerNo: '17850',
      country: 'United Kingdom',
      localTime: '2010-12-01 08:26:00',
    },
  });
});

test('a row without a customer belongs to a guest', () => {
  expect(readRow(withField(6, ''), 2)).toMatchObject({ row: { customerNo: null } });
});

test.each([
  ['no invoice', 0, ''],
  ['no item', 1, ' '],
  ['a day that does not exist', 4, '2011-02-30 10:00:00'],
  ['a date of another form', 4, '01/12/2010 08:26'],
  ['a customer that is no number', 6, 'Smith'],
])('%s makes the row unreadable, yet its amount counts', (_, index, value) => {
  expect(readRow(withField(index, value), 3)).toMatchObject({ unreadable: { lineNo: 3, amount: 15_300 } });
});

test.each([
  ['quantity', 3, 'six'],
  ['price', 5, '£2.55'],
  ['price finer than a thousandth', 5, '2.55555'],
])('an unreadable %s leaves the row without an amount', (_, index, value) => {
  expect(readRow(withField(index, value), 3)).toMatchObject({ unreadable: { amount: null } });
});

test.each([
  ['missing', ROW.slice(0, 7)],
  ['too many', [...ROW, 'x']],
])('%s columns make the row unreadable', (_, fields) => {
  expect(readRow(fields, 3)).toMatchObject({ unreadable: { amount: null, fields } });
});
