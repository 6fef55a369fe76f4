import fc from 'fast-check';
import { factsOf, lineOf, ruleOf, saleOf, type PaidLine } from '../../tests/points-builders';
import { earn, type EarnedLot, type PaidSale } from './earn';
import type { Programme } from './programme';

const MONEY = ruleOf('per-money', { points: 1, amount: 100 });
const ITEM = ruleOf('per-item', { points: 10, skus: ['TEA'] });
const GIFT = ruleOf('first-purchase', { points: 33 });
const TIER = ruleOf('tier', { multiplier: 15_000, tiers: ['GOLD'] });
const BIRTHDAY = ruleOf('birthday-month', { multiplier: 20_000 });
const DAY = ruleOf('weekday-hour', { multiplier: 13_333, weekdays: ['3'] });
const TOP_UP = ruleOf('top-up', { points: 1, amount: 100 });
const ALL = [MONEY, ITEM, GIFT, TIER, BIRTHDAY, DAY, TOP_UP];
const LUCKY: PaidSale['member'] = { birthMonth: 6, isFirstPurchase: true, tier: 'GOLD' };

const total = (amounts: readonly number[]) => amounts.reduce((all, each) => all + each, 0);
const pointsOf = (lots: readonly EarnedLot[]) => total(lots.map(({ points }) => points));
const byRule = (lots: readonly EarnedLot[]) => new Map(lots.map(({ rule, byLine }) => [rule, byLine]));

test('without a programme nothing is earned', () => {
  const facts = factsOf([MONEY]);
  expect(earn(saleOf(), { ...facts, book: { ...facts.book, programme: null } })).toEqual([]);
});

test('in another currency than that of the programme nothing is earned', () => {
  expect(earn(saleOf({ currency: 'GBP' }), factsOf([MONEY]))).toEqual([]);
});

test('a rule that is not in force gives nothing', () => {
  const ended = ruleOf('per-visit', { points: 5 }, { validUntil: '2026-06-10T04:00:00.000Z' });
  const elsewhere = ruleOf('first-purchase', { points: 5 }, { storeIds: ['store2'] });
  expect(earn(saleOf({ member: LUCKY }), factsOf([ended, elsewhere]))).toEqual([]);
});

const cash = (amount: number) => ({ method: 'cash', amount });
const card = (amount: number) => ({ method: 'card', amount });

test.each([
  // payments of a bill of 100.00, where cash earns and card does not
  ['not paid yet', null, 100],
  ['all in cash', [cash(10_000)], 100],
  ['more cash than the bill', [cash(20_000)], 100],
  ['partly in cash', [card(5_001), cash(4_999)], 49],
  ['in cash twice', [cash(50), cash(50), card(9_900)], 1],
  ['cash short of one point', [cash(99), card(9_901)], 0],
  ['cash given back altogether', [cash(-100), card(10_100)], 0],
  ['nothing in cash', [card(10_000)], 0],
  ['by nobody', [], 0],
])('what is %s earns: %o, %i points', (_what, payments, points) => {
  expect(pointsOf(earn(saleOf({ payments }), factsOf([MONEY])))).toBe(points);
});

test('points are shared among the lines by what counting money paid', () => {
  const lines = [lineOf(7_500), lineOf(0), lineOf(2_500)];
  const [lot] = earn(saleOf({ lines, payments: [cash(4_000), card(6_000)] }), factsOf([MONEY]));
  expect(lot).toMatchObject({ points: 40, byLine: [30, 0, 10], isCapped: false });
});

test('a top-up earns by what counting money paid for cards, on its own line, and no multiplier multiplies it', () => {
  const card = { amount: 50_000, isTopUp: true };
  const sessions = { amount: 50_000, isTopUp: false };
  const lines = [lineOf(10_000), lineOf(0, { card }), lineOf(0, { card: sessions })];
  const sale = saleOf({
    lines,
    member: LUCKY,
    payments: [{ method: 'cash', amount: 10_000 }],
    cardPayments: [{ method: 'cash', amount: 80_000 }],
  });
  const lots = earn(sale, factsOf([TOP_UP, TIER]));
  expect(lots).toMatchObject([{ rule: 'top-up', points: 400, byLine: [0, 400, 0] }]);
});

test('points for an item belong to its line', () => {
  const lines = [lineOf(9_000, { sku: 'CUP' }), lineOf(1_000, { quantity: 2 })];
  expect(earn(saleOf({ lines }), factsOf([ITEM]))[0]?.byLine).toEqual([0, 20]);
});

test.each([
  ['points', [MONEY, TIER], 'tier', 50],
  ['points of every rule', [MONEY, ITEM, TIER], 'tier', 55],
  ['no gift', [GIFT, TIER], 'tier', undefined],
  ['no other multiplier', [MONEY, BIRTHDAY, TIER], 'tier', 50],
])('a multiplier multiplies %s', (_what, rules, code, points) => {
  const lots = earn(saleOf({ member: LUCKY }), factsOf(rules));
  expect(lots.find(({ rule }) => rule === code)?.points).toBe(points);
});

