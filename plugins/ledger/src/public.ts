import type { Core } from '@strapi/strapi';
import type { Sql } from '@tessera/kernel/public';

/** One movement of one account, in whole units (minor units for money). The sum per journal and unit is 0. */
export interface Posting {
  /** Kind and id of the owner, e.g. `till` + documentId, `member` + documentId, `store` + documentId. */
  ownerType: string;
  ownerId: string;
  /** What the account counts for that owner: `cash`, `card`, `revenue`, `tax`, `points` … */
  account: string;
  /** `CNY`, `points`, `<sku>` … */
  unit: string;
  amount: number;
}

export interface Journal {
  /** UUIDv7 made by the caller. */
  id: string;
  kind: string;
  storeId: string;
  businessDay: string;
  occurredAt: string;
  staffId: string | null;
  /** The record that explains it, e.g. `transaction` + id. */
  subjectType: string;
  subjectId: string;
  /** Journal that this one takes back. */
  reverses?: string | null;
  postings: Posting[];
}

/**
 * What other plugins may use of the ledger. SQL functions call `tessera.post_journals(jsonb)` with an array of `Journal`
 * in the same statement as their own writes; code may call `post` in its own transaction.
 */
export interface Ledger {
  post(sql: Sql, journals: readonly Journal[]): Promise<void>;
  balance(sql: Sql, owner: { ownerType: string; ownerId: string; account: string; unit: string }): Promise<number>;
}

export function ledger(strapi: Core.Strapi): Ledger {
  return strapi.plugin('ledger').service('ledger') as Ledger;
}
