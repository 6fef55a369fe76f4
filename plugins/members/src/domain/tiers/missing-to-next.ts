import { MEASURES, measuresOn, thresholdOf, yearOf, type Measure } from './measures';
import type { MemberDay, Tier } from './tier';

export interface MissingToNext {
  tier: Tier;
  /** Any one of them is enough; the nearest (in parts of the whole) comes first. Money in minor units. */
  missing: { measure: Measure; has: number; needs: number; missing: number }[];
  /** The last day that counts; null = the period rolls on. */
  by: string | null;
}

/** What a member has to do for the next tier above the one he has; null = there is none that can be reached. */
export function missingToNext(
  tiers: readonly Tier[],
  current: Pick<Tier, 'rank'> | null,
  days: readonly MemberDay[],
  day: string,
): MissingToNext | null {
  const above = tiers
    .filter(({ rank }) => rank > (current?.rank ?? -Infinity))
    .filter((tier) => MEASURES.some((measure) => thresholdOf(tier, measure) !== null))
    .sort((a, b) => a.rank - b.rank);
  const tier = above[0];
  if (!tier) return null;
  const has = measuresOn(tier, days, day);
  const missing = MEASURES.flatMap((measure) => {
    const needs = thresholdOf(tier, measure);
    return needs === null ? [] : [{ measure, has: has[measure], needs, missing: Math.max(0, needs - has[measure]) }];
  }).sort((a, b) => a.missing / a.needs - b.missing / b.needs);
  return { tier, missing, by: tier.period === 'calendar-year' ? `${yearOf(day)}-12-31` : null };
}
