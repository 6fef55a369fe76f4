import type { Core } from '@strapi/strapi';
import type { Sql } from '@tessera/kernel/public';
import type { MemberBalance } from './contracts';
import type { Tier } from './domain/tiers/tier';

export type { MemberBalance } from './contracts';

/** Two members that become one, or are two again. Both are locked (`tessera.hold_members` waits). */
export interface MergeOfHoldings {
  mergeId: string;
  keptId: string;
  duplicateId: string;
  /** Of a journal that says what moved, without its postings: give it an id of its own. */
  journal: {
    kind: string;
    storeId: string;
    businessDay: string;
    occurredAt: string;
    staffId: string;
    subjectType: string;
    subjectId: string;
  };
  now: Date;
}

/**
 * What one plugin keeps of members. All of it moves in the transaction of a merge, each plugin's part by its own store; what is only
 * looked up by member need not move: `tessera.member_family(member)` says under which numbers.
 */
export interface MemberHoldings {
  code: string;
  /** Parts lock in the order of their places, which is that of a sale: cards 10, accounts 20, what comes after them 30. */
  place: number;
  /** What a member has at an instant; without what is 0. */
  balances(sql: Sql, memberId: string, now: Date): Promise<MemberBalance[]>;
  move?(sql: Sql, merge: MergeOfHoldings): Promise<void>;
  /** What the duplicate brought goes back as far as it is left. Moved and moved back, everything is as before. */
  moveBack?(sql: Sql, undo: MergeOfHoldings): Promise<void>;
  /** Wipes what names the person: he asked to be forgotten. Money history stays. `memberIds`: all numbers of the person. */
  forget?(sql: Sql, person: { memberIds: readonly string[] }): Promise<void>;
}

/** What other plugins may use of members. */
export interface Members {
  /** Next free member number, e.g. `M000123`. */
  nextMemberNo(): Promise<string>;
  /**
   * The tiers, lowest first, from the cache of that version (`TierHolding.version`). Facts and moves go with the caller's own
   * statements: `tessera.tier_facts(member, today)` in its load, `tessera.count_visits(jsonb)` after it wrote the transactions.
   */
  tierBook(version: number): Promise<readonly Tier[]>;
  /** Call in `register()`. Whoever gives members something calls `tessera.hold_members(text[])` in its statement besides. */
  addHoldings(holdings: MemberHoldings): void;
}

export function members(strapi: Core.Strapi): Members {
  return strapi.plugin('members').service('members') as Members;
}
