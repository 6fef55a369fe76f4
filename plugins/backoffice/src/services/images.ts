import { invalidInput } from '@tessera/kernel/domain';
import { MAX_IMAGE_BYTES, MAX_IMAGE_SIDE, type Row } from '../contracts';
import { notAnImage, tooLarge } from '../domain/errors';
import { readImage, type ImageFacts } from '../domain/read-image';
import type { LoadedRow } from '../store/row-store';
import { demandVersion, documents, inTransaction, lock, record, reread, show, type Call, type Desk } from './desk';
import type { ImageShelf, StoredFile } from './image-shelf';
import { recordsOf } from './record-facts';

/** Which image of which record, at which version. */
export interface ImageCall extends Call {
  id: string;
  version: number;
  field: string;
}

export interface Images {
  /**
   * Puts the picture in place of the one before.
   * @throws invalid_input (400), forbidden (403), not_found (404), version_conflict (409), too_large (413), not_an_image (415)
   */
  put(call: ImageCall, content: Uint8Array): Promise<Row>;
  /** Leaves the record without a picture. @throws as `put` */
  remove(call: ImageCall): Promise<Row>;
}

interface Picture {
  content: Uint8Array;
  facts: ImageFacts;
}

function demandImage(content: Uint8Array): Picture {
  const limits = { maxBytes: MAX_IMAGE_BYTES, maxSide: MAX_IMAGE_SIDE };
  if (content.byteLength > MAX_IMAGE_BYTES) throw tooLarge(limits);
  const facts = readImage(content);
  if (!facts) throw notAnImage(undefined);
  if (Math.max(facts.width, facts.height) > MAX_IMAGE_SIDE) throw tooLarge(limits);
  return { content, facts };
}

function imageOf(row: LoadedRow, field: string): { id: string } | null {
  return (row.values[field] ?? null) as { id: string } | null;
}

export function createImages(desk: Desk & { shelf: ImageShelf }): Images {
  const { access, listings, shelf } = desk;

  /** In one transaction; the new file is written in it, and taken back from the disk when it fails. */
  async function exchange(call: ImageCall, picture: Picture | null): Promise<{ row: Row; old: { id: string } | null }> {
    const { staff, now, id, field, resource } = call;
    const listing = listings.document(resource);
    let file: StoredFile | null = null;
    try {
      return await inTransaction(desk, listing, async (sql) => {
        const before = await lock(sql, call, listing);
        const permission = `${listing.permission}.change`;
        // A picture ties a record to nothing: what holds of it before holds of it after.
        const facts = { records: recordsOf(before.facts), fields: { write: [field] } };
        const decision = await access.demand(staff, { permission, now, ...facts });
        demandVersion(desk, call, listing, before);
        const old = imageOf(before, field);
        if (!picture && !old) return { row: show(desk, call, listing, before), old };
        if (picture) file = await shelf.keep(picture.content, picture.facts, `${resource}-${id}`);
        await documents(desk, listing).update({ documentId: id, data: { [field]: file?.id ?? null } as never });
        const after = await reread(sql, listing, id);
        await record(desk, sql, { ...call, decision }, { listing, before, after });
        return { row: show(desk, call, listing, after), old };
      });
    } catch (error) {
      if (file) await shelf.takeBack(file);
      throw error;
    }
  }
  async function set(call: ImageCall, content: Uint8Array | null): Promise<Row> {
    const { definition } = listings.document(call.resource);
    const field = definition.fields.find(({ name }) => name === call.field);
    if (field?.type !== 'image')
      throw invalidInput({ issues: [{ path: 'field', message: 'must be a field for an image' }] });
    const { row, old } = await exchange(call, content && demandImage(content));
    if (old) await shelf.clear(old.id);
    return row;
  }
  return {
    put: (call, content) => set(call, content),
    remove: (call) => set(call, null),
  };
}
