import type { Sql } from '@tessera/kernel/public';

const CLAIM = {
  name: 'checkout-claim-key',
  text: `INSERT INTO tessera.idempotency (key, request_hash, status, response) VALUES ($1, $2, $3, '{}')
    ON CONFLICT (key) DO NOTHING RETURNING key`,
};
const READ = {
  name: 'checkout-read-answer',
  text: 'SELECT request_hash AS "requestHash", response FROM tessera.idempotency WHERE key = $1',
};

/**
 * Takes the key for an act of this transaction; whoever has it at this moment is waited for. It comes before every other
 * lock, as in `tessera.book_transactions`.
 * @returns what the key was answered before, null when it is new
 */
export async function claimKey(
  sql: Sql,
  claim: { key: string; requestHash: string; status: number },
): Promise<{ requestHash: string; response: unknown } | null> {
  const claimed = await sql.query(CLAIM, [claim.key, claim.requestHash, claim.status]);
  if (claimed.length > 0) return null;
  const [answered] = await sql.query<{ requestHash: string; response: unknown }>(READ, [claim.key]);
  return answered ?? null;
}

export async function keepAnswer(sql: Sql, key: string, response: unknown): Promise<void> {
  await sql.query('UPDATE tessera.idempotency SET response = $2 WHERE key = $1', [key, JSON.stringify(response)]);
}

/** The act was refused: its key is as good as new. */
export async function releaseKey(sql: Sql, key: string): Promise<void> {
  await sql.query('DELETE FROM tessera.idempotency WHERE key = $1', [key]);
}
