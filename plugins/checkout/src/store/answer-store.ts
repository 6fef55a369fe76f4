import type { Sql } from '@tessera/kernel/public';

const CLAIM = { name: 'checkout-claim-key', text: `SELECT tessera.claim_key($1, $2, '{}') AS answered` };

/**
 * Takes the key for an act of this transaction; whoever has it at this moment is waited for. It comes before every other
 * lock, as in `tessera.book_transactions`.
 * @returns what the key was answered before, null when it is new
 */
export async function claimKey(
  sql: Sql,
  claim: { key: string; requestHash: string },
): Promise<{ requestHash: string; response: unknown } | null> {
  const [row] = await sql.query<{ answered: { requestHash: string; response: unknown } | null }>(CLAIM, [
    claim.key,
    claim.requestHash,
  ]);
  return row?.answered ?? null;
}

export async function keepAnswer(sql: Sql, key: string, response: unknown): Promise<void> {
  await sql.query('UPDATE tessera.idempotency SET response = $2 WHERE key = $1', [key, JSON.stringify(response)]);
}

/** The act was refused: its key is as good as new. */
export async function releaseKey(sql: Sql, key: string): Promise<void> {
  await sql.query('DELETE FROM tessera.idempotency WHERE key = $1', [key]);
}
