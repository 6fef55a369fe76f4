import { chmodSync, chownSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { postgresBinaries, serverUser, type PostgresBinaries } from './postgres-binaries';
import { StartupError } from './startup-error';

/** Where one embedded server keeps what, and whom it runs as. */
export interface ServerFiles {
  home: string;
  /** The cluster itself, PostgreSQL's data directory. */
  cluster: string;
  password: string;
  log: string;
  binaries: PostgresBinaries;
  user: { uid?: number; gid?: number };
}

function foldersAbove(path: string): string[] {
  const folder = dirname(path);
  return folder === path ? [] : [folder, ...foldersAbove(folder)];
}

/** Started by root, the server runs as somebody else, who must be able to walk to its files and programs. */
function letServerIn(files: ServerFiles): void {
  const { uid, gid } = files.user;
  if (uid === undefined || gid === undefined) return;
  chownSync(files.home, uid, gid);
  for (const folder of [...foldersAbove(files.home), ...foldersAbove(files.binaries.postgres)]) {
    const { mode } = statSync(folder);
    if (mode & 0o001) continue;
    if (folder !== dirname(files.home)) {
      throw new StartupError(
        `PostgreSQL runs as the user "postgres", who may not enter ${folder}: chmod o+x it, start as an ordinary user, or set DATABASE_URL`,
      );
    }
    chmodSync(folder, mode | 0o011);
  }
}

/** Names and opens the files of the server whose home is `directory`; makes the home when it is missing. */
export function openServerFiles(directory: string): ServerFiles {
  const home = resolve(directory);
  mkdirSync(home, { recursive: true });
  const files = {
    home,
    cluster: join(home, 'cluster'),
    password: join(home, 'password'),
    log: join(home, 'server.log'),
    binaries: postgresBinaries(),
    user: serverUser(),
  };
  letServerIn(files);
  return files;
}