test.each<[string, Partial<Programme>, number, number]>([
  // caps, earned before today, of 100 points
  ['a sale that is just within its cap', { capPerSale: 100 }, 0, 100],
  ['a sale one above its cap', { capPerSale: 99 }, 0, 99],
  ['a day just full with it', { capPerDay: 150 }, 50, 100],
  ['a day one too full', { capPerDay: 150 }, 51, 99],
  ['a day with room for one', { capPerDay: 150 }, 149, 1],
  ['a day that is full', { capPerDay: 150 }, 150, 0],
  ['a day whose cap was lowered since', { capPerDay: 150 }, 999, 0],
  ['the sale being the tighter cap', { capPerSale: 30, capPerDay: 150 }, 50, 30],
  ['the day being the tighter cap', { capPerSale: 30, capPerDay: 60 }, 50, 10],
])('%s: %o after %i earns %i', (_what, caps, before, points) => {
  const lots = earn(saleOf(), factsOf([MONEY], caps, [['2026-06-10', 'gone', before]]));
  expect(pointsOf(lots)).toBe(points);
  expect(lots.some(({ isCapped }) => isCapped)).toBe(points < 100 && points > 0);
});

test('what was earned on another business day does not fill the cap of this one', () => {
  const facts = factsOf([MONEY], { capPerDay: 100 }, [['2026-06-09', 'per-money', 100]]);
  expect(pointsOf(earn(saleOf(), facts))).toBe(100);
});

test('what was given as a gift fills no cap', () => {
  const facts = factsOf([MONEY], { capPerDay: 100 }, [['2026-06-10', 'gift:birthday-gift', 500]]);
  expect(pointsOf(earn(saleOf(), facts))).toBe(100);
});

test('a cap takes from every rule in proportion', () => {
  const lots = earn(saleOf({ member: LUCKY }), factsOf([MONEY, TIER], { capPerSale: 30 }));
  expect(lots.map(({ rule, points }) => [rule, points])).toEqual([
    ['per-money', 20],
    ['tier', 10],
  ]);
});

const soldCard = fc.record({ amount: fc.nat(50_000), isTopUp: fc.boolean() });
const cards = soldCard.map((sold): PaidLine => lineOf(0, { quantity: 0, card: sold }));
const goods = fc
  .record({ sku: fc.constantFrom('TEA', 'CUP'), quantity: fc.integer({ min: 1, max: 20 }), amount: fc.nat(50_000) })
  .map(({ amount, ...line }): PaidLine => lineOf(amount, line));
const lines = fc.array(fc.oneof({ arbitrary: goods, weight: 3 }, cards), { minLength: 1, maxLength: 12 });
const payments = fc.option(
  fc.array(fc.record({ method: fc.constantFrom('cash', 'card'), amount: fc.integer({ min: -5_000, max: 100_000 }) }), {
    maxLength: 4,
  }),
);
const member = fc.record({
  birthMonth: fc.constantFrom(null, 5, 6),
  isFirstPurchase: fc.boolean(),
  tier: fc.constantFrom(null, 'GOLD', 'SILVER'),
});
const sales = fc.record({ lines, payments, cardPayments: payments, member }).map(saleOf);
const rules = fc.shuffledSubarray(ALL);
const caps = fc.option(fc.integer({ min: 1, max: 2_000 }));

test('lines add up, nothing is negative or empty, and no cap is passed', () => {
  fc.assert(
    fc.property(sales, rules, caps, caps, fc.nat(2_000), (sale, some, capPerSale, capPerDay, before) => {
      const lots = earn(sale, factsOf(some, { capPerSale, capPerDay }, [[sale.businessDay, 'gone', before]]));
      for (const { points, byLine } of lots) {
        expect(byLine).toHaveLength(sale.lines.length);
        expect(total(byLine)).toBe(points);
        expect(Math.min(points - 1, ...byLine)).toBeGreaterThanOrEqual(0);
      }
      expect(pointsOf(lots)).toBeLessThanOrEqual(capPerSale ?? Infinity);
      expect(pointsOf(lots)).toBeLessThanOrEqual(capPerDay === null ? Infinity : Math.max(0, capPerDay - before));
    }),
    { numRuns: 500 },
  );
});

test('a cap takes no more than it must, and from no line more than it had', () => {
  fc.assert(
    fc.property(sales, rules, fc.integer({ min: 1, max: 2_000 }), (sale, some, capPerSale) => {
      const free = earn(sale, factsOf(some));
      const lots = earn(sale, factsOf(some, { capPerSale }));
      expect(pointsOf(lots)).toBe(Math.min(pointsOf(free), capPerSale));
      const had = byRule(free);
      for (const { rule, byLine } of lots) {
        byLine.forEach((points, index) => expect(points).toBeLessThanOrEqual(had.get(rule)?.[index] ?? 0));
      }
    }),
    { numRuns: 500 },
  );
});

test('the order of rules does not matter', () => {
  const orders = fc
    .tuple(sales, rules)
    .chain(([sale, some]) =>
      fc.tuple(fc.constant(sale), fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
    );
  fc.assert(
    fc.property(orders, ([sale, some, shuffled]) => {
      expect(byRule(earn(sale, factsOf(shuffled)))).toEqual(byRule(earn(sale, factsOf(some))));
    }),
    { numRuns: 500 },
  );
});

test('a line that no counting money paid for earns nothing beside one that it did', () => {
  fc.assert(
    fc.property(sales, rules, (sale, some) => {
      const withGift = { ...sale, lines: [...sale.lines, lineOf(0)] };
      for (const { byLine } of earn(withGift, factsOf(some))) expect(byLine.at(-1)).toBe(0);
    }),
    { numRuns: 500 },
  );
});
