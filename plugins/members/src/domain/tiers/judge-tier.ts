import { addDays } from '@tessera/kernel/domain';
import { lastReached, yearOf } from './measures';
import type { Tier, TierHolding } from './tier';

/** The tier a member has, and why. */
export interface TierStanding {
  tier: Tier;
  /** `reached`: has what it asks for; `grace`: had it, and it still holds; `given`: by hand. */
  because: 'reached' | 'grace' | 'given';
  /** The last day on which it holds if nothing is bought any more; null = no end, or as long as the period is not over. */
  holdsUntil: string | null;
}

/** The last day on which a tier holds that was last reached on a day. */
function holdsUntil({ review, graceDays }: Tier, reachedOn: string): string {
  return addDays(review === 'year-end' ? `${yearOf(reachedOn) + 1}-12-31` : reachedOn, graceDays);
}

function earned(tier: Tier, { days }: Pick<TierHolding, 'days'>, day: string): TierStanding | null {
  const reachedOn = lastReached(tier, days, day);
  if (reachedOn === null) return null;
  const until = holdsUntil(tier, reachedOn);
  if (until < day) return null;
  return reachedOn === day
    ? { tier, because: 'reached', holdsUntil: null }
    : { tier, because: 'grace', holdsUntil: until };
}

function given(tiers: readonly Tier[], holding: Pick<TierHolding, 'given'>, now: Date): TierStanding | null {
  const { tier: code, until } = holding.given ?? { tier: null, until: null };
  if (code === null || (until !== null && until <= now.toISOString())) return null;
  const tier = tiers.find((each) => each.code === code);
  return tier ? { tier, because: 'given', holdsUntil: until?.slice(0, 10) ?? null } : null;
}

function highestEarned(tiers: readonly Tier[], holding: Pick<TierHolding, 'days'>, day: string): TierStanding | null {
  for (const tier of [...tiers].sort((a, b) => b.rank - a.rank)) {
    const standing = earned(tier, holding, day);
    if (standing) return standing;
  }
  return null;
}

/**
 * The tier of a member at an instant, from what he did and what he was given: the highest that he has reached, or has reached
 * so lately that it still holds, or was given. Nothing depends on whether a job has run, nor on how often. Grace is for time
 * that passes: what is taken back counts as if it had never been bought.
 * @param day the business day of `now`
 */
export function judgeTier(
  tiers: readonly Tier[],
  holding: Pick<TierHolding, 'days' | 'given'>,
  { now, day }: { now: Date; day: string },
): TierStanding | null {
  const best = highestEarned(tiers, holding, day);
  const byHand = given(tiers, holding, now);
  return byHand && byHand.tier.rank > (best?.tier.rank ?? -Infinity) ? byHand : best;
}
