import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadCompiled, repository } from './environment';

type EmbeddedPostgresModule = typeof import('../../cms/launch/embedded-postgres');

const POLL_MS = 50;
/** As in the npm script: without a cap the heap grows because it may. */
const IMPORT_HEAP_MB = 384;

/** What one command of the launcher did, as a process of its own. */
interface Finished {
  code: number | null;
  seconds: number;
  output: string;
  /** Largest resident set of the process; null where the system does not say. */
  peakMegabytes: number | null;
}

function peakOf(pid: number | undefined): number | null {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1_024;
  } catch {
    return null;
  }
}

function launch(env: NodeJS.ProcessEnv, command: string[], nodeOptions: string[] = []) {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...nodeOptions, 'cms/launch/start.mjs', ...command], {
    cwd: repository,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  let peakMegabytes: number | null = null;
  const watch = setInterval(() => (peakMegabytes = peakOf(child.pid) ?? peakMegabytes), POLL_MS);
  const finished = new Promise<Finished>((done) =>
    child.once('close', (code) => {
      clearInterval(watch);
      done({ code, seconds: (performance.now() - startedAt) / 1_000, output, peakMegabytes });
    }),
  );
  return { child, startedAt, finished };
}

/** `npm start` until it answers, then Ctrl-C. @returns seconds from the command to the first answer */
async function startOnce(env: NodeJS.ProcessEnv): Promise<number> {
  const { child, startedAt, finished } = launch(env, ['start']);
  const isHealthy = () =>
    fetch(`http://127.0.0.1:${env.PORT}/_health`).then(
      ({ status }) => status === 204,
      () => false,
    );
  while (child.exitCode === null && !(await isHealthy())) await sleep(POLL_MS);
  const seconds = (performance.now() - startedAt) / 1_000;
  child.kill('SIGTERM');
  const { code, output } = await finished;
  if (code !== 0) throw new Error(`npm start ended with ${code}:\n${output}`);
  return seconds;
}

/** A fresh installation, its data and secrets thrown away afterwards; the build is that of the clone. */
async function withInstallation<Result>(use: (env: NodeJS.ProcessEnv) => Promise<Result>): Promise<Result> {
  const { freePort } = loadCompiled<EmbeddedPostgresModule>('cms/dist/launch/embedded-postgres.js');
  const directory = mkdtempSync(join(tmpdir(), 'tessera-bench-'));
  // Started by root, PostgreSQL runs as somebody else, who must be able to walk in.
  chmodSync(directory, 0o711);
  const { DATABASE_URL: _given, ...rest } = process.env;
  const place = { TESSERA_DATA_DIR: join(directory, 'data'), ENV_PATH: join(directory, '.env') };
  try {
    return await use({ ...rest, ...place, PORT: String(await freePort()) });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Seconds that the second `npm start` takes, when the first one has built and seeded everything. */
export function measureSecondStart(): Promise<number> {
  return withInstallation(async (env) => {
    await startOnce(env);
    return startOnce(env);
  });
}

export interface ImportFigures {
  file: string;
  seconds: number;
  peakMegabytes: number | null;
  /** The report's last lines: what is in the books, what was set aside, and the difference. */
  reconciliation: string;
  isExact: boolean;
}

/** `npm run import` of a whole file into an empty database. @returns null when there is no such file */
export async function measureImport(file: string): Promise<ImportFigures | null> {
  if (!existsSync(file)) return null;
  return withInstallation(async (env) => {
    const command = ['import', file, '--profile', 'online-retail'];
    const { finished } = launch(env, command, [`--max-old-space-size=${IMPORT_HEAP_MB}`]);
    const { code, seconds, output, peakMegabytes } = await finished;
    if (code !== 0) throw new Error(`npm run import ended with ${code}:\n${output}`);
    const [, report = ''] = output.split('Reconciliation\n');
    const amounts = [...report.matchAll(/(\w+ -?[\d,.]+)$/gm)].map((match) => match[1] ?? '');
    const [booked, setAside, fileTotal, difference] = amounts;
    const reconciliation = `${booked} booked + ${setAside} set aside = ${fileTotal}; difference ${difference}`;
    const isExact = report.includes('reconciles exactly');
    return { file: basename(file), seconds, peakMegabytes, reconciliation, isExact };
  });
}
