import type { Core } from '@strapi/strapi';
import type { ClientBase, ClientConfig } from 'pg';
import type { Kernel } from '../public';
import { openDatabase, sqlOn } from '../store/database';
import { migrate, type MigrationSource } from '../store/migrate';
import { createJobs, type JobSettings, type JobsService } from './jobs/jobs';

export interface KernelService extends Kernel {
  readonly jobs: JobsService;
  migrate(): Promise<string[]>;
}

/** Same server as Strapi's own connection, other pool: see docs/adr/0001. */
function connectionConfig(strapi: Core.Strapi): ClientConfig & { max?: number } {
  const connection = strapi.config.get('database.connection.connection') as ClientConfig;
  return { ...connection, max: strapi.config.get('plugin::kernel.poolSize', 10) as number };
}

function documentTransaction(strapi: Core.Strapi): Kernel['documentTransaction'] {
  return async (run) => {
    const result = strapi.db.transaction(async ({ trx }) =>
      run(sqlOn((await trx.client.acquireConnection()) as ClientBase)),
    );
    return (await result) as Awaited<ReturnType<typeof run>>;
  };
}

export function createKernelService({ strapi }: { strapi: Core.Strapi }): KernelService {
  const database = openDatabase(connectionConfig(strapi));
  const clock = { now: () => new Date() };
  const sources: MigrationSource[] = [];
  return {
    database,
    clock,
    jobs: createJobs({
      database,
      clock,
      connection: strapi.config.get('database.connection.connection') as ClientConfig,
      settings: strapi.config.get('plugin::kernel.jobs') as JobSettings,
      log: strapi.log,
    }),
    documentTransaction: documentTransaction(strapi),
    addMigrations: (source) => void sources.push(source),
    async migrate() {
      const client = await database.connect();
      try {
        return await migrate(client, sources);
      } finally {
        await client.end();
      }
    },
  };
}
