import { demandUsableDatabase } from './database-check';
import { joinEmbeddedDatabase, type LaunchDatabase } from './embedded-database';
import type { LaunchSettings } from './settings';

/** The database of the settings, for a command that may run beside the server. @throws StartupError with what to do */
export async function joinDatabase({ databaseUrl, dataDirectory }: LaunchSettings): Promise<LaunchDatabase> {
  if (!databaseUrl) return joinEmbeddedDatabase(dataDirectory);
  await demandUsableDatabase(databaseUrl);
  return { url: databaseUrl, close: async () => undefined };
}
