import type { RecordFacts } from '@tessera/access/domain';
import { parse } from '@tessera/kernel/public';
import type { Row } from '../contracts';
import { writeSchema } from '../domain/write-schema';
import type { RowFacts } from '../domain/visible-row';
import type { LoadedRow } from '../store/row-store';
import {
  demandVersion,
  documents,
  inTransaction,
  lock,
  record,
  reread,
  show,
  type Call,
  type Change,
  type Desk,
} from './desk';
import type { ImageShelf } from './image-shelf';
import type { IsInUse } from './in-use';
import type { DocumentListing } from './listings';
import { recordsOf } from './record-facts';
import { createRelationCheck } from './relation-check';

export interface Writing {
  /** @throws invalid_input (400), forbidden (403), duplicate_value (409), unknown_reference (422) */
  create(call: Call, body: unknown): Promise<Row>;
  /** The same, and not_found (404), version_conflict (409). */
  change(call: Call & { id: string; version: number }, body: unknown): Promise<Row>;
  /** Deletes, or archives what something refers to. */
  remove(call: Call & { id: string; version: number }): Promise<{ id: string; archived: boolean }>;
}

type Body = Record<string, unknown>;

function writtenFields(listing: DocumentListing, body: Body): string[] {
  return listing.definition.fields.filter((field) => Object.hasOwn(body, field.key)).map((field) => field.name);
}

function idsIn(body: Body, listing: DocumentListing, fieldName: string): string[] | undefined {
  const field = listing.definition.fields.find(({ name }) => name === fieldName);
  if (!field || !Object.hasOwn(body, field.key)) return undefined;
  const value = body[field.key];
  return (Array.isArray(value) ? value : [value]).filter((id): id is string => typeof id === 'string');
}

/** What the row will be tied to once the body is applied. */
function factsAfter(listing: DocumentListing, before: RowFacts, body: Body): RowFacts {
  const { store, staffField } = listing.definition;
  return {
    storeIds: (store.kind === 'relation' ? idsIn(body, listing, store.field) : undefined) ?? before.storeIds,
    staffIds: (staffField ? idsIn(body, listing, staffField) : undefined) ?? before.staffIds,
  };
}

interface WritingDesk extends Desk {
  isInUse: IsInUse;
  shelf: ImageShelf;
  checkRelations: ReturnType<typeof createRelationCheck>;
}

/** Strapi takes documentIds for documents and numbers for accounts. */
function toDocument(listing: DocumentListing, body: Body): Body {
  const data: Body = Object.hasOwn(body, 'archived') ? { archived: body['archived'] } : {};
  for (const field of listing.definition.fields) {
    if (!Object.hasOwn(body, field.key)) continue;
    const value = body[field.key];
    const isAccount = field.target === 'admin::user';
    data[field.name] = isAccount && typeof value === 'string' ? Number(value) : value;
  }
  return data;
}

function imagesOf(listing: DocumentListing, row: LoadedRow): string[] {
  const images = listing.definition.fields.filter((field) => field.type === 'image');
  return images.flatMap((field) => (row.values[field.name] as { id: string } | null)?.id ?? []);
}

async function create(desk: WritingDesk, call: Call, input: unknown): Promise<Row> {
  const { staff, now } = call;
  const listing = desk.listings.document(call.resource);
  const body = parse(writeSchema(listing.definition, 'create'), input);
  return inTransaction(desk, listing, async (sql) => {
    const decision = await desk.access.demand(staff, {
      permission: `${listing.permission}.create`,
      now,
      records: recordsOf(factsAfter(listing, { storeIds: [], staffIds: [] }, body)),
      fields: { write: writtenFields(listing, body) },
    });
    await desk.checkRelations(sql, staff, { listing, current: undefined, body }, now);
    const { documentId } = await documents(desk, listing).create({ data: toDocument(listing, body) as never });
    const after = await reread(sql, listing, documentId);
    await record(desk, sql, { ...call, decision }, { listing, after });
    return show(desk, call, listing, after);
  });
}

/** Archiving and restoring is a change that also needs the right to delete. */
async function demandChange({ access }: Desk, call: Call, change: Change & { before: LoadedRow; body: Body }) {
  const { listing, before, body } = change;
  const { permission } = listing;
  const records: RecordFacts[] = [...recordsOf(before.facts), ...recordsOf(factsAfter(listing, before.facts, body))];
  const { staff, now } = call;
  const fields = { write: writtenFields(listing, body) };
  const decision = await access.demand(staff, { permission: `${permission}.change`, now, records, fields });
  if (!Object.hasOwn(body, 'archived')) return decision;
  return access.demand(staff, { permission: `${permission}.delete`, now, records });
}

async function change(desk: WritingDesk, call: Call & { id: string; version: number }, input: unknown): Promise<Row> {
  const { staff, now, id } = call;
  const listing = desk.listings.document(call.resource);
  const body = parse(writeSchema(listing.definition, 'change'), input);
  return inTransaction(desk, listing, async (sql) => {
    const before = await lock(sql, call, listing);
    const decision = await demandChange(desk, call, { listing, before, body });
    demandVersion(desk, call, listing, before);
    await desk.checkRelations(sql, staff, { listing, current: before, body }, now);
    if (Object.keys(body).length === 0) return show(desk, call, listing, before);
    await documents(desk, listing).update({ documentId: id, data: toDocument(listing, body) as never });
    const after = await reread(sql, listing, id);
    await record(desk, sql, { ...call, decision }, { listing, before, after });
    return show(desk, call, listing, after);
  });
}

/** @returns also the images of a record that is gone, which go after it */
async function removeRow(desk: WritingDesk, call: Call & { id: string; version: number }) {
  const { staff, now, id } = call;
  const listing = desk.listings.document(call.resource);
  return inTransaction(desk, listing, async (sql) => {
    const before = await lock(sql, call, listing);
    const permission = `${listing.permission}.delete`;
    const decision = await desk.access.demand(staff, { permission, now, records: recordsOf(before.facts) });
    demandVersion(desk, call, listing, before);
    if (!(await desk.isInUse(sql, listing, id))) {
      await documents(desk, listing).delete({ documentId: id });
      await record(desk, sql, { ...call, decision }, { listing, before });
      return { isArchived: false, fileIds: imagesOf(listing, before) };
    }
    if (before.isArchived) return { isArchived: true, fileIds: [] };
    await documents(desk, listing).update({ documentId: id, data: { archived: true } as never });
    await record(desk, sql, { ...call, decision }, { listing, before, after: await reread(sql, listing, id) });
    return { isArchived: true, fileIds: [] };
  });
}

async function remove(desk: WritingDesk, call: Call & { id: string; version: number }) {
  const { isArchived, fileIds } = await removeRow(desk, call);
  for (const fileId of fileIds) await desk.shelf.clear(fileId);
  return { id: call.id, archived: isArchived };
}

export function createWriting(parts: Desk & { isInUse: IsInUse; shelf: ImageShelf }): Writing {
  const desk: WritingDesk = { ...parts, checkRelations: createRelationCheck(parts.access, parts.listings) };
  return {
    create: (call, body) => create(desk, call, body),
    change: (call, body) => change(desk, call, body),
    remove: (call) => remove(desk, call),
  };
}
