import { addDays, yearOf } from './day';
import type { MemberDay, Tier } from './tier';

/** What a tier looks at. A visit is a business day on which something was bought and kept, in whatever currency. */
export interface Measures {
  /** Minor units of the tier's currency. */
  spend: number;
  points: number;
  visits: number;
  /** Principal, in minor units of the tier's currency. */
  topUp: number;
}

export const MEASURES = ['spend', 'points', 'visits', 'topUp'] as const;
export type Measure = (typeof MEASURES)[number];
const NOTHING: Measures = { spend: 0, points: 0, visits: 0, topUp: 0 };

/** `sign` −1: without it. */
function plus(sum: Measures, more: Measures, sign: 1 | -1 = 1): Measures {
  return {
    spend: sum.spend + sign * more.spend,
    points: sum.points + sign * more.points,
    visits: sum.visits + sign * more.visits,
    topUp: sum.topUp + sign * more.topUp,
  };
}

type Period = Pick<Tier, 'period' | 'periodDays' | 'currency'>;

/** The first day on which a day does not count any more. */
function leavesOn({ period, periodDays }: Period, day: string): string {
  return period === 'days' ? addDays(day, periodDays) : `${yearOf(day) + 1}-01-01`;
}

/** One sum per business day. */
function byDay(days: readonly MemberDay[], currency: string): Map<string, Measures> {
  const sums = new Map<string, Measures>();
  for (const [day, unit, spend, points, toppedUp = 0] of days) {
    const sum = { ...(sums.get(day) ?? NOTHING) };
    sum.points += points;
    if (unit === currency) sum.spend += spend;
    if (unit === currency) sum.topUp += toppedUp;
    if (spend > 0) sum.visits = 1;
    sums.set(day, sum);
  }
  return sums;
}

/** What counts on a day. */
export function measuresOn(tier: Period, days: readonly MemberDay[], day: string): Measures {
  return [...byDay(days, tier.currency)]
    .filter(([each]) => each <= day && leavesOn(tier, each) > day)
    .reduce((total, [, sum]) => plus(total, sum), NOTHING);
}

export function thresholdOf(tier: Tier, measure: Measure): number | null {
  return { spend: tier.spendFrom, points: tier.pointsFrom, visits: tier.visitsFrom, topUp: tier.topUpFrom }[measure];
}

/** Any one of its measures is enough. */
export function isReached(tier: Tier, measures: Measures): boolean {
  return MEASURES.some((measure) => {
    const threshold = thresholdOf(tier, measure);
    return threshold !== null && measures[measure] >= threshold;
  });
}

/**
 * The last day, up to `day`, on which the member had what the tier asks for; null = never, as far as his days go back. Walks
 * over the days on which a sum changes: each day comes in once and leaves once.
 */
export function lastReached(tier: Tier, days: readonly MemberDay[], day: string): string | null {
  const changes = new Map<string, Measures>();
  const change = (at: string, by: Measures, sign: 1 | -1) =>
    changes.set(at, plus(changes.get(at) ?? NOTHING, by, sign));
  for (const [each, sum] of byDay(days, tier.currency)) {
    if (each > day) continue;
    change(each, sum, 1);
    change(leavesOn(tier, each), sum, -1);
  }
  const order = [...changes.keys()].filter((at) => at <= day).sort();
  let last: string | null = null;
  let sum = NOTHING;
  for (const [index, at] of order.entries()) {
    sum = plus(sum, changes.get(at) ?? NOTHING);
    const next = order[index + 1];
    if (isReached(tier, sum)) last = next === undefined ? day : addDays(next, -1);
  }
  return last;
}
