import { addDays, dayNumber, dayOfNumber } from '@tessera/kernel/domain';
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

function add(sum: Measures, more: Measures, sign: 1 | -1): void {
  sum.spend += sign * more.spend;
  sum.points += sign * more.points;
  sum.visits += sign * more.visits;
  sum.topUp += sign * more.topUp;
}

const nothing = (): Measures => ({ spend: 0, points: 0, visits: 0, topUp: 0 });

type Period = Pick<Tier, 'period' | 'periodDays' | 'currency'>;

export const yearOf = (day: string): number => Number(day.slice(0, 4));

/** One sum per business day. */
function byDay(days: readonly MemberDay[], currency: string): Map<string, Measures> {
  const sums = new Map<string, Measures>();
  for (const [day, unit, spend, points, toppedUp = 0] of days) {
    const sum = sums.get(day) ?? nothing();
    sum.points += points;
    if (unit === currency) sum.spend += spend;
    if (unit === currency) sum.topUp += toppedUp;
    if (spend > 0) sum.visits = 1;
    sums.set(day, sum);
  }
  return sums;
}

/** The first day that counts on a day. */
function firstThatCounts({ period, periodDays }: Period, day: string): string {
  return period === 'days' ? addDays(day, 1 - periodDays) : `${yearOf(day)}-01-01`;
}

/** What counts on a day. */
export function measuresOn(tier: Period, days: readonly MemberDay[], day: string): Measures {
  const first = firstThatCounts(tier, day);
  const total = nothing();
  for (const [each, sum] of byDay(days, tier.currency)) if (each >= first && each <= day) add(total, sum, 1);
  return total;
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

/** The first day on which a day does not count any more, as its number. */
function leavesOn({ period, periodDays }: Period, day: string): number {
  return period === 'days' ? dayNumber(day) + periodDays : dayNumber(`${yearOf(day) + 1}-01-01`);
}

/**
 * The last day, up to `day`, on which the member had what the tier asks for; null = never, as far as his days go back. Walks
 * over the days on which a sum changes: each day comes in once and leaves once, in the order in which they came.
 */
export function lastReached(tier: Tier, days: readonly MemberDay[], day: string): string | null {
  const today = dayNumber(day);
  const counted = [...byDay(days, tier.currency)]
    .filter(([each]) => each <= day)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([each, sum]) => ({ comes: dayNumber(each), leaves: leavesOn(tier, each), sum }));
  const total = nothing();
  let last: number | null = null;
  let [coming, leaving] = [0, 0];
  for (let at = counted[0]?.comes ?? Infinity; at <= today; ) {
    for (let next = counted[leaving]; next && next.leaves <= at; next = counted[++leaving]) add(total, next.sum, -1);
    for (let next = counted[coming]; next && next.comes <= at; next = counted[++coming]) add(total, next.sum, 1);
    const change = Math.min(counted[coming]?.comes ?? Infinity, counted[leaving]?.leaves ?? Infinity);
    if (isReached(tier, total)) last = Math.min(today, change - 1);
    at = change;
  }
  return last === null ? null : dayOfNumber(last);
}
