import type { Core } from '@strapi/strapi';
import type { ClientConfig } from 'pg';
import type { Kernel } from '../public';
import { openDatabase } from '../store/database';
import { migrate, type MigrationSource } from '../store/migrate';

export interface KernelService extends Kernel {
  migrate(): Promise<string[]>;
}

/** Same server as Strapi's own connection, other pool: see docs/adr/0001. */
function connectionConfig(strapi: Core.Strapi): ClientConfig & { max?: number } {
  const connection = strapi.config.get('database.connection.connection') as ClientConfig;
  return { ...connection, max: strapi.config.get('plugin::kernel.poolSize', 10) as number };
}

export function createKernelService({ strapi }: { strapi: Core.Strapi }): KernelService {
  const database = openDatabase(connectionConfig(strapi));
  const sources: MigrationSource[] = [];
  return {
    database,
    clock: { now: () => new Date() },
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
