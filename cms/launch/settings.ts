import { join, resolve } from 'node:path';
import { StartupError } from './startup-error';

/** What the environment asks of this start. */
export interface LaunchSettings {
  /** The clone. */
  root: string;
  /** Holds the embedded database and what the launcher writes. */
  dataDirectory: string;
  envFile: string;
  host: string;
  port: number;
  /** Absent: the embedded PostgreSQL. */
  databaseUrl: string | undefined;
  isDemoWanted: boolean;
}

/** Compiled to `cms/dist/launch`. */
export const ROOT = resolve(__dirname, '../../..');

function readPort(text: string | undefined): number {
  const port = Number(text ?? '1337');
  if (text?.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new StartupError(`PORT is "${text}": set it to a number from 1 to 65535`);
}

/** Reads the variables that README.md names; relative folders are taken from the clone. @throws StartupError */
export function readSettings(env: NodeJS.ProcessEnv): LaunchSettings {
  return {
    root: ROOT,
    dataDirectory: resolve(ROOT, env.TESSERA_DATA_DIR || '.data'),
    envFile: env.ENV_PATH ? resolve(env.ENV_PATH) : join(ROOT, '.env'),
    host: env.HOST || '127.0.0.1',
    port: readPort(env.PORT),
    databaseUrl: env.DATABASE_URL || undefined,
    isDemoWanted: env.TESSERA_DEMO !== '0',
  };
}
