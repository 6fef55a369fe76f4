import { onlineRetail } from './online-retail/online-retail';
import { readRow } from './online-retail/read-row';
import { createRowScan } from './scan-rows';

function scanOf(
  rows: [code: string, name: string, quantity: string, price: string, customer?: string, country?: string][],
) {
  const scan = createRowScan(onlineRetail);
  rows.forEach(([code, name, quantity, price, customer = '', country = 'France'], index) =>
    scan.add(
      readRow(
        [String(index), code, name, quantity, `2011-01-0${9 - index} 10:00:00`, price, customer, country],
        index + 2,
      ),
    ),
  );
  return scan.result();
}

test('an item has the name most rows give it and the last price it was sold at', () => {
  const { items } = scanOf([
    ['1a', 'RED BOX', '1', '2.00'],
    ['1A', 'BOX', '2', '2.50'],
    ['1A', 'RED BOX', '1', '3.00'],
    ['1A', 'damaged', '-5', '0.0'],
    ['1A', 'RED BOX', '-1', '9.00'],
  ]);
  expect([...items]).toEqual([['1A', { name: 'RED BOX', unitPrice: 300 }]]);
});

test('a charge has no price of its own, and a code without a name is its own name', () => {
  const { items } = scanOf([
    ['POST', 'POSTAGE', '1', '18.00'],
    ['9', '', '1', '0.0'],
  ]);
  expect([...items]).toEqual([
    ['POST', { name: 'POSTAGE', unitPrice: 0 }],
    ['9', { name: '9', unitPrice: 0 }],
  ]);
});

test('a customer joined when he was first seen, whatever the order of rows, and keeps every country', () => {
  const { customers, customersWithSeveralCountries } = scanOf([
    ['1', 'X', '1', '1.00', '17850.0', 'Eire'],
    ['1', 'X', '1', '1.00', '17850.0', 'France'],
  ]);
  expect(customers.get('17850')).toEqual({ firstSeen: '2011-01-08 10:00:00', countries: ['Eire', 'France'] });
  expect(customersWithSeveralCountries).toBe(1);
});

test('what is odd about the whole file is counted', () => {
  const result = scanOf([
    ['1a', 'X', '1', '0.001'],
    ['1A', 'X', '1', '1.00'],
    ['1', 'X', 'one', '1.00'],
  ]);
  expect(result).toMatchObject({ rows: 3, fileTotal: 1_001, finePrices: 1, caseVariants: 1 });
});
