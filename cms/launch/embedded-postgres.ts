import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { findPostmaster } from './postmaster';
import { openServerFiles, type ServerFiles } from './server-files';
import { StartupError } from './startup-error';

export interface EmbeddedPostgres {
  /** Connection string of one database on the server. */
  url(database: string): string;
  /** Ends all connections and waits until everything is on disk. */
  stop(): Promise<void>;
}

const USER = 'tessera';
const START_TRIES = 5;

/** Loopback only, and the password is asked for even there. */
const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '120',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  lc_messages: 'C',
};
const HOST_RULES = ['all', 'replication'].map((database) => `host ${database} ${USER} 127.0.0.1/32 scram-sha-256\n`);

/** Variables of the caller's shell (PGDATA, LC_ALL …) must not redirect the server's programs. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name)));
}

async function run(files: ServerFiles, program: string, args: string[]): Promise<void> {
  await promisify(execFile)(program, args, { ...files.user, env: cleanEnvironment() });
}

function writeServerFile(files: ServerFiles, name: string, text: string): void {
  const path = join(files.cluster, name);
  writeFileSync(path, text, { mode: 0o600 });
  if (files.user.uid !== undefined && files.user.gid !== undefined) chownSync(path, files.user.uid, files.user.gid);
}

/** Made beside its place and moved there at the end: a start that dies half-way leaves nothing that looks finished. */
async function initialise(files: ServerFiles): Promise<void> {
  const unfinished = `${files.cluster}.new`;
  const common = [
    `--pgdata=${unfinished}`,
    `--username=${USER}`,
    '--auth=trust',
    '--encoding=UTF8',
    '--no-instructions',
  ];
  // Sorting must not depend on the machine; the character classes must know more than ASCII, or pg_trgm skips 汉字.
  const builtin = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--lc-collate=C'];
  let failure: unknown;
  for (const ctype of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
    rmSync(unfinished, { recursive: true, force: true });
    try {
      await run(files, files.binaries.initdb, [...common, ...builtin, `--lc-ctype=${ctype}`]);
      renameSync(unfinished, files.cluster);
      return;
    } catch (error) {
      failure = error;
    }
  }
  throw new StartupError(`PostgreSQL could not create its files in ${files.home}: ${(failure as Error).message}`);
}

/** Single-user mode needs no password: used at the first start and when the password's file is gone. */
function setPassword(files: ServerFiles, password: string): Promise<void> {
  return new Promise((done, failed) => {
    const server = spawn(files.binaries.postgres, ['--single', '-D', files.cluster, 'postgres'], {
      ...files.user,
      env: cleanEnvironment(),
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    let complaints = '';
    server.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    server.on('error', failed);
    server.on('close', (code) => {
      if (code === 0 && !/ERROR|FATAL/.test(complaints)) done();
      else failed(new StartupError(`PostgreSQL could not set its password: ${complaints.trim()}`));
    });
    server.stdin.end(`ALTER ROLE ${USER} PASSWORD '${password}'\n`);
  });
}

async function ensurePassword(files: ServerFiles): Promise<string> {
  if (existsSync(files.password)) return readFileSync(files.password, 'utf8').trim();
  if (findPostmaster(files.cluster)) await stop(files);
  const password = randomBytes(24).toString('hex');
  await setPassword(files, password);
  writeFileSync(files.password, `${password}\n`, { mode: 0o600 });
  return password;
}

/** A port that is free now. Another program may take it first; then the start is tried again. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => probe.once('listening', listening));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}

function urlOf(port: number, password: string, database: string): string {
  return `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

async function stop(files: ServerFiles): Promise<void> {
  await run(files, files.binaries.pgCtl, ['stop', '-D', files.cluster, '-m', 'fast', '-w', '-t', '60', '-s']);
}

async function start(files: ServerFiles, settings: Record<string, string>): Promise<number> {
  const port = await freePort();
  const lines = Object.entries({ ...SETTINGS, ...settings, port: String(port) });
  writeServerFile(files, 'pg_hba.conf', HOST_RULES.join(''));
  writeServerFile(files, 'postgresql.conf', lines.map(([name, value]) => `${name} = '${value}'\n`).join(''));
  await run(files, files.binaries.pgCtl, ['start', '-D', files.cluster, '-l', files.log, '-w', '-t', '60', '-s']);
  return port;
}

function lastComplaint(files: ServerFiles): string {
  const lines = existsSync(files.log) ? readFileSync(files.log, 'utf8').trimEnd().split('\n') : [];
  return lines.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? 'no reason given';
}

/** A server that outlived its launcher (kill -9) is taken over; one that does not answer is stopped and started anew. */
async function ensureRunning(files: ServerFiles, password: string, settings: Record<string, string>): Promise<number> {
  for (let attempt = 1; attempt <= START_TRIES; attempt++) {
    const running = findPostmaster(files.cluster);
    if (running && (await answers(urlOf(running.port, password, 'postgres')))) return running.port;
    try {
      if (running) await stop(files);
      return await start(files, settings);
    } catch {
      await sleep(attempt * 500);
    }
  }
  throw new StartupError(`PostgreSQL did not start; ${files.log} says: ${lastComplaint(files)}`);
}

/**
 * Brings up the PostgreSQL that came with npm, its files below `directory` (made at the first start).
 * `settings` go over ours, as in postgresql.conf.
 * @throws StartupError with what to do
 */
export async function startEmbeddedPostgres(
  directory: string,
  settings: Record<string, string> = {},
): Promise<EmbeddedPostgres> {
  const files = openServerFiles(directory);
  if (!existsSync(files.cluster)) await initialise(files);
  const password = await ensurePassword(files);
  const port = await ensureRunning(files, password, settings);
  return { url: (database) => urlOf(port, password, database), stop: () => stop(files) };
}
