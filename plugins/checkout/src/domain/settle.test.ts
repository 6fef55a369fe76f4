import fc from 'fast-check';
import type { Tender } from '../contracts';
import { postingsOf } from './booking';
import { settle } from './settle';

const totals = (payable: number, payableInCash = payable) => ({
  list: payable,
  discount: 0,
  tax: 0,
  payable,
  payableInCash,
});

function codeOf(tenders: Tender[], payable: number, inCash?: number): string | undefined {
  try {
    settle(tenders, totals(payable, inCash));
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

test('all in cash, the rounded total is due and the change is what was handed over too much', () => {
  expect(settle([{ method: 'cash', amount: 1_000, received: 2_000 }], totals(1_002, 1_000))).toEqual({
    payments: [{ method: 'cash', amount: 1_000, received: 2_000, change: 1_000, reference: null }],
    methods: ['cash'],
    rounding: -2,
    paid: 1_000,
    change: 1_000,
  });
});

test('mixed with a card, nothing is rounded', () => {
  const tenders: Tender[] = [
    { method: 'cash', amount: 500 },
    { method: 'card', amount: 502, reference: 'slip 7' },
  ];
  expect(settle(tenders, totals(1_002, 1_000))).toMatchObject({ rounding: 0, paid: 1_002, methods: ['cash', 'card'] });
});

test.each<[string, Tender[]]>([
  ['tenders_mismatch', [{ method: 'card', amount: 1_000 }]],
  ['tenders_mismatch', [{ method: 'cash', amount: 1_002 }]],
  ['tenders_mismatch', []],
  ['received_too_little', [{ method: 'cash', amount: 1_000, received: 999 }]],
  ['received_not_cash', [{ method: 'card', amount: 1_002, received: 1_002 }]],
])('%s is refused', (code, tenders) => {
  expect(codeOf(tenders, 1_002, 1_000)).toBe(code);
});

test('a cart at price 0 needs no tender', () => {
  expect(codeOf([], 0)).toBeUndefined();
});

test('the journal of any sale or refund adds up to 0 and moves nothing by 0', () => {
  const amounts = fc.record({
    payments: fc.array(
      fc.record({
        method: fc.constantFrom('cash', 'card', 'transfer'),
        amount: fc.integer({ min: -1_000_000, max: 1_000_000 }),
      }),
      { maxLength: 5 },
    ),
    rounding: fc.integer({ min: -50, max: 50 }),
    tax: fc.integer({ min: -100_000, max: 100_000 }),
  });
  fc.assert(
    fc.property(amounts, ({ payments, rounding, tax }) => {
      const payable = payments.reduce((all, payment) => all + payment.amount, 0) - rounding;
      const postings = postingsOf({ tillId: 't', currency: 'CNY', payable, tax, rounding, payments });
      expect(postings.reduce((all, posting) => all + posting.amount, 0)).toBe(0);
      expect(postings.every((posting) => posting.amount !== 0)).toBe(true);
    }),
  );
});
