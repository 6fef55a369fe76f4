import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, constants, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileTooLarge, unreadableFile } from '../domain/errors';

export interface ShelvedFile {
  path: string;
  bytes: number;
  /** SHA-256, hex. */
  hash: string;
}

/** Where files given over HTTP lie until their import is done, so that it can go on after a restart. */
export interface FileShelf {
  /**
   * Writes a stream to disk. The same content lies there once, unless it is `alone`: then nobody else's discard takes it away.
   * @throws too_large (413) as soon as it is longer than `maxBytes`
   */
  put(content: Readable, maxBytes: number, kept?: 'shared' | 'alone'): Promise<ShelvedFile>;
  /** Removes a file of this shelf; any other is left alone. */
  discard(path: string): Promise<void>;
  /** Removes files that nobody needs and that have lain here since before `since`. @returns how many */
  sweep(since: Date, isNeeded: (path: string) => boolean): Promise<number>;
}

export async function isHere(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}

/** Size and hash of a file that stays where it is. @throws unreadable_file (422) */
export async function describeFile(path: string): Promise<ShelvedFile> {
  const hash = createHash('sha256');
  try {
    const { size } = await stat(path);
    await pipeline(createReadStream(path), hash);
    return { path: resolve(path), bytes: size, hash: hash.digest('hex') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw unreadableFile({ reason: `${path} is not there` });
    if (code === 'EISDIR' || code === 'EACCES') throw unreadableFile({ reason: `${path} is no file that may be read` });
    throw error;
  }
}

export function createFileShelf(directory: string): FileShelf {
  return {
    async put(content, maxBytes, kept = 'shared') {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const unfinished = join(directory, `${randomUUID()}.part`);
      const hash = createHash('sha256');
      let bytes = 0;
      const meter = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          bytes += chunk.length;
          if (bytes > maxBytes) return done(fileTooLarge({ largest: maxBytes }));
          hash.update(chunk);
          done(null, chunk);
        },
      });
      try {
        await pipeline(content, meter, createWriteStream(unfinished, { mode: 0o600 }));
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
      const digest = hash.digest('hex');
      const path = join(directory, kept === 'alone' ? `${digest}-${randomUUID()}` : digest);
      await rename(unfinished, path);
      return { path, bytes, hash: digest };
    },
    async discard(path) {
      if (resolve(path).startsWith(resolve(directory))) await rm(path, { force: true });
    },
    async sweep(since, isNeeded) {
      const names = await readdir(directory).catch(() => []);
      let swept = 0;
      for (const path of names.map((name) => join(directory, name))) {
        const { mtime } = await stat(path).catch(() => ({ mtime: since }));
        if (mtime >= since || isNeeded(path)) continue;
        await rm(path, { force: true });
        swept += 1;
      }
      return swept;
    },
  };
}
