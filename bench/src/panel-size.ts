import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { repository } from './environment';

interface Chunk {
  file: string;
  src?: string;
  name?: string;
  isEntry?: boolean;
  imports?: string[];
}
type Manifest = Record<string, Chunk>;

const DIST = join(repository, 'admin/dist');
/** The chunk that the first visit of the till asks for beside the entry; its key is a hash when others import from it, too. */
const TILL_CHUNK = 'till-screen';

function closure(manifest: Manifest, keys: readonly string[], seen = new Set<string>()): Set<string> {
  for (const key of keys) {
    if (seen.has(key)) continue;
    seen.add(key);
    closure(manifest, manifest[key]?.imports ?? [], seen);
  }
  return seen;
}

export interface PanelSize {
  gzipBytes: number;
  files: { file: string; gzipBytes: number }[];
}

/**
 * Gzipped JavaScript that the browser loads before the till is there: the entry, the till's own chunk and all that they
 * import statically. @returns null when the panel is not built
 */
export function measurePanel(): PanelSize | null {
  const path = join(DIST, '.vite/manifest.json');
  if (!existsSync(path)) return null;
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  const isTill = (key: string) => manifest[key]?.name === TILL_CHUNK && manifest[key].file.endsWith('.js');
  if (!Object.keys(manifest).some(isTill)) throw new Error(`the panel's manifest has no chunk ${TILL_CHUNK}`);
  const roots = Object.keys(manifest).filter((key) => manifest[key]?.isEntry || isTill(key));
  const chunks = [...closure(manifest, roots)].map((key) => manifest[key]?.file ?? '');
  const files = [...new Set(chunks)]
    .filter((file) => file.endsWith('.js'))
    .map((file) => ({ file, gzipBytes: gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length }))
    .sort((a, b) => b.gzipBytes - a.gzipBytes);
  return { files, gzipBytes: files.reduce((total, { gzipBytes }) => total + gzipBytes, 0) };
}
