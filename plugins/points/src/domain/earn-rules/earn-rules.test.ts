import { factsOf, lineOf, ruleOf, saleOf } from '../../../tests/points-builders';
import { earn, type PaidSale } from '../earn';

const TEA = 'tea0000000000000';
const BASE = ruleOf('per-money', { points: 100, amount: 10_000 }, { code: 'base' });

type Row = [what: string, kind: string, args: Record<string, unknown>, sale: Partial<PaidSale>, points: number];

const of = (amount: number, more: Parameters<typeof lineOf>[1] = {}) => ({ lines: [lineOf(amount, more)] });
const toppedUp = (amount: number, isTopUp = true) => ({
  lines: [lineOf(0, { quantity: 0, card: { amount, isTopUp } })],
});
const by = (member: Partial<PaidSale['member']>): Partial<PaidSale> => ({ member: { ...saleOf().member, ...member } });

test.each<Row>([
  ['an amount just reached', 'per-money', { points: 3, amount: 1_000 }, of(1_000), 3],
  ['an amount short of one unit', 'per-money', { points: 3, amount: 1_000 }, of(999), 0],
  ['an amount short of the second time', 'per-money', { points: 3, amount: 1_000 }, of(1_999), 3],
  [
    'an amount reached by two lines together',
    'per-money',
    { points: 3, amount: 1_000 },
    { lines: [lineOf(500), lineOf(500)] },
    3,
  ],
  ['every piece of an item', 'per-item', { points: 5, skus: ['TEA'] }, of(1, { quantity: 3 }), 15],
  ['an item of another number', 'per-item', { points: 5, skus: ['TEA'] }, of(1, { sku: 'TEA2' }), 0],
  [
    'an item given away beside one that is paid',
    'per-item',
    { points: 5, skus: ['TEA'] },
    { lines: [lineOf(0), lineOf(1, { sku: 'CUP' })] },
    0,
  ],
  ['an item of the category', 'per-item', { points: 5, categories: [TEA] }, of(1, { categoryId: TEA }), 5],
  ['an item of no category', 'per-item', { points: 5, categories: [TEA] }, of(1), 0],
  [
    'an item named twice over',
    'per-item',
    { points: 5, skus: ['TEA'], categories: [TEA] },
    of(1, { categoryId: TEA }),
    5,
  ],
  ['a visit that just costs enough', 'per-visit', { points: 7, minimum: 500 }, of(500), 7],
  ['a visit that costs one unit too little', 'per-visit', { points: 7, minimum: 500 }, of(499), 0],
  ['a visit without a minimum', 'per-visit', { points: 7 }, of(1), 7],
  ['the first purchase', 'first-purchase', { points: 9 }, by({ isFirstPurchase: true }), 9],
  ['the second purchase', 'first-purchase', { points: 9 }, by({ isFirstPurchase: false }), 0],
  ['a top-up just reached', 'top-up', { points: 3, amount: 1_000 }, toppedUp(1_000), 3],
  ['a top-up one unit short of the second time', 'top-up', { points: 3, amount: 1_000 }, toppedUp(1_999), 3],
  ['a session card', 'top-up', { points: 3, amount: 1_000 }, toppedUp(1_000, false), 0],
  ['goods', 'top-up', { points: 3, amount: 1_000 }, of(1_000), 0],
  ['a top-up alone', 'per-money', { points: 3, amount: 1_000 }, toppedUp(1_000), 0],
  ['a top-up alone', 'per-visit', { points: 7 }, toppedUp(1_000), 0],
  ['a top-up alone', 'first-purchase', { points: 9 }, { ...by({ isFirstPurchase: true }), ...toppedUp(1_000) }, 0],
])('%s: %s', (_what, kind, args, sale, points) => {
  expect(earn(saleOf(sale), factsOf([ruleOf(kind, args)])).reduce((all, lot) => all + lot.points, 0)).toBe(points);
});

test.each<Row>([
  ['in the month of the birthday', 'birthday-month', { multiplier: 20_000 }, by({ birthMonth: 6 }), 100],
  ['in the month after', 'birthday-month', { multiplier: 20_000 }, by({ birthMonth: 5 }), 0],
  ['of a birthday not known', 'birthday-month', { multiplier: 20_000 }, by({ birthMonth: null }), 0],
  [
    'on the clock of the month before, on a business day of the month',
    'birthday-month',
    { multiplier: 20_000 },
    { ...by({ birthMonth: 5 }), businessDay: '2026-05-31', now: new Date('2026-05-31T17:00:00Z') },
    100,
  ],
  ['of a tier', 'tier', { multiplier: 15_000, tiers: ['GOLD'] }, by({ tier: 'GOLD' }), 50],
  ['of another tier', 'tier', { multiplier: 15_000, tiers: ['GOLD'] }, by({ tier: 'SILVER' }), 0],
  ['of no tier', 'tier', { multiplier: 15_000, tiers: ['GOLD'] }, by({ tier: null }), 0],
  ['by less than one point', 'tier', { multiplier: 10_099, tiers: ['GOLD'] }, by({ tier: 'GOLD' }), 0],
  ['by exactly one point', 'tier', { multiplier: 10_100, tiers: ['GOLD'] }, by({ tier: 'GOLD' }), 1],
])('multiplied %s: %s', (_what, kind, args, sale, more) => {
  const lots = earn(saleOf(sale), factsOf([BASE, ruleOf(kind, args)]));
  expect(lots.find(({ rule }) => rule === kind)?.points ?? 0).toBe(more);
});

test.each([
  ['not yet on this business day', '2026-06-09', 'per-visit', 7],
  ['by this rule on this business day', '2026-06-10', 'per-visit', 0],
  ['by another rule on this business day', '2026-06-10', 'base', 7],
])('a member who has earned %s gets the points of a visit: %s %s', (_what, day, rule, points) => {
  const lots = earn(saleOf(), factsOf([ruleOf('per-visit', { points: 7 })], {}, [[day, rule, 1]]));
  expect(lots[0]?.points ?? 0).toBe(points);
});
