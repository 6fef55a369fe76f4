import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { BenchDatabase } from './environment';

const run = promisify(execFile);
const SCALE = 10;

/** TPC-B of `pgbench` on the same server, 8 clients. @returns transactions per second; null = pgbench is not installed */
export async function measurePgbench(database: BenchDatabase, seconds: number): Promise<number | null> {
  try {
    await run('pgbench', ['--version']);
  } catch {
    return null;
  }
  await database.run('CREATE DATABASE pgbench');
  const url = database.url('pgbench');
  await run('pgbench', ['--initialize', '--quiet', `--scale=${SCALE}`, url]);
  const { stdout } = await run('pgbench', ['--client=8', '--jobs=2', `--time=${seconds}`, '--no-vacuum', url]);
  const tps = /tps = ([\d.]+)/.exec(stdout)?.[1];
  await database.run('DROP DATABASE pgbench');
  return tps === undefined ? null : Number(tps);
}
