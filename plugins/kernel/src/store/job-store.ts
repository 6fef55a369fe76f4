import type { JobRun } from '../domain/job';
import type { Database, Sql } from './database';

const RUN = `r.id, r.started_at AS "startedAt", r.ended_at AS "endedAt", r.outcome, r.result, r.error, r.asked_by AS "askedBy"`;

/** Runs of a job that are kept. */
const KEPT = 100;

/** Remembers which jobs there are. */
export async function rememberJobs(sql: Sql, codes: readonly string[], now: Date): Promise<void> {
  await sql.query(
    'INSERT INTO tessera.job (code, known_since) SELECT unnest($1::text[]), $2 ON CONFLICT (code) DO NOTHING',
    [codes, now],
  );
}

/** When each job last began, or became known when it never has. */
export async function readLastStarts(sql: Sql): Promise<Map<string, string>> {
  const rows = await sql.query<{ code: string; at: string }>(
    `SELECT j.code, coalesce((SELECT max(r.started_at) FROM tessera.job_run r WHERE r.code = j.code), j.known_since) AS at
    FROM tessera.job j`,
  );
  return new Map(rows.map(({ code, at }) => [code, at]));
}

/** The last runs of every job, newest first. */
export async function readRuns(sql: Sql, perJob: number): Promise<Map<string, JobRun[]>> {
  const rows = await sql.query<JobRun & { code: string }>(
    `SELECT j.code, ${RUN} FROM tessera.job j CROSS JOIN LATERAL
      (SELECT * FROM tessera.job_run k WHERE k.code = j.code ORDER BY k.id DESC LIMIT $1) r ORDER BY r.id DESC`,
    [perJob],
  );
  const runs = new Map<string, JobRun[]>();
  for (const { code, ...run } of rows) runs.set(code, [...(runs.get(code) ?? []), run]);
  return runs;
}

/** Begins a run; whoever calls holds the job alone, so a run without an end was broken off. Old runs are forgotten. */
export async function beginRun(sql: Sql, run: { code: string; now: Date; askedBy: string | null }): Promise<number> {
  const { code, now, askedBy } = run;
  await sql.query(
    `UPDATE tessera.job_run SET ended_at = greatest($2, started_at), outcome = 'broken-off' WHERE code = $1 AND outcome IS NULL`,
    [code, now],
  );
  await sql.query(
    `DELETE FROM tessera.job_run WHERE code = $1 AND id <=
      (SELECT id FROM tessera.job_run WHERE code = $1 ORDER BY id DESC OFFSET ${KEPT} LIMIT 1)`,
    [code],
  );
  const rows = await sql.query<{ id: number }>(
    'INSERT INTO tessera.job_run (code, started_at, asked_by) VALUES ($1, $2, $3) RETURNING id',
    [code, now, askedBy],
  );
  return rows[0]?.id ?? 0;
}

export async function endRun(
  sql: Sql,
  id: number,
  end: { at: Date } & ({ result: Record<string, number> } | { error: string }),
): Promise<void> {
  await sql.query(
    `UPDATE tessera.job_run SET ended_at = greatest($2, started_at), outcome = $3, result = $4, error = $5 WHERE id = $1`,
    'error' in end ? [id, end.at, 'failed', null, end.error] : [id, end.at, 'done', JSON.stringify(end.result), null],
  );
}

/** A lock of the session lasts as long as the connection, and a killed process drops it. */
async function onOwnConnection<Result>(
  database: Database,
  work: (client: Awaited<ReturnType<Database['connect']>>) => Promise<Result>,
): Promise<Result> {
  const client = await database.connect();
  // A cut connection must not end the process; the lock is gone then, and what is done under it bears being done twice.
  client.on('error', () => undefined);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Does it while no other node does the same. @returns null when one does */
export function aloneInTheJob<Result>(
  database: Database,
  code: string,
  work: () => Promise<Result>,
): Promise<Result | null> {
  return onOwnConnection(database, async (client) => {
    const { rows } = await client.query<{ mine: boolean }>(
      `SELECT pg_try_advisory_lock(hashtextextended('tessera.job ' || $1, 0)) AS mine`,
      [code],
    );
    return rows[0]?.mine ? await work() : null;
  });
}

/** Does it after every other node has: of two that make the tables of one queue at once PostgreSQL ends one with a deadlock. */
export function oneNodeAfterTheOther<Result>(database: Database, work: () => Promise<Result>): Promise<Result> {
  return onOwnConnection(database, async (client) => {
    await client.query(`SELECT pg_advisory_lock(hashtextextended('tessera.jobs', 0))`);
    return work();
  });
}
