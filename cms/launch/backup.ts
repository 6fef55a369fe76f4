import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pack } from './backup/archive';
import { addFiles, INSIDE, manifestOf, uploadsOf, withScratch } from './backup/backup-files';
import { checkBackup } from './backup/check-backup';
import { countGrowing, type CheckedDatabase } from './backup/check-database';
import { copyRunningCluster } from './backup/cluster-copy';
import { DATABASE_NAME, joinEmbeddedDatabase } from './embedded-database';
import { reportFailure } from './report-failure';
import { readSettings, type LaunchSettings } from './settings';
import { StartupError } from './startup-error';

function readTarget(args: string[], { databaseUrl, dataDirectory }: LaunchSettings): string {
  const [name, ...others] = args;
  if (!name || others.length > 0) throw new StartupError('Name the file to write: npm run backup -- <file.tar.gz>');
  if (databaseUrl) {
    throw new StartupError('DATABASE_URL is set: back that server up with its own tools (pg_basebackup, pg_dump)');
  }
  const file = resolve(process.env.INIT_CWD ?? '.', name);
  if (existsSync(file)) throw new StartupError(`${file} exists: name another file, nothing is overwritten`);
  if (!existsSync(join(dataDirectory, 'postgres/cluster'))) {
    throw new StartupError(`There is no database below ${dataDirectory}: start Tessera once, or set TESSERA_DATA_DIR`);
  }
  return file;
}

async function writeBackup(settings: LaunchSettings, url: string, file: string): Promise<void> {
  const home = join(settings.dataDirectory, 'postgres');
  await withScratch(settings, async (scratch) => {
    const inside = join(scratch, INSIDE.postgres);
    mkdirSync(inside);
    await copyRunningCluster(url, join(home, 'cluster'), join(inside, 'cluster'));
    copyFileSync(join(home, 'password'), join(inside, 'password'));
    if (existsSync(settings.envFile)) copyFileSync(settings.envFile, join(scratch, INSIDE.secrets));
    await addFiles(uploadsOf(settings), join(scratch, INSIDE.uploads));
    writeFileSync(join(scratch, INSIDE.manifest), JSON.stringify(manifestOf(DATABASE_NAME, new Date())));
    await pack(scratch, file);
  });
}

/**
 * Writes database, secrets and uploads into one file while everything runs, and believes it only after it was restored
 * and read.
 */
async function backUp(settings: LaunchSettings, file: string): Promise<CheckedDatabase> {
  const unproved = `${file}.unproved`;
  const database = await joinEmbeddedDatabase(settings.dataDirectory);
  mkdirSync(dirname(file), { recursive: true });
  try {
    const before = await countGrowing(database.url);
    console.log('• Copying the database');
    await writeBackup(settings, database.url, unproved);
    const after = await countGrowing(database.url);
    console.log('• Restoring the copy to check it');
    const checked = await checkBackup(settings, unproved, { before, after });
    renameSync(unproved, file);
    return checked;
  } finally {
    rmSync(unproved, { force: true });
    await database.close();
  }
}

/** `npm run backup -- <file>`: ends with 0 only when the file was proved to restore. */
export async function main(args: string[]): Promise<void> {
  try {
    const settings = readSettings(process.env);
    const file = readTarget(args, settings);
    const { tables, rows, journals } = await backUp(settings, file);
    const megabytes = (statSync(file).size / 1e6).toFixed(1);
    console.log(`Backup ${file}: ${megabytes} MB, ${tables} tables, ${rows} rows, ${journals} journals, all checked.`);
    console.log('It holds the secrets of this installation: keep it where only you can read it.');
    process.exit(0);
  } catch (error) {
    reportFailure(error);
    process.exit(1);
  }
}
