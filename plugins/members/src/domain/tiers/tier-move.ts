import { judgeTier } from './judge-tier';
import type { MemberDay, Tier, TierHolding } from './tier';

/** An entry of a member's history of tiers; `tessera.record_tiers(jsonb)` writes it if the entry it follows is still the newest. */
export interface TierMove {
  memberId: string;
  /** Id of the newest entry when it was decided. */
  follows: number | null;
  tier: string | null;
  cause: 'rose' | 'fell';
  occurredAt: string;
}

/**
 * What is to be written when a member's tier is not the one that his history says: after a sale (`bought`), or because time
 * has passed. Null: it is.
 */
export function tierMove(
  tiers: readonly Tier[],
  holding: TierHolding,
  member: { memberId: string; now: Date; day: string; bought?: MemberDay },
): TierMove | null {
  const { memberId, now, day, bought } = member;
  const days = bought ? [...holding.days, bought] : holding.days;
  const tier = judgeTier(tiers, { ...holding, days }, { now, day })?.tier ?? null;
  const before = holding.recorded?.tier ?? null;
  if ((tier?.code ?? null) === before) return null;
  const rankBefore = tiers.find(({ code }) => code === before)?.rank ?? -Infinity;
  return {
    memberId,
    follows: holding.recorded?.id ?? null,
    tier: tier?.code ?? null,
    cause: tier && tier.rank > rankBefore ? 'rose' : 'fell',
    occurredAt: now.toISOString(),
  };
}
