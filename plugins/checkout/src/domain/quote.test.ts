import fc from 'fast-check';
import { codeOf } from '../../../../config/presets/testing/code-of';
import { MAX_AMOUNT, type QuoteRequest } from '../contracts';
import type { ItemFacts, SaleFacts } from './facts';
import { agreedTerms, quote } from './quote';

const STORE = 'storestorestore1';
const TILL = 'tilltilltilltil1';
const NOW = new Date('2026-03-01T18:30:00Z');

function item(fields: Partial<ItemFacts> = {}): ItemFacts {
  const names = { nameZh: '咖啡', nameEn: 'Coffee' };
  return {
    id: 'i1',
    kind: 'product',
    sku: 'A',
    ...names,
    unitPrice: 1_000,
    taxRate: 600,
    isForSale: true,
    ...fields,
  };
}

function facts(fields: Partial<SaleFacts> = {}): SaleFacts {
  const zone = { timeZone: 'Asia/Shanghai', dayCutoff: '04:00' };
  return {
    store: { id: STORE, currency: 'CNY', ...zone, cashRounding: 1, needsOpenShift: false, isOpen: true },
    till: { id: TILL, code: 'T1', storeId: STORE, isOn: true },
    member: null,
    items: [item()],
    categories: null,
    staffIds: [],
    points: null,
    tiers: null,
    coupons: null,
    cards: { plans: [], cards: [] },
    ...fields,
  };
}

function cart(fields: Partial<QuoteRequest> = {}): QuoteRequest {
  return { storeId: STORE, tillId: TILL, lines: [{ sku: 'A', quantity: 1 }], ...fields };
}

