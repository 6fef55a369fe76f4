import type { Core } from '@strapi/strapi';
import type { Database, Sql } from './store/database';
import type { MigrationSource } from './store/migrate';

export type { Database, Sql, Statement } from './store/database';
export type { MigrationSource } from './store/migrate';
export { bookedReply, keyOf, keyReused, requestHashOf } from './http/idempotency';
export { parse } from './http/parse';

export interface Clock {
  now(): Date;
}

/** What every other plugin may use of the kernel. */
export interface Kernel {
  readonly database: Database;
  readonly clock: Clock;
  /**
   * One transaction for documents and records: what runs inside it through `strapi.documents()` and through `sql` is
   * committed together or not at all. Inside another one it takes part in that.
   */
  documentTransaction<Result>(run: (sql: Sql) => Promise<Result>): Promise<Result>;
  /** Call in `register()`: the files run once, in plugin order, after Strapi's schema sync and before any bootstrap. */
  addMigrations(source: MigrationSource): void;
}

export function kernel(strapi: Core.Strapi): Kernel {
  return strapi.plugin('kernel').service('kernel') as Kernel;
}
