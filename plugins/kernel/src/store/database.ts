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
  /** begin → run → commit; any throw rolls back. */
  transaction<Result>(run: (sql: Sql) => Promise<Result>): Promise<Result>;
  /** Calls `onNotice` for every NOTIFY on the channel until closed; reconnects by itself and calls once on every (re)connect. */
  listen(channel: string, onNotice: (payload: string) => void): Promise<{ close(): Promise<void> }>;
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

const RECONNECT_MS = 500;

/** Keeps one LISTEN connection alive. A missed notice is repaired by the call made on every reconnect. */
async function listenForever(config: ClientConfig, channel: string, onNotice: (payload: string) => void) {
  let isClosed = false;
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const next = new Client(config);
    next.on('error', () => retry());
    next.on('notification', (notice) => onNotice(notice.payload ?? ''));
    await next.connect();
    await next.query(`LISTEN ${next.escapeIdentifier(channel)}`);
    client = next;
    onNotice('');
  }
  function retry(): void {
    if (isClosed || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      connect().catch(() => retry());
    }, RECONNECT_MS);
  }
  await connect();
  return {
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}

/** Our own connections, beside Strapi's: plain statements, prepared by name, no query builder on the hot path. */
export function openDatabase(config: ClientConfig & { max?: number }): Database {
  const settings = { ...config, types: typeParsers };
  const pool = new Pool({ max: 10, ...settings });
  // An idle connection may be cut by a server restart; the pool replaces it, the process must not die of it.
  pool.on('error', () => undefined);
  return {
    query: (statement, values) => run(pool, statement, values),
    async transaction(work) {
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
    },
    listen: (channel, onNotice) => listenForever(settings, channel, onNotice),
    async connect() {
      const client = new Client(settings);
      await client.connect();
      return client;
    },
    close: () => pool.end(),
  };
}
