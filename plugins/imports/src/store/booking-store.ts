import type { Sql, Statement } from '@tessera/kernel/public';

const FIND: Statement = {
  name: 'imports-find-booked',
  text: `SELECT source_ref AS ref, payable FROM tessera.transaction WHERE source = $1 AND source_ref = ANY($2)`,
};

/** What stands in the books for these invoices: reference → amount in minor units, negative for refunds. */
export async function findBooked(sql: Sql, source: string, refs: readonly string[]): Promise<Map<string, number>> {
  if (refs.length === 0) return new Map();
  const rows = await sql.query<{ ref: string; payable: number }>(FIND, [source, refs]);
  return new Map(rows.map(({ ref, payable }) => [ref, payable]));
}

/** Books a batch: see `tessera.book_transactions` in the migrations of checkout for the shape of `request`. */
export async function bookTransactions(sql: Sql, request: object): Promise<void> {
  await sql.query({ name: 'imports-book', text: 'SELECT tessera.book_transactions($1) AS answer' }, [
    JSON.stringify(request),
  ]);
}

/** Time-ordered ids, made by the database so that all nodes use one generator. */
export async function makeIds(sql: Sql, count: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>('SELECT uuidv7() AS id FROM generate_series(1, $1)', [count]);
  return rows.map(({ id }) => id);
}
