import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientBase } from 'pg';

/** One SQL file of a plugin's `store/checks`: a query whose rows are what contradicts the sentence. */
export interface Check {
  /** `<plugin>/<file>` */
  name: string;
  /** What holds when the query finds nothing. */
  proves: string;
  sql: string;
}

export interface Finding {
  check: Check;
  /** All of them. */
  count: number;
  /** The first ones. */
  offenders: { offender: string; found: string }[];
}

const SHOWN = 10;

/** Every check of every plugin, below the clone's root. @throws on a file that does not say what it proves */
export function readChecks(root: string): Check[] {
  return readdirSync(join(root, 'plugins'))
    .sort()
    .flatMap((plugin) => {
      const directory = join(root, 'plugins', plugin, 'src/store/checks');
      if (!existsSync(directory)) return [];
      return readdirSync(directory)
        .filter((file) => file.endsWith('.sql'))
        .sort()
        .map((file) => {
          const sql = readFileSync(join(directory, file), 'utf8');
          const proves = /^-- Proves: (.+)$/m.exec(sql)?.[1];
          const name = `${plugin}/${file.replace(/\.sql$/, '')}`;
          if (!proves) throw new Error(`Check ${name} does not begin with "-- Proves: …"`);
          return { name, proves, sql };
        });
    });
}

/** Asks one after the other on the given connection. Rows are counted in the database, so a broken one does not fill the memory. */
export async function runChecks(client: ClientBase, checks: readonly Check[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks) {
    const { rows } = await client.query<{ count: string; offenders: Finding['offenders'] }>(
      `WITH found AS MATERIALIZED (${check.sql})
      SELECT (SELECT count(*) FROM found) AS count,
        coalesce((SELECT json_agg(f) FROM (SELECT offender, found FROM found LIMIT ${SHOWN}) f), '[]') AS offenders`,
    );
    findings.push({ check, count: Number(rows[0]?.count ?? 0), offenders: rows[0]?.offenders ?? [] });
  }
  return findings;
}

/** One snapshot for all checks, and nothing is written: sales go on meanwhile and do not make two checks disagree. */
export async function examine(client: ClientBase, checks: readonly Check[]): Promise<Finding[]> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    return await runChecks(client, checks);
  } finally {
    await client.query('ROLLBACK');
  }
}
