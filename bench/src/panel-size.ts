import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { repository } from './environment';

interface Chunk {
  file: string;
  src?: string;
  isEntry?: boolean;
  imports?: string[];
}
type Manifest = Record<string, Chunk>;

const DIST = join(repository, 'admin/dist');
/** What the first visit of the till asks for beside the entry. */
const TILL_ROUTE = 'src/till/till-screen.tsx';

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
  if (!manifest[TILL_ROUTE]) throw new Error(`the panel's manifest has no ${TILL_ROUTE}`);
  const roots = Object.keys(manifest).filter((key) => manifest[key]?.isEntry || key === TILL_ROUTE);
  const chunks = [...closure(manifest, roots)].map((key) => manifest[key]?.file ?? '');
  const files = [...new Set(chunks)]
    .filter((file) => file.endsWith('.js'))
    .map((file) => ({ file, gzipBytes: gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length }))
    .sort((a, b) => b.gzipBytes - a.gzipBytes);
  return { files, gzipBytes: files.reduce((total, { gzipBytes }) => total + gzipBytes, 0) };
}
