import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { repository, type BenchDatabase } from './environment';

/** One line of the table; `isMet` is null where there is no goal. */
export interface Row {
  what: string;
  goal: string;
  measured: string;
  isMet: boolean | null;
  /** What is timed, and what is not. */
  meaning: string;
}

/** What the run happened on, so that a figure can be compared with another day's. */
export interface Circumstances {
  date: Date;
  seconds: number;
  seed: number;
  machine: string;
  /** Processes that wanted a core when the run began: much more than 0 = others were at work. */
  loadBefore: number;
  commit: string;
}

function commitOf(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], { cwd: repository, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown (no git)';
  }
}

export async function readCircumstances(
  database: BenchDatabase,
  seed: number,
): Promise<Omit<Circumstances, 'seconds'>> {
  const [server] = await database.run<{ version: string; fsync: string; commit: string }>(
    `SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync,
      current_setting('synchronous_commit') AS commit`,
  );
  const cores = cpus();
  const machine = [
    `${cores.length} cores (${cores[0]?.model.trim() ?? 'unknown'})`,
    `${Math.round(totalmem() / 2 ** 30)} GiB memory`,
    `Node ${process.versions.node}`,
    `PostgreSQL ${server?.version} (fsync ${server?.fsync}, synchronous_commit ${server?.commit})`,
  ].join(', ');
  return { date: new Date(), seed, machine, loadBefore: loadavg()[0] ?? Number.NaN, commit: commitOf() };
}

const verdict = (isMet: boolean | null): string => (isMet === null ? '–' : isMet ? 'yes' : '**no**');

/** The whole file, from one run. */
export function toMarkdown(rows: readonly Row[], run: Circumstances): string {
  const table = rows.map((row) => `| ${row.what} | ${row.goal} | ${row.measured} | ${verdict(row.isMet)} |`);
  return [
    '# What was measured',
    '',
    `Written by \`npm run bench\`: one run, ${run.date.toISOString().slice(0, 16).replace('T', ' ')} UTC, ` +
      `${Math.round(run.seconds)} s, seed ${run.seed}, commit ${run.commit}.`,
    '',
    `Machine: ${run.machine}. Load before the run: ${run.loadBefore.toFixed(1)}. The load generator and the database`,
    'share the cores with the server.',
    '',
    '| What | Goal | Measured | Met |',
    '|---|---|---|---|',
    ...table,
    '',
    '## What the rows mean',
    '',
    ...rows.map((row) => `- **${row.what}**: ${row.meaning}`),
    '',
  ].join('\n');
}

export function writeResults(rows: readonly Row[], run: Circumstances): void {
  writeFileSync(join(repository, 'bench/RESULTS.md'), toMarkdown(rows, run));
}
