import { join } from 'node:path';
import { announce } from './announce';
import { demandUsableDatabase } from './database-check';
import { accountsFile, readDemoAccounts } from './demo/demo-accounts';
import type { DemoOptions } from './demo/seed-demo';
import { openEmbeddedDatabase, type LaunchDatabase } from './embedded-database';
import { demandFreePort } from './free-port';
import { reportFailure } from './report-failure';
import { ensureSecrets } from './secrets';
import { readSettings, type LaunchSettings } from './settings';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What is up, to be ended in the opposite order. */
interface Running {
  database?: LaunchDatabase;
  stopServing?(): Promise<void>;
  isStopping: boolean;
}

function prepareEnvironment({ envFile }: LaunchSettings): void {
  const made = ensureSecrets(envFile);
  if (made.length > 0) console.log(`• Made the secrets of this installation: ${envFile}`);
  process.env.NODE_ENV = 'production';
  process.env.LOG_LEVEL ??= 'warn';
  process.env.STRAPI_TELEMETRY_DISABLED ??= 'true';
}

async function openDatabase({ databaseUrl, dataDirectory }: LaunchSettings): Promise<LaunchDatabase> {
  if (!databaseUrl) return openEmbeddedDatabase(dataDirectory);
  await demandUsableDatabase(databaseUrl);
  return { url: databaseUrl, close: async () => undefined };
}

function demoOptions({ root, dataDirectory }: LaunchSettings): DemoOptions {
  return {
    directory: join(root, 'config', 'demo'),
    accountsFile: accountsFile(dataDirectory),
    onProgress: (line) => console.log(`• ${line}`),
  };
}

/** One step after the other; asked to stop in between, it takes no further one. */
async function start(running: Running): Promise<void> {
  prepareEnvironment(readSettings(process.env));
  // Again: the .env file may set what the shell did not.
  const settings = readSettings(process.env);
  await demandFreePort(settings.host, settings.port);
  running.database = await openDatabase(settings);
  if (running.isStopping) return;
  process.env.DATABASE_URL = running.database.url;
  // Only now: Strapi takes a second to load and reads NODE_ENV while it does.
  const { listen, loadStrapi, stopServing } = await import('./serve.js');
  const strapi = await loadStrapi(settings);
  running.stopServing = () => stopServing(strapi);
  if (settings.isDemoWanted) {
    const { seedDemo } = await import('./demo/seed-demo.js');
    await seedDemo(strapi, demoOptions(settings));
  }
  if (running.isStopping) return;
  const port = await listen(strapi, settings);
  announce(settings, port, {
    accounts: readDemoAccounts(accountsFile(settings.dataDirectory)),
    hasOwner: (await strapi.db.query('admin::user').count()) > 0,
  });
}

async function end(running: Running): Promise<void> {
  try {
    await running.stopServing?.();
  } finally {
    // Strapi takes every listener off the process; a second Ctrl-C must not cut PostgreSQL's stop short.
    for (const signal of SIGNALS) process.on(signal, () => undefined);
    await running.database?.close();
  }
}

/** `npm start`: database, Strapi, demo store, panel. Ends with 0 when it was asked to stop, with 1 when it cannot run. */
export async function main(): Promise<void> {
  const running: Running = { isStopping: false };
  let stopping: Promise<never> | undefined;
  async function stop(exitCode: number): Promise<never> {
    running.isStopping = true;
    try {
      await started;
    } catch (error) {
      reportFailure(error);
      exitCode = 1;
    }
    try {
      await end(running);
    } catch (error) {
      reportFailure(error);
      exitCode = 1;
    }
    process.exit(exitCode);
  }
  const stopOnce = (exitCode: number) => (stopping ??= stop(exitCode));
  for (const signal of SIGNALS) process.on(signal, () => void stopOnce(0));
  process.on('uncaughtException', (error) => {
    reportFailure(error);
    void stopOnce(1);
  });
  const started = start(running);
  await started.catch(() => stopOnce(1));
}
