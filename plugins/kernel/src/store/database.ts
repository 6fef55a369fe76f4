import pLimit from 'p-limit';
import { Client, Pool, type ClientBase, type ClientConfig, type CustomTypesConfig, types as pgTypes } from 'pg';

/** One SQL text; with a `name` it is prepared once per connection. */
export interface Statement {
  name?: string;
  text: string;
}

export interface Sql {
  /** Runs one statement. bigint arrives as number (throws outside the safe range), date as `YYYY-MM-DD`, timestamptz as ISO-8601 UTC. */
  query<Row>(statement: Statement | string, values?: readonly unknown[]): Promise<Row[]>;
}

export interface Database extends Sql {
  /** begin → run → commit; any throw rolls back. Waits while so many run that what one of them asks beside itself would find no connection. */
  transaction<Result>(run: (sql: Sql) => Promise<Result>): Promise<Result>;
  /** A connection of its own, for COPY and session locks. The caller ends it. */
  connect(): Promise<Client>;
  close(): Promise<void>;
}

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;
const JSON_TYPES = [114, 3802];

function toSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} is outside the safe integer range`);
  return value;
}

const typeParsers: CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text' | 'binary') => {
    if (format === 'text' || format === undefined) {
      if (oid === INT8) return toSafeInteger;
      // Strapi switches JSON parsing off for the whole process.
      if (JSON_TYPES.includes(oid)) return (text: string) => JSON.parse(text) as unknown;
      if (oid === DATE) return (text: string) => text;
      if (oid === TIMESTAMPTZ) return (text: string) => new Date(text).toISOString();
    }
    return pgTypes.getTypeParser(oid, format);
  }) as CustomTypesConfig['getTypeParser'],
};

/** How values arrive, for a library that opens connections of its own. */
export const connectionTypes = { types: typeParsers };

async function run<Row>(
  client: Pool | ClientBase,
  statement: (Statement & { types?: CustomTypesConfig }) | string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const result = await client.query({ ...asStatement(statement), values: [...values] });
  return result.rows as Row[];
}

/** Our way of asking, on a connection that somebody else opened and will end: it takes part in his transaction. */
export function sqlOn(client: ClientBase): Sql {
  return { query: (statement, values) => run(client, { types: typeParsers, ...asStatement(statement) }, values) };
}

function asStatement(statement: Statement | string): Statement {
  return typeof statement === 'string' ? { text: statement } : statement;
}

/** Transactions keep their connection while they ask for more (a rule book, a refusal on the trail): these are never theirs. */
const SPARE_CONNECTIONS = 2;

async function runTransaction<Result>(pool: Pool, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work({ query: (statement, values) => run(client, statement, values) });
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    const isUsable = await client.query('ROLLBACK').then(
      () => true,
      () => false,
    );
    client.release(!isUsable);
    throw error;
  }
}

/** Our own connections, beside Strapi's: plain statements, prepared by name, no query builder on the hot path. */
export function openDatabase(config: ClientConfig & { max?: number }): Database {
  const settings = { ...config, types: typeParsers };
  // A new connection plans every statement anew (tens of milliseconds for a sale): those we have are kept.
  const pool = new Pool({ max: 10, idleTimeoutMillis: 0, keepAlive: true, ...settings });
  const transactions = pLimit(Math.max(1, pool.options.max - SPARE_CONNECTIONS));
  // An idle connection may be cut by a server restart; the pool replaces it, the process must not die of it.
  pool.on('error', () => undefined);
  return {
    query: (statement, values) => run(pool, statement, values),
    transaction: (work) => transactions(() => runTransaction(pool, work)),
    async connect() {
      const client = new Client(settings);
      await client.connect();
      return client;
    },
    close: () => pool.end(),
  };
}
