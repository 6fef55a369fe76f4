import fc from 'fast-check';
import { couponOf, holdingOf, lineOf, saleOf, termsOf } from '../../tests/coupon-builders';
import { applyCoupons, savingOf } from './apply-coupons';
import type { CouponFacts } from './facts';
import { offerCoupons } from './offer-coupons';

const percent = (rate: number, cap?: number) => ({ kind: 'percent', args: { rate, ...(cap ? { cap } : {}) } });
const apply = (coupons: CouponFacts[], sale = saleOf()) =>
  applyCoupons(
    coupons.map(({ code }) => code),
    holdingOf(coupons),
    sale,
  );
const takenBy = (coupons: CouponFacts[], sale = saleOf()) =>
  apply(coupons, sale).applied.map(({ coupon, taken }) => [coupon.code, taken]);

test('a percentage stops at its cap and is shared by what its goods cost', () => {
  const sale = saleOf({ lines: [lineOf(1, 6_000), lineOf(2, 3_000), lineOf(3, 9_999)] });
  const coupon = couponOf('A', {
    terms: { ...percent(2_000, 1_000), goods: { items: ['item1', 'item2'], categories: [] } },
  });
  const [applied] = apply([coupon], sale).applied;
  expect(applied?.shares).toEqual([
    { lineNo: 1, quantity: 1, base: 6_000, taken: 667 },
    { lineNo: 2, quantity: 1, base: 3_000, taken: 333 },
  ]);
});

test('free pieces are the cheapest of its goods, across lines', () => {
  const lines = [lineOf(1, 9_000, { quantity: 3 }), lineOf(2, 2_000), lineOf(3, 0)];
  const coupon = couponOf('A', { terms: { kind: 'free-item', args: { pieces: 2 } } });
  const [applied] = apply([coupon], saleOf({ lines })).applied;
  expect(applied?.shares.map(({ taken }) => taken)).toEqual([3_000, 2_000, 0]);
});

test('what is free goes first, shares of the rest next, sums of money last', () => {
  const lines = [lineOf(1, 10_000), lineOf(2, 2_000)];
  const coupons = [
    couponOf('A', { terms: { args: { amount: 1_000 } } }),
    couponOf('B', { terms: percent(1_000) }),
    couponOf('C', { terms: { kind: 'free-item', args: { pieces: 1 } } }),
  ];
  expect(takenBy(coupons, saleOf({ lines }))).toEqual([
    ['C', 2_000],
    ['B', 1_000],
    ['A', 1_000],
  ]);
});

test('of one group the coupon that takes most off is used, and the other one says which', () => {
  const group = { group: 'autumn' };
  const coupons = [couponOf('A', { terms: { ...group } }), couponOf('B', { terms: { ...group, ...percent(1_000) } })];
  const { applied, rejected } = apply(coupons);
  expect(applied.map(({ coupon }) => coupon.code)).toEqual(['B']);
  expect(rejected).toEqual([{ code: 'A', reason: 'coupon_group_taken', by: 'B' }]);
});

test('a coupon that is never combined stands against the others together', () => {
  const alone = (amount: number) => couponOf('Z', { terms: { isCombinable: false, args: { amount } } });
  const others = [
    couponOf('A', { terms: { args: { amount: 300 } } }),
    couponOf('B', { terms: { args: { amount: 400 } } }),
  ];
  expect(takenBy([...others, alone(701)])).toEqual([['Z', 701]]);
  expect(apply([...others, alone(701)]).rejected).toMatchObject([
    { code: 'B', reason: 'coupon_not_combinable', by: 'Z' },
    { code: 'A', reason: 'coupon_not_combinable', by: 'Z' },
  ]);
  expect(takenBy([...others, alone(700)])).toEqual([
    ['A', 300],
    ['B', 400],
  ]);
});

test('two coupons of a template with one use left: the second is told why', () => {
  const limits = { ...termsOf().limits, total: 1 };
  const { applied, rejected } = apply([couponOf('A', { terms: { limits } }), couponOf('B', { terms: { limits } })]);
  expect(applied).toHaveLength(1);
  expect(rejected).toEqual([{ code: 'B', reason: 'coupon_limit_total' }]);
});

test('a coupon that finds nothing left is not used up', () => {
  const coupons = [couponOf('A', { terms: percent(10_000) }), couponOf('B')];
  expect(apply(coupons).rejected).toEqual([{ code: 'B', reason: 'coupon_nothing_left' }]);
});