const anyCart = fc
  .array(
    fc.record({
      price: fc.integer({ min: 0, max: 500_000 }),
      rate: fc.constantFrom(0, 600, 900, 1300),
      quantity: fc.integer({ min: 1, max: 50 }),
      override: fc.option(fc.integer({ min: 0, max: 500_000 }), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .chain((lines) => {
    const subtotal = lines.reduce((all, line) => all + (line.override ?? line.price) * line.quantity, 0);
    const percent = fc.record({
      kind: fc.constant('percent' as const),
      basisPoints: fc.integer({ min: 1, max: 10_000 }),
      reason: fc.constant('r'),
    });
    const amount = fc.record({
      kind: fc.constant('amount' as const),
      amount: fc.integer({ min: 1, max: Math.max(1, subtotal) }),
      reason: fc.constant('r'),
    });
    const discount = subtotal > 0 ? fc.oneof(percent, amount) : percent;
    return fc.record({
      lines: fc.constant(lines),
      cashRounding: fc.constantFrom(1, 5, 10, 100),
      manualDiscount: fc.option(discount, { nil: undefined }),
    });
  })
  .map(({ lines, cashRounding, manualDiscount }) => {
    const known = facts({
      items: lines.map((line, index) => item({ sku: `S${index}`, unitPrice: line.price, taxRate: line.rate })),
    });
    const wanted = cart({
      lines: lines.map(({ quantity, override }, index) => ({ sku: `S${index}`, quantity, unitPrice: override })),
      ...(manualDiscount ? { manualDiscount } : {}),
    });
    return {
      wanted,
      known: { ...known, store: { ...(known.store as NonNullable<SaleFacts['store']>), cashRounding } },
    };
  });

test('every line explains itself: list amount plus adjustments is what it costs', () => {
  fc.assert(
    fc.property(anyCart, ({ wanted, known }) => {
      for (const line of quote(wanted, known, NOW).lines) {
        const adjusted = line.adjustments.reduce((all, adjustment) => all + adjustment.amount, line.listAmount);
        expect(line.amount).toBe(adjusted);
        expect(line.amount).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

test('totals are the sums of the lines, to the unit', () => {
  fc.assert(
    fc.property(anyCart, ({ wanted, known }) => {
      const { lines, totals } = quote(wanted, known, NOW);
      const sumOf = (pick: (line: (typeof lines)[number]) => number) =>
        lines.reduce((all, line) => all + pick(line), 0);
      expect(totals.payable).toBe(sumOf((line) => line.amount));
      expect(totals.tax).toBe(sumOf((line) => line.taxAmount));
      expect(totals.list).toBe(sumOf((line) => line.listAmount));
      expect(totals.discount).toBe(totals.list - totals.payable);
    }),
  );
});

test('an amount taken off the cart is spread over the lines exactly', () => {
  fc.assert(
    fc.property(anyCart, ({ wanted, known }) => {
      fc.pre(wanted.manualDiscount?.kind === 'amount');
      const { lines } = quote(wanted, known, NOW);
      const off = lines
        .flatMap((line) => line.adjustments)
        .filter((adjustment) => adjustment.source === 'manual-discount')
        .reduce((all, adjustment) => all - adjustment.amount, 0);
      expect(off).toBe(wanted.manualDiscount?.kind === 'amount' ? wanted.manualDiscount.amount : 0);
    }),
  );
});

test('the contained tax and the net price give the price back', () => {
  fc.assert(
    fc.property(anyCart, ({ wanted, known }) => {
      for (const { amount, taxAmount, taxRate } of quote(wanted, known, NOW).lines) {
        const net = amount - taxAmount;
        expect(Math.abs((net * taxRate) / 10_000 - taxAmount)).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('cash is rounded to the nearest multiple of the unit of the store', () => {
  fc.assert(
    fc.property(anyCart, ({ wanted, known }) => {
      const { totals, store } = quote(wanted, known, NOW);
      expect(totals.payableInCash % store.cashRounding).toBe(0);
      expect(Math.abs(totals.payableInCash - totals.payable)).toBeLessThanOrEqual(store.cashRounding / 2);
    }),
  );
});

test('equal carts have equal terms, and another price has others', () => {
  const terms = (price: number) => agreedTerms(quote(cart(), facts({ items: [item({ unitPrice: price })] }), NOW));
  expect(terms(1_000)).toBe(terms(1_000));
  expect(terms(1_000)).not.toBe(terms(1_001));
});

test('what has to be permitted is rounded up, so that no limit is passed by a rounding', () => {
  const third = quote(
    cart({ lines: [{ sku: 'A', quantity: 1, unitPrice: 999 }] }),
    facts({ items: [item({ unitPrice: 1_499 })] }),
    NOW,
  );
  expect(third.asks).toEqual({ discountRate: null, priceReduction: 3_336 });
  const discount = { kind: 'amount' as const, amount: 1, reason: 'r' };
  const much = quote(cart({ manualDiscount: discount }), facts({ items: [item({ unitPrice: 30_001 })] }), NOW);
  expect(much.asks.discountRate).toBe(1);
});

test('a higher price than the list needs the permission but no room in its limit', () => {
  const dearer = quote(cart({ lines: [{ sku: 'A', quantity: 1, unitPrice: 1_200 }] }), facts(), NOW);
  expect(dearer.asks.priceReduction).toBe(0);
  expect(dearer.totals.discount).toBe(-200);
});

test('a sale before the cut-off belongs to the day before', () => {
  expect(quote(cart(), facts(), NOW).businessDay).toBe('2026-03-01');
  expect(quote(cart(), facts(), new Date('2026-03-01T20:00:00Z')).businessDay).toBe('2026-03-02');
});

test('offers this shop does not know are named as rejected', () => {
  const { rejected } = quote(cart({ coupons: ['X1'], redeem: { points: 5 } }), facts(), NOW);
  expect(rejected).toEqual([
    { code: 'X1', reason: 'coupon_unknown' },
    { code: 'points', reason: 'points_need_member' },
  ]);
});

const member = { id: 'm1', memberNo: 'M1', name: '张三', birthMonth: null, isFirstPurchase: true, tier: null };
const huge = facts({ items: [item({ unitPrice: MAX_AMOUNT })] });
test.each<[string, Partial<QuoteRequest>, SaleFacts]>([
  ['unknown_store', {}, facts({ store: null })],
  ['unknown_till', {}, facts({ till: null })],
  ['unknown_till', {}, facts({ till: { id: TILL, code: 'T1', storeId: 'another', isOn: true } })],
  ['unknown_till', {}, facts({ till: { id: TILL, code: 'T1', storeId: STORE, isOn: false } })],
  ['unknown_sku', { lines: [{ sku: 'B', quantity: 1 }] }, facts()],
  ['inactive_item', {}, facts({ items: [item({ isForSale: false })] })],
  ['unknown_member', { memberId: 'm1' }, facts()],
  ['member_not_active', { memberId: 'm1' }, facts({ member: { ...member, status: 'frozen' } })],
  ['unknown_staff', { lines: [{ sku: 'A', quantity: 1, staffIds: ['x'] }] }, facts()],
  ['amount_too_large', { lines: [{ sku: 'A', quantity: 2 }] }, huge],
  ['amount_too_large', { lines: [1, 2].map(() => ({ sku: 'A', quantity: 1 })) }, huge],
  ['discount_too_large', { manualDiscount: { kind: 'amount', amount: 1_001, reason: 'r' } }, facts()],
])('%s is refused', (code, wanted, known) => {
  expect(codeOf(() => quote(cart(wanted), known, NOW))).toBe(code);
});

test('the largest amount is still sold, and a discount of everything too', () => {
  expect(codeOf(() => quote(cart(), huge, NOW))).toBeUndefined();
  const all = quote(cart({ manualDiscount: { kind: 'amount', amount: 1_000, reason: 'r' } }), facts(), NOW);
  expect(all.totals).toMatchObject({ payable: 0, tax: 0, discount: 1_000 });
});
