import type { Core } from '@strapi/strapi';
import type { Tier } from './domain/tiers/tier';

/** What other plugins may use of members. */
export interface Members {
  /** Next free member number, e.g. `M000123`. */
  nextMemberNo(): Promise<string>;
  /**
   * The tiers, lowest first, from the cache of that version (`TierHolding.version`). Facts and moves go with the caller's own
   * statements: `tessera.tier_facts(member, today)` in its load, `tessera.count_visits(jsonb)` after it wrote the transactions.
   */
  tierBook(version: number): Promise<readonly Tier[]>;
}

export function members(strapi: Core.Strapi): Members {
  return strapi.plugin('members').service('members') as Members;
}
