import type { Database } from '@tessera/kernel/public';
import { countStatement, pageStatement, type Bound, type ListRequest } from './list-statement';
import { toRow, type LoadedRow, type RawRow } from './row-store';
import type { Source } from './source';

/** All rows of a list as they were at one moment, whatever is written while they are read. */
export interface Snapshot {
  total: number;
  /** Stores that the rows are tied to; null = some are tied to none. */
  storeIds(): Promise<(string | null)[]>;
  /** In pages; memory does not grow with the rows. Once. */
  rows(): AsyncGenerator<LoadedRow[]>;
  /** Gives the connection back; more than once does no harm. */
  close(): Promise<void>;
}

const PAGE = 500;
/** Far more than a list will have, and a number that PostgreSQL takes. */
const ALL = 2_000_000_000;

/**
 * The list's own statement behind a cursor, on a connection of its own. The transaction is open as long as somebody reads:
 * it locks nothing and writes nothing.
 */
export async function takeSnapshot(database: Database, source: Source, request: ListRequest): Promise<Snapshot> {
  const client = await database.connect();
  // A connection that is lost while nobody asks is told to the next who does.
  client.on('error', () => undefined);
  const ask = async <Row>({ text, values }: Pick<Bound, 'text' | 'values'>) =>
    (await client.query({ text, values })).rows as Row[];
  let isOpen = true;
  async function close(): Promise<void> {
    if (!isOpen) return;
    isOpen = false;
    await client.end();
  }
  try {
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const [counted] = await ask<{ total: number }>(countStatement(source, request, ALL));
    const all = pageStatement(source, request, { offset: 0, limit: ALL });
    return {
      total: counted?.total ?? 0,
      async storeIds() {
        const ties = pageStatement(source, { ...request, fields: new Set() }, { offset: 0, limit: ALL });
        const text = `SELECT DISTINCT s.id FROM (${ties.text}) r LEFT JOIN LATERAL unnest(r._stores) AS s (id) ON true`;
        return (await ask<{ id: string | null }>({ text, values: ties.values })).map(({ id }) => id);
      },
      async *rows() {
        await ask({ text: `DECLARE everything NO SCROLL CURSOR FOR ${all.text}`, values: all.values });
        for (;;) {
          const rows = await ask<RawRow>({ text: `FETCH ${PAGE} FROM everything`, values: [] });
          if (rows.length === 0) return;
          yield rows.map(toRow);
        }
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
