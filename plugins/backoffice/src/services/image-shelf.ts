import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { kernel } from '@tessera/kernel/public';
import type { ImageFacts } from '../domain/read-image';
import { notAnImage } from '../domain/errors';
import { isFileUsed } from '../store/row-store';

/** One row of Strapi's media library, as far as it is needed; `formats` are its smaller copies. */
export interface StoredFile {
  id: number;
  /** Pixels; none when it could not be decoded. */
  width?: number | null;
  formats?: Record<string, object> | null;
}

/** As much of Strapi's upload plugin as is used. */
interface UploadPlugin {
  provider: { delete(file: object): Promise<unknown> };
  service(name: 'upload'): {
    upload(call: { data: object; files: object }): Promise<StoredFile[]>;
    findOne(id: number): Promise<StoredFile | null>;
    remove(file: StoredFile): Promise<unknown>;
  };
}

/** The pictures of records in Strapi's media library. Disks know no transactions, hence `takeBack` and `clear`. */
export interface ImageShelf {
  /** Stores it under a name of ours, with its smaller copies. @throws not_an_image (415) when it cannot be decoded */
  keep(content: Uint8Array, facts: ImageFacts, name: string): Promise<StoredFile>;
  /** Off the disk: for a file whose row went with the transaction that failed. */
  takeBack(file: StoredFile): Promise<void>;
  /** Off the shelf, unless another record shows it. After the commit; a failure is logged, the record is right. */
  clear(fileId: string): Promise<void>;
}

const EXTENSIONS: Record<ImageFacts['type'], string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
};

export function createImageShelf(strapi: Core.Strapi): ImageShelf {
  const plugin = () => strapi.plugin('upload') as unknown as UploadPlugin;

  async function takeBack(file: StoredFile): Promise<void> {
    const { provider } = plugin();
    for (const copy of [file, ...Object.values(file.formats ?? {})]) await provider.delete(copy);
  }
  /** Strapi refuses some broken pictures, and keeps others as if they were documents. */
  async function store(filepath: string, size: number, { facts, name }: { facts: ImageFacts; name: string }) {
    const originalFilename = `${name}.${EXTENSIONS[facts.type]}`;
    const files = { filepath, originalFilename, mimetype: facts.type, size };
    const [file] = await plugin()
      .service('upload')
      .upload({ data: {}, files })
      .catch((error: Error) => {
        throw error.name === 'ApplicationError' ? notAnImage(undefined) : error;
      });
    if (!file) throw new Error('Strapi stored no file');
    if (file.width) return file;
    await takeBack(file);
    throw notAnImage(undefined);
  }
  return {
    async keep(content, facts, name) {
      const directory = await mkdtemp(join(tmpdir(), 'tessera-image-'));
      try {
        const path = join(directory, 'picture');
        await writeFile(path, content);
        return await store(path, content.byteLength, { facts, name });
      } finally {
        await rm(directory, { recursive: true, force: true });
      }
    },
    takeBack,
    async clear(fileId) {
      try {
        if (await isFileUsed(kernel(strapi).database, fileId)) return;
        const { findOne, remove } = plugin().service('upload');
        const file = await findOne(Number(fileId));
        if (file) await remove(file);
      } catch (error) {
        strapi.log.warn(`The file ${fileId} is no longer shown anywhere but could not be removed`);
        strapi.log.warn(error);
      }
    },
  };
}
