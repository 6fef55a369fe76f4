import type { Core } from '@strapi/strapi';
import type { Sql } from '@tessera/kernel/public';
import type { Journal } from './domain/journal';

export type { Journal, Posting } from './domain/journal';

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
