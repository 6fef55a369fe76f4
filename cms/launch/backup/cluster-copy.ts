import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';

/** What a running server writes again at every start, or what belongs to its running process alone. */
const SKIPPED_FILES = new Set([
  'postmaster.pid',
  'postmaster.opts',
  'pg_internal.init',
  'backup_label',
  'tablespace_map',
]);
const EMPTIED_FOLDERS = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);
const WAL_SEGMENT = /^[0-9A-F]{24}$/;

const isGone = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** A file that PostgreSQL removes while it is copied is one that the recovery does not need. */
async function copyFileIfThere(source: string, target: string): Promise<void> {
  await copyFile(source, target).catch((error: unknown) => {
    if (!isGone(error)) throw error;
  });
}

async function copyFolder(source: string, target: string): Promise<void> {
  await mkdir(target, { mode: 0o700, recursive: true });
  const entries = await readdir(source, { withFileTypes: true }).catch((error: unknown) => {
    if (isGone(error)) return [];
    throw error;
  });
  for (const entry of entries) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    if (entry.isFile() && !SKIPPED_FILES.has(entry.name)) await copyFileIfThere(from, to);
    if (!entry.isDirectory() || entry.name.startsWith('pgsql_tmp')) continue;
    if (EMPTIED_FOLDERS.has(entry.name)) await mkdir(to, { mode: 0o700, recursive: true });
    else await copyFolder(from, to);
  }
}

async function copyWal(cluster: string, target: string, first: string, last: string): Promise<void> {
  const names = await readdir(join(cluster, 'pg_wal'));
  const wanted = names.filter((name) => WAL_SEGMENT.test(name) && name >= first && name <= last);
  await mkdir(join(target, 'pg_wal', 'archive_status'), { mode: 0o700, recursive: true });
  for (const name of wanted) await copyFile(join(cluster, 'pg_wal', name), join(target, 'pg_wal', name));
}

/**
 * Copies the files of a running server so that they can be started elsewhere, as of the moment this ends: PostgreSQL's
 * "Making a Base Backup Using the Low Level API" (manual, 25.3.4). Writers are not held up.
 * @param url of any database on the server, as a superuser
 */
export async function copyRunningCluster(url: string, cluster: string, target: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    // A slot of this session keeps the log from being recycled until it is copied.
    const slot = `tessera_backup_${randomBytes(4).toString('hex')}`;
    await client.query('SELECT pg_create_physical_replication_slot($1, true, true)', [slot]);
    const start = await client.query<{ first: string }>(
      `SELECT pg_walfile_name(pg_backup_start('tessera', true)) AS first`,
    );
    await copyFolder(cluster, target);
    // Last, as pg_basebackup does: it is rewritten by every checkpoint.
    await copyFile(join(cluster, 'global/pg_control'), join(target, 'global/pg_control'));
    const stop = await client.query<{ last: string; labelfile: string; spcmapfile: string }>(
      'SELECT pg_walfile_name(lsn) AS last, labelfile, spcmapfile FROM pg_backup_stop(false)',
    );
    const [from, to] = [start.rows[0], stop.rows[0]];
    if (!from || !to) throw new Error('PostgreSQL did not say where its backup begins and ends');
    await copyWal(cluster, target, from.first, to.last);
    await writeFile(join(target, 'backup_label'), to.labelfile, { mode: 0o600 });
    if (to.spcmapfile.trim()) await writeFile(join(target, 'tablespace_map'), to.spcmapfile, { mode: 0o600 });
  } finally {
    await client.end();
  }
}
