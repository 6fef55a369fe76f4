import { parseArgs } from 'node:util';
import type { Run } from '@tessera/imports/contracts';
import { imports } from '@tessera/imports/public';
import { TesseraError } from '@tessera/kernel/domain';
import type { LaunchDatabase } from './embedded-database';
import { progressLine, reportLines } from './import-report';
import { joinDatabase } from './join-database';
import { reportFailure } from './report-failure';
import { ensureSecrets } from './secrets';
import { loadStrapi } from './serve';
import { readSettings, type LaunchSettings } from './settings';
import { StartupError } from './startup-error';

const USAGE = 'npm run import -- <file.csv[.gz]> --profile online-retail [--store CODE]';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

interface ImportArguments {
  path: string;
  profile: string;
  storeCode?: string;
}

function readArguments(args: string[]): ImportArguments {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { profile: { type: 'string' }, store: { type: 'string' } },
    });
    const [path, ...others] = positionals;
    if (!path || others.length > 0 || !values.profile) throw new Error('name one file and its profile');
    return { path, profile: values.profile, ...(values.store ? { storeCode: values.store } : {}) };
  } catch (error) {
    throw new StartupError(`${(error as Error).message}: ${USAGE}`);
  }
}

/** One line that rewrites itself on a terminal; elsewhere a line every ten seconds, for logs. */
function createProgressShow(): { show(run: Run): void; end(): void } {
  const { stdout } = process;
  let shownAt = 0;
  return {
    show(run) {
      if (!stdout.isTTY && Date.now() - shownAt < 10_000) return;
      shownAt = Date.now();
      stdout.write(stdout.isTTY ? `\r\u001b[2K${progressLine(run)}` : `${progressLine(run)}\n`);
    },
    end: () => void (stdout.isTTY && stdout.write('\r\u001b[2K')),
  };
}

async function importInto(settings: LaunchSettings, wanted: ImportArguments): Promise<Run> {
  const stopper = new AbortController();
  for (const signal of SIGNALS) process.on(signal, () => stopper.abort());
  const strapi = await loadStrapi(settings);
  const progress = createProgressShow();
  try {
    const { show: onProgress } = progress;
    return await imports(strapi).importFile({ ...wanted, actor: 'system', signal: stopper.signal, onProgress });
  } finally {
    progress.end();
    await strapi.destroy();
  }
}

/**
 * `npm run import`: imports one file and prints what became of every row. Works beside a running server and without one.
 * Ends with 0 when the file was imported whole and its sum is accounted for, with 1 otherwise.
 */
export async function main(args: string[]): Promise<void> {
  let database: LaunchDatabase | undefined;
  let exitCode = 1;
  try {
    const wanted = readArguments(args);
    ensureSecrets(readSettings(process.env).envFile);
    process.env.NODE_ENV ??= 'production';
    process.env.LOG_LEVEL ??= 'warn';
    const settings = readSettings(process.env);
    database = await joinDatabase(settings);
    process.env.DATABASE_URL = database.url;
    const run = await importInto(settings, wanted);
    process.stdout.write(`${reportLines(run).join('\n')}\n`);
    exitCode = run.status === 'done' && run.reconciliation?.isExact === true ? 0 : 1;
  } catch (error) {
    reportFailure(error instanceof TesseraError ? new StartupError(error.message) : error);
  }
  await database?.close();
  process.exit(exitCode);
}
