import fc from 'fast-check';
import type { Tier, TierPrice } from '@tessera/members/domain';
import type { QuoteRequest } from '../../contracts';
import type { SaleFacts } from '../facts';
import { quote } from '../quote';

const NOW = new Date('2026-03-01T10:00:00Z');
const ids = { storeId: 'storestorestore1', tillId: 'tilltilltilltil1', memberId: 'm1' };

function priceOf(changes: Partial<TierPrice> = {}): TierPrice {
  return { itemId: 'i1', unitPrice: 800, currency: 'CNY', validFrom: null, validUntil: null, ...changes };
}

function tierOf(prices: readonly TierPrice[], discountRate = 1_000): Tier {
  return {
    id: 'gold',
    code: 'gold',
    label: { zh: '金卡', en: 'Gold' },
    rank: 1,
    colour: '#C9A227',
    currency: 'CNY',
    spendFrom: null,
    pointsFrom: null,
    visitsFrom: null,
    topUpFrom: null,
    period: 'days',
    periodDays: 365,
    review: 'daily',
    graceDays: 0,
    discountRate,
    categoryIds: [],
    birthdayGift: null,
    prices: new Map([['i1', prices]]),
  };
}

function factsOf(tier: Tier, unitPrice = 1_000): SaleFacts {
  const zone = { timeZone: 'Asia/Shanghai', dayCutoff: '00:00' };
  const item = { id: 'i1', kind: 'product' as const, sku: 'A', nameZh: '茶', nameEn: 'Tea', unitPrice, taxRate: 0 };
  const member = { id: 'm1', memberNo: 'M1', name: '张三', birthMonth: null, isFirstPurchase: false, status: 'active' };
  return {
    store: { id: ids.storeId, currency: 'CNY', ...zone, cashRounding: 1, needsOpenShift: false, isOpen: true },
    till: { id: ids.tillId, code: 'T1', storeId: ids.storeId, isOn: true },
    member,
    items: [{ ...item, isForSale: true }],
    categories: {},
    staffIds: [],
    points: null,
    tiers: { book: [tier], holding: { version: 1, recorded: null, given: { tier: 'gold', until: null }, days: [] } },
    coupons: null,
    cards: { plans: [], cards: [] },
  };
}

function priced(
  prices: readonly TierPrice[],
  more: Partial<QuoteRequest['lines'][number]> = {},
  discountRate?: number,
) {
  const lines = [{ sku: 'A', quantity: 3, ...more }];
  return quote({ ...ids, lines }, factsOf(tierOf(prices, discountRate)), NOW);
}

test.each<[string, TierPrice[], number]>([
  ['an entry that is lower than the percentage counts', [priceOf()], 2_400],
  ['one that is higher leaves the percentage', [priceOf({ unitPrice: 950 })], 2_700],
  ['one above the list price takes nothing', [priceOf({ unitPrice: 1_200 })], 2_700],
  ['of several the lowest', [priceOf({ unitPrice: 850 }), priceOf({ unitPrice: 700 })], 2_100],
  ['not one of another item', [priceOf({ itemId: 'i2' })].map((entry) => ({ ...entry, currency: 'USD' })), 2_700],
  ['not one in another currency', [priceOf({ currency: 'USD' })], 2_700],
  ['one that begins now', [priceOf({ validFrom: NOW.toISOString() })], 2_400],
  ['not one that begins later', [priceOf({ validFrom: '2026-03-01T10:00:00.001Z' })], 2_700],
  ['one that ends later', [priceOf({ validUntil: '2026-03-01T10:00:00.001Z' })], 2_400],
  ['not one that ends now', [priceOf({ validUntil: NOW.toISOString() })], 2_700],
])('%s', (_what, prices, payable) => {
  expect(priced(prices).totals.payable).toBe(payable);
});

test('the line says which benefit made its price; of two that take the same it is the price list', () => {
  const said = (prices: TierPrice[]) => priced(prices).lines[0]?.adjustments;
  const list = { source: 'tier', code: 'gold', label: { en: 'Gold price list', zh: '金卡价目' } };
  expect(said([priceOf()])).toEqual([{ ...list, amount: -600, reason: '¥10.00 → ¥8.00' }]);
  expect(said([priceOf({ unitPrice: 900 })])).toEqual([{ ...list, amount: -300, reason: '¥10.00 → ¥9.00' }]);
  expect(said([])).toMatchObject([{ source: 'tier', code: 'gold', label: { en: 'Gold price −10%' }, amount: -300 }]);
});

test('a price list counts without a percentage, and not against a price that was set by hand', () => {
  expect(priced([priceOf()], {}, 0).totals.payable).toBe(2_400);
  expect(priced([priceOf()], { unitPrice: 990, priceReason: 'scratched' }).totals.payable).toBe(2_970);
});

test('a member never pays more than the list price, the percentage, or any entry that holds', () => {
  const entries = fc.array(
    fc.integer({ min: 0, max: 3_000 }).map((unitPrice) => priceOf({ unitPrice })),
    { maxLength: 5 },
  );
  const arguments_ = [
    entries,
    fc.integer({ min: 0, max: 2_000 }),
    fc.integer({ min: 0, max: 9_000 }),
    fc.integer({ min: 1, max: 99 }),
  ] as const;
  fc.assert(
    fc.property(...arguments_, (prices, unitPrice, rate, quantity) => {
      const facts = factsOf(tierOf(prices, rate), unitPrice);
      const { payable } = quote({ ...ids, lines: [{ sku: 'A', quantity }] }, facts, NOW).totals;
      const byRate = unitPrice * quantity - Math.round((unitPrice * quantity * rate) / 10_000);
      const least = Math.min(unitPrice * quantity, byRate, ...prices.map((entry) => entry.unitPrice * quantity));
      expect(Math.abs(payable - least)).toBeLessThanOrEqual(least === byRate ? 1 : 0);
    }),
    { numRuns: 500 },
  );
});
