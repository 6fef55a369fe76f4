import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fork, type ChildProcess } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

/** Compiled to `bench/dist`. */
export const repository = resolve(__dirname, '../..');

/** Compiled code of the house that no package exports: path from the repository's root. */
export const loadCompiled = <Module>(path: string): Module =>
  createRequire(__filename)(join(repository, path)) as Module;

type EmbeddedPostgresModule = typeof import('../../cms/launch/embedded-postgres');

export interface BenchDatabase {
  url(database: string): string;
  /** One statement on a connection of its own. */
  run<Row>(text: string, values?: unknown[]): Promise<Row[]>;
  /** The same without triggers and foreign keys: for a million rows that are right by construction. */
  fill(text: string, values?: unknown[]): Promise<void>;
  stop(): Promise<void>;
}

export const DATABASE = 'tessera_bench';

/** A server of its own with the settings of production: what is committed is on disk. Thrown away afterwards. */
export async function startDatabase(): Promise<BenchDatabase> {
  // The launcher's compiled code: the same server that `npm start` brings up.
  const { startEmbeddedPostgres } = loadCompiled<EmbeddedPostgresModule>('cms/dist/launch/embedded-postgres.js');
  const home = mkdtempSync(join(tmpdir(), 'tessera-bench-'));
  const server = await startEmbeddedPostgres(join(home, 'postgres'));
  async function run<Row>(text: string, values: unknown[] = [], database = DATABASE, options = ''): Promise<Row[]> {
    const client = new Client({ connectionString: server.url(database), options });
    await client.connect();
    try {
      return (await client.query(text, values)).rows as Row[];
    } finally {
      await client.end();
    }
  }
  await run(`CREATE DATABASE ${DATABASE}`, [], 'postgres');
  return {
    url: server.url,
    run: (text, values) => run(text, values),
    fill: async (text, values) => void (await run(text, values, DATABASE, '-c session_replication_role=replica')),
    async stop() {
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

export interface BenchServer {
  url: string;
  /** From the start of the process to the first answer. */
  startMs: number;
  stop(): Promise<void>;
}

const SECRETS = ['APP_KEYS', 'ADMIN_JWT_SECRET', 'API_TOKEN_SALT', 'TRANSFER_TOKEN_SALT'];
const secrets = Object.fromEntries(SECRETS.map((name) => [name, randomBytes(24).toString('base64url')]));

function serverEnvironment(databaseUrl: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...secrets,
    ENCRYPTION_KEY: 'k'.repeat(32),
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    LOGIN_ATTEMPTS_PER_MINUTE: '1000',
    LOG_LEVEL: 'error',
    STRAPI_TELEMETRY_DISABLED: 'true',
    ENV_PATH: join(repository, 'bench/no.env'),
  };
}

function firstMessage(child: ChildProcess): Promise<{ url: string }> {
  return new Promise((ready, failed) => {
    child.once('message', (message) => ready(message as { url: string }));
    child.once('exit', (code) => failed(new Error(`the server ended with ${code} before it was ready`)));
  });
}

/** Strapi with every plugin, in production mode, in a process of its own. */
export async function startServer(database: BenchDatabase): Promise<BenchServer> {
  const start = performance.now();
  const child = fork(join(__dirname, 'server-process.js'), {
    cwd: repository,
    env: serverEnvironment(database.url(DATABASE)),
  });
  const { url } = await firstMessage(child);
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  return {
    url,
    startMs: performance.now() - start,
    async stop() {
      child.kill('SIGTERM');
      await Promise.race([ended, sleep(10_000).then(() => child.kill('SIGKILL'))]);
    },
  };
}
