import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { serverUser } from '../postgres-binaries';
import type { LaunchSettings } from '../settings';
import { StartupError } from '../startup-error';

/** What lies where inside a backup. */
export const INSIDE = { postgres: 'postgres', secrets: 'env', uploads: 'uploads', manifest: 'manifest.json' };
const FORMAT = 1;

export interface Manifest {
  format: typeof FORMAT;
  createdAt: string;
  database: string;
}

export function manifestOf(database: string, now: Date): Manifest {
  return { format: FORMAT, createdAt: now.toISOString(), database };
}

/** @throws StartupError when the folder is no unpacked backup of ours */
export function readManifest(folder: string, file: string): Manifest {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, INSIDE.manifest), 'utf8')) as Manifest;
    if (manifest.format === FORMAT) return manifest;
  } catch {
    // Told below like a manifest of another format.
  }
  throw new StartupError(`${file} is no backup of Tessera, or one of a newer version: name another file`);
}

export function uploadsOf({ root }: LaunchSettings): string {
  return join(root, 'cms/public/uploads');
}

/** Copies what the target does not have; nothing there is replaced. */
export async function addFiles(source: string, target: string): Promise<void> {
  if (existsSync(source)) await cp(source, target, { recursive: true, force: false });
}

function chownTree(path: string, uid: number, gid: number): void {
  chownSync(path, uid, gid);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inside = join(path, entry.name);
    if (entry.isDirectory()) chownTree(inside, uid, gid);
    else chownSync(inside, uid, gid);
  }
}

/** A cluster that was copied belongs to whoever copied it; PostgreSQL starts only on its own, closed to others. */
export function giveToServer(home: string): void {
  const { uid, gid } = serverUser();
  chmodSync(join(home, 'cluster'), 0o700);
  if (uid !== undefined && gid !== undefined) chownTree(join(home, 'cluster'), uid, gid);
}

/** A folder beside the data, on the same disk, removed afterwards whatever happens. */
export async function withScratch<Result>(
  { dataDirectory }: LaunchSettings,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(dataDirectory, 'scratch-'));
  chmodSync(folder, 0o711);
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
