import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

/** One file of the built panel, ready to be sent. */
export interface PanelFile {
  type: string;
  content: Buffer;
  /** Only where it saves something. */
  zipped?: Buffer;
  etag: string;
  /** Its name changes with its content, so a browser may keep it for ever. */
  isHashed: boolean;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain',
};
const COMPRESSIBLE = /^text\/|json|javascript|svg/;

function readPanelFile(path: string, address: string): PanelFile {
  const content = readFileSync(path);
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  const zipped = COMPRESSIBLE.test(type) ? gzipSync(content, { level: 9 }) : undefined;
  return {
    type,
    content,
    ...(zipped && zipped.length < content.length ? { zipped } : {}),
    etag: `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`,
    isHashed: address.startsWith('/assets/'),
  };
}

/**
 * Reads the built panel into memory: address → file. A few megabytes, compressed once instead of at every request, and no
 * address of a request ever becomes a path on disk. Source maps stay at home.
 */
export function panelFiles(directory: string): Map<string, PanelFile> {
  if (!existsSync(directory)) return new Map();
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        const address = `/${relative(directory, path).split(sep).join('/')}`;
        return [address, readPanelFile(path, address)];
      }),
  );
}
