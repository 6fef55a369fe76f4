import { execFile } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { promisify } from 'node:util';
import { StartupError } from '../startup-error';

async function tar(args: string[], what: string): Promise<void> {
  try {
    await promisify(execFile)('tar', args);
  } catch (error) {
    const { code, stderr, message } = error as { code?: unknown; stderr?: string; message: string };
    if (code === 'ENOENT') throw new StartupError('The program "tar" is missing: install it, then try again');
    throw new StartupError(`${what}: ${(stderr || message).trim().split('\n')[0]}`);
  }
}

/** Packs everything in `folder`; the file holds secrets, so only this user may read it. */
export async function pack(folder: string, file: string): Promise<void> {
  await tar(['-czf', file, '-C', folder, '.'], `The backup ${file} could not be written`);
  chmodSync(file, 0o600);
}

export async function unpack(file: string, folder: string): Promise<void> {
  await tar(['-xzf', file, '-C', folder], `${file} is no backup that can be read`);
}
