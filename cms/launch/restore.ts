import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { unpack } from './backup/archive';
import { addFiles, giveToServer, INSIDE, readManifest, uploadsOf, withScratch } from './backup/backup-files';
import { checkBackup } from './backup/check-backup';
import { reportFailure } from './report-failure';
import { readSettings, type LaunchSettings } from './settings';
import { StartupError } from './startup-error';

function readSource(args: string[], { databaseUrl, dataDirectory }: LaunchSettings): string {
  const [name, ...others] = args;
  if (!name || others.length > 0) throw new StartupError('Name the backup: npm run restore -- <file.tar.gz>');
  if (databaseUrl) throw new StartupError('DATABASE_URL is set: unset it, a backup is restored as built-in database');
  const file = resolve(process.env.INIT_CWD ?? '.', name);
  if (!existsSync(file)) throw new StartupError(`${file} does not exist: name the file that npm run backup wrote`);
  const home = join(dataDirectory, 'postgres');
  if (existsSync(home)) {
    throw new StartupError(`${home} already holds a database: stop Tessera, move that folder away, then try again`);
  }
  return file;
}

/** The database comes last and in one step: until then the installation is as empty as it was. */
async function putInPlace(settings: LaunchSettings, file: string): Promise<void> {
  await withScratch(settings, async (scratch) => {
    await unpack(file, scratch);
    readManifest(scratch, file);
    await addFiles(join(scratch, INSIDE.uploads), uploadsOf(settings));
    const secrets = join(scratch, INSIDE.secrets);
    if (existsSync(settings.envFile)) {
      console.log(`• ${settings.envFile} exists and stays as it is: people may have to sign in again`);
    } else if (existsSync(secrets)) {
      copyFileSync(secrets, settings.envFile);
    }
    giveToServer(join(scratch, INSIDE.postgres));
    renameSync(join(scratch, INSIDE.postgres), join(settings.dataDirectory, 'postgres'));
  });
}

/** `npm run restore -- <file>`: into an installation that has no database yet; checks the backup before it touches anything. */
export async function main(args: string[]): Promise<void> {
  try {
    const settings = readSettings(process.env);
    const file = readSource(args, settings);
    mkdirSync(settings.dataDirectory, { recursive: true });
    console.log('• Checking the backup');
    const { tables, rows } = await checkBackup(settings, file, { before: {}, after: {} });
    await putInPlace(settings, file);
    console.log(`Restored ${tables} tables with ${rows} rows. Start Tessera with: npm start`);
    process.exit(0);
  } catch (error) {
    reportFailure(error);
    process.exit(1);
  }
}
