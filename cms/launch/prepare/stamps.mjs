import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './root.mjs';

const FILE = join(ROOT, '.cache/built.json');

/** What was built last, by content hash of what it was built from. */
export function readStamps() {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8'));
  } catch {
    return {};
  }
}

export function writeStamp(name, hash) {
  mkdirSync(dirname(FILE), { recursive: true });
  const next = `${FILE}.${process.pid}`;
  writeFileSync(next, `${JSON.stringify({ ...readStamps(), [name]: hash }, null, 2)}\n`);
  renameSync(next, FILE);
}
