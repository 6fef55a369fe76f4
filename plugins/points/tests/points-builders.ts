import {
  readRule,
  type EarnRule,
  type PaidSale,
  type PointsFacts,
  type Programme,
  type StoredRule,
} from '../src/domain';

export type PaidLine = PaidSale['lines'][number];

/** 100 points are worth 1.00; nothing pends, expires or is capped. */
export function programmeOf(changes: Partial<Programme> = {}): Programme {
  return {
    code: 'P',
    currency: 'CNY',
    redeemPoints: 100,
    redeemValue: 100,
    redeemMin: 100,
    redeemStep: 100,
    redeemMaxShare: 5_000,
    pendingDays: 0,
    validity: 'forever',
    validityLength: 1,
    earningTenders: ['cash'],
    capPerSale: null,
    capPerDay: null,
    whenSpent: 'debt',
    ...changes,
  };
}

export function storedRule(kind: string, args: unknown, changes: Partial<StoredRule> = {}): StoredRule {
  return {
    code: kind,
    nameZh: '规则',
    nameEn: 'Rule',
    kind,
    args,
    validFrom: null,
    validUntil: null,
    storeIds: [],
    ...changes,
  };
}

/** A rule that is understood; its code is its kind unless told otherwise. */
export function ruleOf(...given: Parameters<typeof storedRule>): EarnRule {
  const read = readRule(storedRule(...given));
  if ('problem' in read) throw new Error(`${read.problem.code}: ${read.problem.reason}`);
  return read.rule;
}

export function lineOf(amount: number, changes: Partial<PaidLine> = {}): PaidLine {
  return { sku: 'TEA', categoryId: null, quantity: 1, amount, ...changes };
}

/** A Wednesday noon in Shanghai, 100.00 on one line, paid in cash by a member of whom nothing is known. */
export function saleOf(changes: Partial<PaidSale> = {}): PaidSale {
  return {
    storeId: 'store1',
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    businessDay: '2026-06-10',
    now: new Date('2026-06-10T04:00:00Z'),
    lines: [lineOf(10_000)],
    member: { birthMonth: null, isFirstPurchase: false, tier: null },
    payments: null,
    ...changes,
  };
}

export function factsOf(
  rules: readonly EarnRule[],
  changes: Partial<Programme> = {},
  earned: PointsFacts['holding']['earned'] = [],
): PointsFacts {
  return {
    book: { programme: programmeOf(changes), rules, problems: [] },
    holding: { version: 1, available: 0, pending: 0, earned },
  };
}
