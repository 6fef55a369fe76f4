import { Client } from 'pg';
import { StartupError } from './startup-error';

const OLDEST_VERSION = 18;
const CONNECT_MS = 10_000;

/** Never the password: the line lands in logs. */
function withoutPassword(url: string): string {
  try {
    const { host, pathname, username } = new URL(url);
    return `${username ? `${username}@` : ''}${host}${pathname}`;
  } catch {
    return 'an address that is no URL';
  }
}

function connectionProblem(url: string, error: Error & { code?: string }): string {
  const target = `DATABASE_URL (${withoutPassword(url)})`;
  switch (error.code) {
    case 'ECONNREFUSED':
      return `No PostgreSQL answers at ${target}: start it, or correct host and port`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host of ${target} is not known: correct its name`;
    case '28P01':
    case '28000':
      return `PostgreSQL refuses the user or password of ${target}: correct them`;
    case '3D000':
      return `The database of ${target} does not exist: create it (CREATE DATABASE) or correct the name`;
    case '53300':
      return `PostgreSQL at ${target} has no connection left: raise its max_connections`;
    default:
      return `PostgreSQL at ${target} cannot be reached (${error.message || error.code}): correct DATABASE_URL, or unset it to use the built-in one`;
  }
}

interface ServerFacts {
  version: number;
  encoding: string;
  may_create: boolean;
}

function factProblem(facts: ServerFacts): string | undefined {
  const major = Math.floor(facts.version / 10_000);
  if (major < OLDEST_VERSION) {
    return `Tessera needs PostgreSQL ${OLDEST_VERSION} or newer and DATABASE_URL leads to ${major}: upgrade it, or unset DATABASE_URL to use the built-in one`;
  }
  if (facts.encoding !== 'UTF8') {
    return `The database of DATABASE_URL is encoded in ${facts.encoding}: create one with ENCODING 'UTF8'`;
  }
  if (!facts.may_create) {
    return 'The user of DATABASE_URL may not create tables: make it the owner of the database';
  }
  return undefined;
}

/** Connects once and looks whether Tessera can live there. @throws StartupError with what to do */
export async function demandUsableDatabase(url: string): Promise<void> {
  let client: Client;
  try {
    client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS });
    client.on('error', () => undefined);
    await client.connect();
  } catch (error) {
    throw new StartupError(connectionProblem(url, error as Error));
  }
  try {
    const { rows } = await client.query<ServerFacts>(
      `SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding,
              has_database_privilege(current_database(), 'CREATE') AS may_create`,
    );
    const problem = rows[0] && factProblem(rows[0]);
    if (problem) throw new StartupError(problem);
  } finally {
    await client.end();
  }
}
