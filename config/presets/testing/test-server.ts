import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../../cms/launch/embedded-postgres';

/** The PostgreSQL of one test run. */
export interface TestServer {
  /** Connection string of a database on it. */
  url(database: string): string;
  /** Begins the name of every database of this run. */
  prefix: string;
  stop(): Promise<void>;
}

/** Nothing here has to survive a power cut. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };

function withDatabase(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.toString();
}

/** Runs one statement on its own connection. */
export async function runSql<Row>(url: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as Row[];
  } finally {
    await client.end();
  }
}

async function dropDatabases(url: string, prefix: string): Promise<void> {
  const rows = await runSql<{ datname: string }>(
    url,
    `SELECT datname FROM pg_database WHERE datname LIKE '${prefix}%'`,
  );
  for (const { datname } of rows) await runSql(url, `DROP DATABASE IF EXISTS "${datname}" WITH (FORCE)`);
}

/** A server of our own, thrown away afterwards, or the one that TESSERA_TEST_DATABASE_URL names. */
export async function startTestServer(): Promise<TestServer> {
  const prefix = `tessera_test_${randomBytes(4).toString('hex')}`;
  const given = process.env.TESSERA_TEST_DATABASE_URL;
  if (given) {
    return { prefix, url: (database) => withDatabase(given, database), stop: () => dropDatabases(given, prefix) };
  }
  const home = join(mkdtempSync(join(tmpdir(), 'tessera-test-')), 'postgres');
  const server = await startEmbeddedPostgres(home, FAST);
  return {
    prefix,
    url: server.url,
    async stop() {
      await server.stop();
      rmSync(dirname(home), { recursive: true, force: true });
    },
  };
}
