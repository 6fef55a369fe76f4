import type { TierStandingView } from '../../contracts';
import { judgeTier, type TierStanding } from './judge-tier';
import { missingToNext, type MissingToNext } from './missing-to-next';
import type { Tier, TierHolding } from './tier';

const nameOf = ({ code, label, colour }: Tier) => ({ code, label, colour });

function toCurrent({ tier, because, holdsUntil }: TierStanding): TierStandingView['current'] {
  return { ...nameOf(tier), because, holdsUntil, discountRate: tier.discountRate };
}

function toNext({ tier, missing, by }: MissingToNext): TierStandingView['next'] {
  return { ...nameOf(tier), missing, currency: tier.currency, by };
}

/** What people see of a standing. */
export function viewOfStanding(
  standing: TierStanding | null,
  tiers: readonly Tier[],
  { days }: Pick<TierHolding, 'days'>,
  day: string,
): TierStandingView {
  const next = missingToNext(tiers, standing?.tier ?? null, days, day);
  return { current: standing && toCurrent(standing), next: next && toNext(next) };
}

/** What people see of a member's tier. */
export function standingView(
  tiers: readonly Tier[],
  holding: Pick<TierHolding, 'days' | 'given'>,
  at: { now: Date; day: string },
): TierStandingView {
  return viewOfStanding(judgeTier(tiers, holding, at), tiers, holding, at.day);
}
