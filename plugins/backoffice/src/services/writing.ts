import type { Core, UID } from '@strapi/strapi';
import type { Decision, RecordFacts } from '@tessera/access/domain';
import type { Access, Staff } from '@tessera/access/public';
import { notFound } from '@tessera/kernel/domain';
import { kernel, parse, type Sql } from '@tessera/kernel/public';
import type { Row } from '../contracts';
import { changesBetween } from '../domain/changes';
import { versionConflict } from '../domain/errors';
import { writeSchema } from '../domain/write-schema';
import type { RowFacts } from '../domain/visible-row';
import { lockRow, readRow, type LoadedRow } from '../store/row-store';
import { translateDocumentError } from './document-errors';
import type { IsInUse } from './in-use';
import type { DocumentListing, Listings } from './listings';
import { recordsOf } from './record-facts';
import { createRelationCheck } from './relation-check';
import { createViewer } from './viewer';

/** Who writes what. */
interface Call {
  staff: Staff;
  resource: string;
  now: Date;
}

export interface Writing {
  /** @throws invalid_input (400), forbidden (403), duplicate_value (409), unknown_reference (422) */
  create(call: Call, body: unknown): Promise<Row>;
  /** The same, and not_found (404), version_conflict (409). */
  change(call: Call & { id: string; version: number }, body: unknown): Promise<Row>;
  /** Deletes, or archives what something refers to. */
  remove(call: Call & { id: string; version: number }): Promise<{ id: string; archived: boolean }>;
}

interface Parts {
  strapi: Core.Strapi;
  access: Access;
  listings: Listings;
  isInUse: IsInUse;
}

/** What every write needs. */
interface Desk extends Parts {
  checkRelations: ReturnType<typeof createRelationCheck>;
}

type Body = Record<string, unknown>;

function allFields(listing: DocumentListing): Set<string> {
  return new Set(listing.fields.map((field) => field.name));
}

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

/** Strapi takes documentIds for documents and numbers for accounts and files. */
function toDocument(listing: DocumentListing, body: Body): Body {
  const data: Body = Object.hasOwn(body, 'archived') ? { archived: body['archived'] } : {};
  for (const field of listing.definition.fields) {
    if (!Object.hasOwn(body, field.key)) continue;
    const value = body[field.key];
    const isNumbered = field.type === 'image' || field.target === 'admin::user';
    data[field.name] = isNumbered && typeof value === 'string' ? Number(value) : value;
  }
  return data;
}

async function inTransaction<Result>(
  { strapi }: Desk,
  listing: DocumentListing,
  run: (sql: Sql) => Promise<Result>,
): Promise<Result> {
  try {
    return await kernel(strapi).documentTransaction(run);
  } catch (error) {
    throw translateDocumentError(listing.definition, error);
  }
}

function documents({ strapi }: Desk, listing: DocumentListing) {
  return strapi.documents(listing.definition.uid as UID.ContentType);
}

function show({ access, listings }: Desk, { staff, now }: Call, listing: DocumentListing, row: LoadedRow): Row {
  const viewer = createViewer(access, listings, staff, now);
  const shown = viewer.show(listing, viewer.rulesOf(listing), row);
  return shown ?? { id: row.id, version: row.version ?? 1, archived: row.isArchived === true };
}

/** Locked, so that the version that is compared is the version that is written over. */
async function lock(sql: Sql, { id, resource }: { id: string; resource: string }, listing: DocumentListing) {
  const row = await lockRow(sql, listing.source, id, allFields(listing));
  if (!row) throw notFound({ what: resource, id });
  return row;
}

async function reread(sql: Sql, listing: DocumentListing, id: string): Promise<LoadedRow> {
  const row = await readRow(sql, listing.source, id, allFields(listing));
  if (!row) throw notFound({ what: listing.resource, id });
  return row;
}

function demandVersion(desk: Desk, call: Call & { version: number }, listing: DocumentListing, row: LoadedRow): void {
  const current = row.version ?? 1;
  if (call.version === current) return;
  throw versionConflict({ yours: call.version, current, row: show(desk, call, listing, row) });
}

interface Change {
  listing: DocumentListing;
  before?: LoadedRow | undefined;
  after?: LoadedRow | undefined;
}

async function record(
  { access }: Desk,
  sql: Sql,
  { staff, resource, decision }: Call & { decision: Decision },
  { listing, before, after }: Change,
): Promise<void> {
  const changes = changesBetween(listing.fields, before?.values, after?.values);
  if (before && after && before.isArchived !== after.isArchived) {
    changes.fields.push('archived');
    changes.before['archived'] = before.isArchived;
    changes.after['archived'] = after.isArchived;
  }
  const row = after ?? before;
  await access.record(sql, {
    staff,
    decision,
    storeId: row?.facts.storeIds[0] ?? null,
    subjectType: resource,
    subjectId: row?.id ?? '',
    fields: changes.fields,
    ...(before ? { before: changes.before } : {}),
    ...(after ? { after: changes.after } : {}),
  });
}

async function create(desk: Desk, call: Call, input: unknown): Promise<Row> {
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

async function change(desk: Desk, call: Call & { id: string; version: number }, input: unknown): Promise<Row> {
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

async function remove(desk: Desk, call: Call & { id: string; version: number }) {
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
      return { id, archived: false };
    }
    if (before.isArchived) return { id, archived: true };
    await documents(desk, listing).update({ documentId: id, data: { archived: true } as never });
    await record(desk, sql, { ...call, decision }, { listing, before, after: await reread(sql, listing, id) });
    return { id, archived: true };
  });
}

export function createWriting(parts: Parts): Writing {
  const desk: Desk = { ...parts, checkRelations: createRelationCheck(parts.access, parts.listings) };
  return {
    create: (call, body) => create(desk, call, body),
    change: (call, body) => change(desk, call, body),
    remove: (call) => remove(desk, call),
  };
}
