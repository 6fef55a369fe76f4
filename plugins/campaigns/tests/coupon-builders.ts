import type { CouponFacts, CouponHolding, CouponLine, CouponSale, CouponTerms } from '../src/domain';

type Changes = Partial<Omit<CouponFacts, 'terms'>> & { terms?: Partial<CouponTerms> };

/** ¥1 off everything, always, everywhere, for everybody. */
export function termsOf(changes: Partial<CouponTerms> = {}): CouponTerms {
  return {
    templateId: 'template1',
    code: 'T',
    label: { zh: '券', en: 'Coupon' },
    kind: 'fixed',
    args: { amount: 100 },
    currency: 'CNY',
    minimum: 0,
    goods: { items: [], categories: [] },
    storeIds: [],
    weekdays: [],
    hours: null,
    isCombinable: true,
    group: null,
    limits: { total: null, perMember: null, period: 'day', perPeriod: null, perMemberPerPeriod: null },
    onRefund: 'all-returned',
    ...changes,
  };
}

export function couponOf(code: string, { terms, ...changes }: Changes = {}): CouponFacts {
  return {
    id: Number.parseInt(code, 36),
    code,
    memberId: null,
    state: 'open',
    validFrom: '2026-01-01T00:00:00.000Z',
    validUntil: null,
    heldBy: null,
    terms: termsOf(terms),
    ...changes,
  };
}

export function lineOf(lineNo: number, amount: number, changes: Partial<CouponLine> = {}): CouponLine {
  return { lineNo, itemId: `item${lineNo}`, categoryId: null, quantity: 1, amount, ...changes };
}

/** A Wednesday noon in Shanghai, 100.00 on one line, nobody's. */
export function saleOf(changes: Partial<CouponSale> = {}): CouponSale {
  return {
    storeId: 'store1',
    tillId: 'till1',
    currency: 'CNY',
    businessDay: '2026-06-10',
    minutes: 720,
    memberId: null,
    now: new Date('2026-06-10T04:00:00Z'),
    lines: [lineOf(1, 10_000)],
    ...changes,
  };
}

export function holdingOf(coupons: CouponFacts[], uses: CouponHolding['uses'] = []): CouponHolding {
  return { coupons, uses };
}
