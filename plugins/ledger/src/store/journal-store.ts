import type { Sql } from '@tessera/kernel/public';
import type { Journal } from '../public';

const POST = { name: 'ledger-post', text: 'SELECT tessera.post_journals($1::jsonb)' };

const BALANCE = {
  name: 'ledger-balance',
  text: `SELECT balance FROM tessera.account WHERE owner_id = $1 AND account = $2 AND unit = $3 AND owner_type = $4`,
};

export async function insertJournals(sql: Sql, journals: readonly Journal[]): Promise<void> {
  await sql.query(POST, [JSON.stringify(journals)]);
}

/** 0 for an account nobody has posted to yet. */
export async function readBalance(
  sql: Sql,
  owner: { ownerType: string; ownerId: string; account: string; unit: string },
): Promise<number> {
  const { ownerType, ownerId, account, unit } = owner;
  const rows = await sql.query<{ balance: number }>(BALANCE, [ownerId, account, unit, ownerType]);
  return rows[0]?.balance ?? 0;
}
