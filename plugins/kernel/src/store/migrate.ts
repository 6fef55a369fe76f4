import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { TesseraError } from '../domain/errors';

/** The SQL files of one plugin. `after` names the plugins whose tables they build on. */
export interface MigrationSource {
  plugin: string;
  directory: string;
  after: readonly string[];
}

interface Migration {
  plugin: string;
  name: string;
  text: string;
  checksum: string;
  /** Boolean expressions from `-- check before: …` and `-- check after: …` lines. */
  before: string[];
  after: string[];
}

/** Any number that every Tessera node agrees on. */
const LOCK_KEY = 7_357_001;

function migrationFailed(migration: string, reason: string): TesseraError {
  return new TesseraError('migration_failed', 500, `Migration ${migration}: ${reason}`);
}

/** Orders the sources so that each comes after what it builds on. @throws on a cycle or an unknown name. */
export function orderSources(sources: readonly MigrationSource[]): MigrationSource[] {
  const byName = new Map(sources.map((source) => [source.plugin, source]));
  const ordered: MigrationSource[] = [];
  const state = new Map<string, 'open' | 'done'>();
  function visit(name: string): void {
    const source = byName.get(name);
    if (!source) throw new Error(`migrations: unknown plugin "${name}"`);
    if (state.get(name) === 'done') return;
    if (state.get(name) === 'open') throw new Error(`migrations: "${name}" depends on itself`);
    state.set(name, 'open');
    source.after.forEach(visit);
    state.set(name, 'done');
    ordered.push(source);
  }
  [...byName.keys()].sort().forEach(visit);
  return ordered;
}

function checks(text: string, when: 'before' | 'after'): string[] {
  const pattern = new RegExp(`^-- check ${when}: (.+)$`, 'gm');
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}

async function readMigrations(source: MigrationSource): Promise<Migration[]> {
  const names = (await readdir(source.directory)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(source.directory, name), 'utf8');
      return {
        plugin: source.plugin,
        name,
        text,
        checksum: createHash('sha256').update(text).digest('hex'),
        before: checks(text, 'before'),
        after: checks(text, 'after'),
      };
    }),
  );
}

async function demand(client: Client, migration: Migration, when: 'before' | 'after'): Promise<void> {
  for (const expression of migration[when]) {
    const result = await client.query<{ ok: boolean | null }>(`SELECT (${expression}) AS ok`);
    if (result.rows[0]?.ok !== true) {
      throw migrationFailed(`${migration.plugin}/${migration.name}`, `check ${when} failed: ${expression}`);
    }
  }
}

async function apply(client: Client, migration: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await demand(client, migration, 'before');
    await client.query(migration.text);
    await demand(client, migration, 'after');
    await client.query('INSERT INTO tessera.migration (plugin, name, checksum) VALUES ($1, $2, $3)', [
      migration.plugin,
      migration.name,
      migration.checksum,
    ]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    if (error instanceof TesseraError) throw error;
    throw migrationFailed(`${migration.plugin}/${migration.name}`, (error as Error).message);
  }
}

/**
 * Brings the `tessera` schema up to date: every file once, in plugin order, one node at a time.
 * A file that changed after it was applied stops the start: history is not edited, a new file is added.
 * @returns the names that were applied now.
 */
export async function migrate(client: Client, sources: readonly MigrationSource[]): Promise<string[]> {
  await client.query('SELECT pg_advisory_lock($1)', [LOCK_KEY]);
  try {
    await client.query('CREATE SCHEMA IF NOT EXISTS tessera');
    await client.query(`CREATE TABLE IF NOT EXISTS tessera.migration (
      plugin text NOT NULL, name text NOT NULL, checksum text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (plugin, name))`);
    const known = await client.query<{ id: string; checksum: string }>(
      `SELECT plugin || '/' || name AS id, checksum FROM tessera.migration`,
    );
    const checksums = new Map(known.rows.map((row) => [row.id, row.checksum]));
    const applied: string[] = [];
    for (const source of orderSources(sources)) {
      for (const migration of await readMigrations(source)) {
        const id = `${migration.plugin}/${migration.name}`;
        const checksum = checksums.get(id);
        if (checksum === undefined) {
          await apply(client, migration);
          applied.push(id);
        } else if (checksum !== migration.checksum) {
          throw migrationFailed(id, 'the file changed after it was applied; restore it and add a new one');
        }
      }
    }
    return applied;
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [LOCK_KEY]);
  }
}
