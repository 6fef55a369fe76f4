import fc from 'fast-check';
import { couponsGivenBack, type StandingUse } from './refund-coupons';

const use = (changes: Partial<StandingUse> = {}): StandingUse => ({
  couponId: 1,
  onRefund: 'all-returned',
  minimum: 10_000,
  shares: [
    { lineNo: 1, quantity: 2, base: 8_000, taken: 800 },
    { lineNo: 2, quantity: 1, base: 4_000, taken: 400 },
  ],
  ...changes,
});
const left = (first: number, second: number) =>
  new Map([
    [1, first],
    [2, second],
  ]);

test.each<[StandingUse['onRefund'], number, number, boolean]>([
  ['never', 0, 0, false],
  ['all-returned', 1, 0, false],
  ['all-returned', 0, 0, true],
  ['minimum-missed', 2, 1, false],
  ['minimum-missed', 1, 1, true],
  ['minimum-missed', 2, 0, true],
])('%s, with %i and %i pieces left: %s', (onRefund, first, second, comesBack) => {
  expect(couponsGivenBack([use({ onRefund })], left(first, second))).toEqual(comesBack ? [1] : []);
});

test('a line that the coupon took nothing off need not come back', () => {
  const shares = [
    { lineNo: 1, quantity: 1, base: 500, taken: 500 },
    { lineNo: 2, quantity: 1, base: 900, taken: 0 },
  ];
  expect(couponsGivenBack([use({ shares })], left(0, 1))).toEqual([1]);
});

test('once a coupon would come back, it would after every later refund: giving it back once loses nothing', () => {
  const pieces = fc.integer({ min: 0, max: 5 });
  fc.assert(
    fc.property(
      pieces,
      pieces,
      pieces,
      fc.constantFrom('all-returned' as const, 'minimum-missed' as const),
      (a, b, fewer, onRefund) => {
        const shares = [
          { lineNo: 1, quantity: 5, base: 7_777, taken: 10 },
          { lineNo: 2, quantity: 5, base: 3_333, taken: 10 },
        ];
        const before = couponsGivenBack([use({ onRefund, shares })], left(a, b));
        const after = couponsGivenBack([use({ onRefund, shares })], left(Math.max(0, a - fewer), b));
        if (before.length > 0) expect(after).toEqual(before);
      },
    ),
    { numRuns: 1_000 },
  );
});
