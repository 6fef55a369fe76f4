import type { Database } from '@tessera/kernel/public';

/** Any number that every node agrees on; the migrations and the demo store have locks of their own. */
const LOCK_KEY = 7_357_010;

/**
 * Takes the lock that makes imports one at a time on the whole installation. It goes with its connection, so a killed
 * process leaves none behind.
 * @returns null when somebody else imports
 */
export async function takeImportLock(database: Database): Promise<{ release(): Promise<void> } | null> {
  const client = await database.connect();
  client.on('error', () => undefined);
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [LOCK_KEY]);
  if (rows[0]?.taken !== true) {
    await client.end();
    return null;
  }
  return { release: () => client.end() };
}
