import type { Core } from '@strapi/strapi';
import type { JobView } from './domain/job';
import type { Database, Sql } from './store/database';
import type { MigrationSource } from './store/migrate';

export type { Database, Sql, Statement } from './store/database';
export type { MigrationSource } from './store/migrate';
export { bookedReply, keyOf, keyReused, requestHashOf } from './http/idempotency';
export { parse } from './http/parse';

export interface Clock {
  now(): Date;
}

/** Work that is done at certain times, on one node at a time. It must bear running late, and twice. */
export interface JobDefinition {
  /** kebab-case; also the name of its queue. */
  code: string;
  label: { zh: string; en: string };
  /** Names of the figures that `run` returns. */
  figures: Record<string, { zh: string; en: string }>;
  /** When it runs unless the configuration says otherwise; in the time zone that the configuration names. */
  cron: string;
  /** So often a run that failed is tried again; 2 unless told otherwise. */
  retries?: number;
  /** `now`: what it is done as of. @throws what went wrong, in a sentence that people will read */
  run(run: { now: Date }): Promise<Record<string, number>>;
}

export interface Jobs {
  /** Call in `register()`. */
  register(job: JobDefinition): void;
  /** Takes work a little later; called by what serves requests. Without it jobs run only when somebody asks for one. */
  start(): void;
  list(): Promise<JobView[]>;
  /** Runs a job as soon as a node is free. @returns false when it is waiting already. @throws not_found (404) */
  request(code: string, askedBy: string): Promise<boolean>;
}

/** What every other plugin may use of the kernel. */
export interface Kernel {
  readonly database: Database;
  readonly clock: Clock;
  readonly jobs: Jobs;
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
