import type { Sql } from '@tessera/kernel/public';

/** Failures of this key that still count. */
export async function readFailures(sql: Sql, key: string, since: Date): Promise<number> {
  const rows = await sql.query<{ failures: number }>(
    'SELECT failures FROM tessera.login_failure WHERE key = $1 AND since > $2',
    [key, since],
  );
  return rows[0]?.failures ?? 0;
}

/** Counts one more; a count from before `since` starts again. What is older goes with it. */
export async function addFailure(sql: Sql, key: string, now: Date, since: Date): Promise<void> {
  await sql.query('DELETE FROM tessera.login_failure WHERE since <= $1', [since]);
  await sql.query(
    `INSERT INTO tessera.login_failure (key, failures, since) VALUES ($1, 1, $2)
    ON CONFLICT (key) DO UPDATE SET failures = login_failure.failures + 1`,
    [key, now],
  );
}

export async function forgetFailures(sql: Sql, key: string): Promise<void> {
  await sql.query('DELETE FROM tessera.login_failure WHERE key = $1', [key]);
}
