import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../embedded-postgres';
import type { LaunchSettings } from '../settings';
import { unpack } from './archive';
import { giveToServer, INSIDE, readManifest, withScratch } from './backup-files';
import { checkDatabase, type CheckedDatabase, type Counts } from './check-database';

/** Enough for one reader; a second full-size server might not fit beside the first. */
const SMALL = { shared_buffers: '64MB', max_connections: '20' };

/** Unpacks a backup, starts a server on it and reads everything in it. @throws StartupError when it is not sound */
export async function checkBackup(
  settings: LaunchSettings,
  file: string,
  { before, after }: { before: Counts; after: Counts },
): Promise<CheckedDatabase> {
  return withScratch(settings, async (scratch) => {
    const folder = join(scratch, 'restored');
    mkdirSync(folder);
    await unpack(file, folder);
    const { database } = readManifest(folder, file);
    const home = join(folder, INSIDE.postgres);
    giveToServer(home);
    const postgres = await startEmbeddedPostgres(home, SMALL);
    try {
      return await checkDatabase(postgres.url(database), before, after);
    } finally {
      await postgres.stop();
    }
  });
}
