import type { Sql } from '@tessera/kernel/public';
import type { Tier } from '../../domain';
import { readTiers } from '../../store/tier-store';

export type TierBook = (version: number) => Promise<readonly Tier[]>;

/**
 * The tiers, cached in the process under the version that the caller has read (ADR 2): they are loaded after it, so they are
 * never older than the version they are kept under.
 */
export function createTierBook(sql: Sql): TierBook {
  let kept: { version: number; tiers: Promise<readonly Tier[]> } | undefined;
  return (version) => {
    if (kept?.version === version) return kept.tiers;
    const mine = { version, tiers: readTiers(sql) };
    kept = mine;
    // What failed once is asked again.
    mine.tiers.catch(() => {
      if (kept === mine) kept = undefined;
    });
    return mine.tiers;
  };
}
