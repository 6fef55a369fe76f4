import { performance } from 'node:perf_hooks';
import { quote, type SaleFacts } from '@tessera/checkout/domain';
import type { QuoteRequest } from '@tessera/checkout/contracts';
import type { Tier } from '@tessera/members/domain';
import { readRule, type EarnRule, type Programme } from '@tessera/points/domain';
import { tenCoupons } from './measure-coupons';
import { percentile } from './percentiles';

const CALLS = 5_000;
const NOW = new Date('2026-06-10T04:00:00Z');
const PLACE = { storeId: 'store1', tillId: 'till1' };
const LINES = 5;
const RULES = 20;
const GIVEN_COUPONS = 5;

const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'];
/** Every kind that a sale of goods asks, over and over, each with numbers of its own. */
const KINDS: ((place: number) => { kind: string; args: unknown })[] = [
  (place) => ({ kind: 'per-money', args: { points: 1 + place, amount: 100 } }),
  () => ({ kind: 'per-item', args: { points: 5, skus: ['S1', 'S2'], categories: [] } }),
  () => ({ kind: 'per-visit', args: { points: 10 } }),
  () => ({ kind: 'tier', args: { multiplier: 12_000, tiers: ['gold'] } }),
  () => ({ kind: 'weekday-hour', args: { multiplier: 15_000, weekdays: WEEKDAYS, from: '08:00', until: '22:00' } }),
  () => ({ kind: 'birthday-month', args: { multiplier: 20_000 } }),
  () => ({ kind: 'first-purchase', args: { points: 100 } }),
];

function twentyRules(): EarnRule[] {
  return Array.from({ length: RULES }, (_, place) => {
    const { kind, args } = (KINDS[place % KINDS.length] as (typeof KINDS)[number])(place);
    const always = { validFrom: null, validUntil: null, storeIds: [] };
    const read = readRule({ code: `${kind}-${place}`, nameZh: '规则', nameEn: 'Rule', kind, args, ...always });
    if ('problem' in read) throw new Error(`${read.problem.code}: ${read.problem.reason}`);
    return read.rule;
  });
}

const PROGRAMME: Programme = {
  code: 'P',
  currency: 'CNY',
  redeemPoints: 100,
  redeemValue: 100,
  redeemMin: 100,
  redeemStep: 100,
  redeemMaxShare: 5_000,
  pendingDays: 0,
  validity: 'months',
  validityLength: 12,
  earningTenders: ['cash', 'card', 'transfer'],
  capPerSale: 5_000,
  capPerDay: 10_000,
  whenSpent: 'debt',
};

/** Reached by what the member spent on each of 365 days; a per cent off everything and a price for one thing. */
function goldTier(): Tier {
  return {
    id: 'tier1',
    code: 'gold',
    label: { zh: '金卡', en: 'Gold' },
    rank: 1,
    colour: '#d4af37',
    currency: 'CNY',
    spendFrom: 100_000,
    pointsFrom: null,
    visitsFrom: null,
    topUpFrom: null,
    period: 'days',
    periodDays: 365,
    review: 'daily',
    graceDays: 30,
    discountRate: 500,
    categoryIds: [],
    birthdayGift: null,
    prices: new Map([
      ['item1', [{ itemId: 'item1', currency: 'CNY', unitPrice: 1_500, validFrom: null, validUntil: null }]],
    ]),
  };
}

function dayBefore(days: number): string {
  return new Date(NOW.getTime() - days * 86_400_000).toISOString().slice(0, 10);
}

function factsOfTheCart(): SaleFacts {
  const items = Array.from({ length: LINES }, (_, index) => ({
    id: `item${index + 1}`,
    kind: 'product' as const,
    sku: `S${index + 1}`,
    nameZh: '茶',
    nameEn: 'Tea',
    unitPrice: 1_990,
    taxRate: 600,
    isForSale: true,
  }));
  const days = Array.from({ length: 365 }, (_, index) => [dayBefore(index), 'CNY', 2_000, 20] as const);
  const { storeId, tillId } = PLACE;
  return {
    store: {
      id: storeId,
      currency: 'CNY',
      timeZone: 'Asia/Shanghai',
      dayCutoff: '04:00',
      cashRounding: 10,
      needsOpenShift: false,
      isOpen: true,
    },
    till: { id: tillId, code: 'T1', storeId, isOn: true },
    member: { id: 'member1', memberNo: 'M-1', name: 'Ada', status: 'active', birthMonth: 6, isFirstPurchase: true },
    items,
    categories: { S5: 'category1' },
    staffIds: [],
    points: {
      book: { programme: PROGRAMME, rules: twentyRules(), problems: [] },
      holding: { version: 1, available: 3_000, pending: 0, earned: [] },
    },
    tiers: { book: [goldTier()], holding: { version: 1, recorded: { id: 1, tier: 'gold' }, given: null, days } },
    coupons: { coupons: tenCoupons(), uses: [] },
    cards: { plans: [], cards: [] },
  };
}

/** The whole pure quote of five lines: ten coupons (five given, five offered), a tier, twenty rules, redeemed points. @returns microseconds */
export function measureQuote(): { p50: number; p99: number } {
  const facts = factsOfTheCart();
  const codes = facts.coupons?.coupons.slice(0, GIVEN_COUPONS).map(({ code }) => code) ?? [];
  const lines = facts.items.map(({ sku }, index) => ({ sku, quantity: index + 1 }));
  const cart: QuoteRequest = { ...PLACE, memberId: 'member1', lines, coupons: codes, redeem: { points: 300 } };
  const taken: number[] = [];
  for (let call = 0; call < CALLS; call++) {
    const start = performance.now();
    const priced = quote(cart, facts, NOW);
    taken.push((performance.now() - start) * 1_000);
    const { coupons = [], couponOffers = [], earnings, tier } = priced;
    const isWhole = coupons.length > 0 && couponOffers.length === 10 - GIVEN_COUPONS && earnings.length > 0 && tier;
    if (!isWhole) throw new Error('the quote leaves something out');
  }
  const ascending = taken.slice(CALLS / 10).sort((a, b) => a - b);
  return { p50: percentile(ascending, 0.5), p99: percentile(ascending, 0.99) };
}