test('a code given twice is one coupon', () => {
  const coupon = couponOf('A');
  expect(savingOf(applyCoupons(['A', 'A'], holdingOf([coupon]), saleOf()))).toBe(100);
});

const anyTerms = fc.oneof(
  fc.record({ kind: fc.constant('fixed'), args: fc.record({ amount: fc.integer({ min: 1, max: 50_000 }) }) }),
  fc.record({
    kind: fc.constant('percent'),
    args: fc.record({ rate: fc.integer({ min: 1, max: 10_000 }), cap: fc.integer({ min: 1, max: 5_000 }) }),
  }),
  fc.record({ kind: fc.constant('free-item'), args: fc.record({ pieces: fc.integer({ min: 1, max: 5 }) }) }),
);
const anyCoupons = fc
  .array(
    fc.record({
      terms: anyTerms,
      isCombinable: fc.boolean(),
      group: fc.constantFrom(null, 'g1', 'g2'),
      minimum: fc.constantFrom(0, 3_000),
      items: fc.subarray(['item1', 'item2', 'item3']),
      total: fc.constantFrom(null, 1, 2),
      memberId: fc.constantFrom(null, 'm1'),
    }),
    { maxLength: 8 },
  )
  .map((all) =>
    all.map(({ terms, isCombinable, group, minimum, items, total, memberId }, index) =>
      couponOf(String.fromCharCode(65 + index), {
        memberId,
        terms: {
          ...terms,
          isCombinable,
          group,
          minimum,
          goods: { items, categories: [] },
          limits: { ...termsOf().limits, total },
        },
      }),
    ),
  );
const anySale = fc
  .array(fc.record({ amount: fc.integer({ min: 0, max: 20_000 }), quantity: fc.integer({ min: 1, max: 5 }) }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((lines) =>
    saleOf({
      memberId: 'm1',
      lines: lines.map(({ amount, quantity }, index) => lineOf(index + 1, amount, { quantity })),
    }),
  );

test('no line ever costs less than nothing, shares add up, and every code is either applied or says why not', () => {
  fc.assert(
    fc.property(anyCoupons, anySale, (coupons, sale) => {
      const { applied, rejected } = apply(coupons, sale);
      const left = new Map(sale.lines.map(({ lineNo, amount }) => [lineNo, amount]));
      for (const { taken, shares } of applied) {
        expect(shares.reduce((all, share) => all + share.taken, 0)).toBe(taken);
        expect(taken).toBeGreaterThan(0);
        for (const share of shares) {
          expect(share.taken).toBeGreaterThanOrEqual(0);
          left.set(share.lineNo, (left.get(share.lineNo) ?? 0) - share.taken);
        }
      }
      expect(Math.min(...left.values())).toBeGreaterThanOrEqual(0);
      const named = [...applied.map(({ coupon }) => coupon.code), ...rejected.map(({ code }) => code)];
      expect(named.sort()).toEqual(coupons.map(({ code }) => code));
    }),
    { numRuns: 1_000 },
  );
});

test('no two of a group and nothing beside a coupon that is never combined; limits hold within the cart', () => {
  fc.assert(
    fc.property(anyCoupons, anySale, (coupons, sale) => {
      const { applied } = apply(coupons, sale);
      const groups = applied.flatMap(({ coupon }) => coupon.terms.group ?? []);
      expect(new Set(groups).size).toBe(groups.length);
      if (applied.some(({ coupon }) => !coupon.terms.isCombinable)) expect(applied).toHaveLength(1);
      const total = Math.min(...applied.map(({ coupon }) => coupon.terms.limits.total ?? 99), 99);
      if (total < 99) {
        expect(applied.filter(({ coupon }) => coupon.terms.limits.total !== null).length).toBeLessThanOrEqual(2);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('an offer saves exactly what it says, and the best stands first', () => {
  fc.assert(
    fc.property(anyCoupons, anySale, (coupons, sale) => {
      const holding = holdingOf(coupons);
      const offers = offerCoupons([], holding, sale, applyCoupons([], holding, sale));
      expect(offers.map(({ saving }) => saving)).toEqual(offers.map(({ saving }) => saving).sort((a, b) => b - a));
      for (const { coupon, saving, refused } of offers) {
        expect(savingOf(applyCoupons([coupon.code], holding, sale))).toBe(saving);
        expect(refused === null).toBe(saving > 0);
      }
      expect(offers).toHaveLength(coupons.filter(({ memberId }) => memberId === 'm1').length);
    }),
    { numRuns: 1_000 },
  );
});
