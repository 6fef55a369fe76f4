import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres';
import { findPostmaster } from './postmaster';
import { StartupError } from './startup-error';

/** The database in use, and how to let go of it. */
export interface LaunchDatabase {
  url: string;
  close(): Promise<void>;
}

export const DATABASE_NAME = 'tessera';

/** One launcher per embedded server: the second would stop it under the first. Freed when its holder dies. */
const LAUNCHER_LOCK = 7_357_000;

async function createDatabase(postgres: EmbeddedPostgres): Promise<void> {
  const client = new Client({ connectionString: postgres.url('postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE_NAME]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE_NAME}`);
  } finally {
    await client.end();
  }
}

/** Takes the lock on a connection that stays open. A launcher that was just killed may need a moment to be missed. */
async function tryLauncherLock(url: string): Promise<Client | undefined> {
  const client = new Client({ connectionString: url, keepAlive: true });
  client.on('error', () => undefined);
  await client.connect();
  for (let attempt = 1; attempt <= 10; attempt++) {
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [LAUNCHER_LOCK]);
    if (rows[0]?.held) return client;
    await sleep(200);
  }
  await client.end();
  return undefined;
}

async function holdLauncherLock(url: string, directory: string): Promise<Client> {
  const client = await tryLauncherLock(url);
  if (client) return client;
  throw new StartupError(
    `Tessera already runs on ${directory}: stop it first, or set TESSERA_DATA_DIR to another folder`,
  );
}

/** Brings up the embedded server below `dataDirectory` with an empty or existing database, for this process alone. */
export async function openEmbeddedDatabase(dataDirectory: string): Promise<LaunchDatabase> {
  const postgres = await startEmbeddedPostgres(join(dataDirectory, 'postgres'));
  await createDatabase(postgres);
  const url = postgres.url(DATABASE_NAME);
  const lock = await holdLauncherLock(url, dataDirectory);
  return {
    url,
    async close() {
      await lock.end().catch(() => undefined);
      await postgres.stop();
    },
  };
}

/**
 * The same database for a command that may run beside the server: a server that is up is used and left running, one
 * that is not is started for this process alone and stopped at the end.
 */
export async function joinEmbeddedDatabase(dataDirectory: string): Promise<LaunchDatabase> {
  const directory = join(dataDirectory, 'postgres');
  const isUp = findPostmaster(join(directory, 'cluster')) !== null;
  if (!isUp) return openEmbeddedDatabase(dataDirectory);
  const postgres = await startEmbeddedPostgres(directory);
  await createDatabase(postgres);
  const url = postgres.url(DATABASE_NAME);
  const lock = await tryLauncherLock(url);
  return {
    url,
    async close() {
      if (!lock) return;
      await lock.end().catch(() => undefined);
      await postgres.stop();
    },
  };
}
