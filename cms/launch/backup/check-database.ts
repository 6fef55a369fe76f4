import { Client } from 'pg';
import { StartupError } from '../startup-error';

/** Append-only tables: what a backup holds of them lies between the counts before and after it was taken. */
const GROWING = ['tessera.journal', 'tessera.posting', 'tessera.transaction', 'tessera.audit'];

/** Rows of the append-only tables; absent where Tessera has not made the table yet. */
export type Counts = Record<string, number>;

export interface CheckedDatabase {
  tables: number;
  rows: number;
  journals: number;
}

async function withClient<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function countRows(client: Client, table: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(`SELECT count(*) AS count FROM ${table}`);
  return Number(rows[0]?.count);
}

async function tablesOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'tessera')`,
  );
  return rows.map(({ name }) => name);
}

export function countGrowing(url: string): Promise<Counts> {
  return withClient(url, async (client) => {
    const tables = (await tablesOf(client)).filter((table) => GROWING.includes(table));
    const counts: Counts = {};
    for (const table of tables) counts[table] = await countRows(client, table);
    return counts;
  });
}

/** Each returns the number of things that are wrong. */
const LEDGER_CHECKS = {
  'journals whose postings do not add up to nothing': `SELECT count(*) AS count FROM (
    SELECT 1 FROM tessera.posting p JOIN tessera.account a ON a.id = p.account_id
    GROUP BY p.journal_id, a.unit HAVING sum(p.amount) <> 0) wrong`,
  'accounts whose balance is not the sum of their postings': `SELECT count(*) AS count FROM tessera.account a
    WHERE a.balance <> (SELECT coalesce(sum(p.amount), 0) FROM tessera.posting p WHERE p.account_id = a.id)`,
};

async function checkLedger(client: Client): Promise<void> {
  for (const [what, text] of Object.entries(LEDGER_CHECKS)) {
    const { rows } = await client.query<{ count: string }>(text);
    if (Number(rows[0]?.count) > 0) throw new StartupError(`The backup is not sound: ${rows[0]?.count} ${what}`);
  }
}

/** PostgreSQL's own proof that every index agrees with itself. */
async function checkIndexes(client: Client): Promise<void> {
  await client.query('CREATE EXTENSION IF NOT EXISTS amcheck');
  await client.query(`SELECT bt_index_check(c.oid) FROM pg_class c JOIN pg_am m ON m.oid = c.relam
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE m.amname = 'btree' AND c.relkind = 'i' AND n.nspname IN ('public', 'tessera')`);
}

/**
 * Reads all of a restored scratch database: every table (their pages carry checksums), every index, the ledger's sums, and that
 * the append-only tables hold no fewer rows than before the backup and no more than after it.
 * @throws StartupError that says what is wrong
 */
export function checkDatabase(url: string, before: Counts, after: Counts): Promise<CheckedDatabase> {
  return withClient(url, async (client) => {
    let rows = 0;
    const tables = await tablesOf(client);
    for (const table of tables) {
      const count = await countRows(client, table);
      rows += count;
      if (count >= (before[table] ?? 0) && count <= (after[table] ?? Infinity)) continue;
      throw new StartupError(
        `The backup is not sound: ${table} has ${count} rows, it had ${before[table]} before and ${after[table]} after`,
      );
    }
    await checkIndexes(client);
    const hasLedger = tables.includes('tessera.journal');
    if (hasLedger) await checkLedger(client);
    return { tables: tables.length, rows, journals: hasLedger ? await countRows(client, 'tessera.journal') : 0 };
  });
}
