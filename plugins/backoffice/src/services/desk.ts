import type { Core, UID } from '@strapi/strapi';
import type { Decision } from '@tessera/access/domain';
import type { Access, Staff } from '@tessera/access/public';
import { notFound } from '@tessera/kernel/domain';
import { kernel, type Sql } from '@tessera/kernel/public';
import type { Row } from '../contracts';
import { changesBetween } from '../domain/changes';
import { versionConflict } from '../domain/errors';
import { lockRow, readRow, type LoadedRow } from '../store/row-store';
import { translateDocumentError } from './document-errors';
import type { DocumentListing, Listings } from './listings';
import { createViewer } from './viewer';

/** Who writes what. */
export interface Call {
  staff: Staff;
  resource: string;
  now: Date;
}

/** What every write needs. */
export interface Desk {
  strapi: Core.Strapi;
  access: Access;
  listings: Listings;
}

function allFields(listing: DocumentListing): Set<string> {
  return new Set(listing.fields.map((field) => field.name));
}

/** What Strapi or the database refuse leaves as a refusal of ours. */
export async function inTransaction<Result>(
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

/** Strapi's document service for this kind of record. */
export function documents({ strapi }: Desk, listing: DocumentListing) {
  return strapi.documents(listing.definition.uid as UID.ContentType);
}

/** The row as the person who wrote it may see it. */
export function show({ access, listings }: Desk, { staff, now }: Call, listing: DocumentListing, row: LoadedRow): Row {
  const viewer = createViewer(access, listings, staff, now);
  const shown = viewer.show(listing, viewer.rulesOf(listing), row);
  return shown ?? { id: row.id, version: row.version ?? 1, archived: row.isArchived === true };
}

/** Locked, so that the version that is compared is the version that is written over. */
export async function lock(sql: Sql, { id, resource }: { id: string; resource: string }, listing: DocumentListing) {
  const row = await lockRow(sql, listing.source, id, allFields(listing));
  if (!row) throw notFound({ what: resource, id });
  return row;
}

/** The row as it is after the write. */
export async function reread(sql: Sql, listing: DocumentListing, id: string): Promise<LoadedRow> {
  const row = await readRow(sql, listing.source, id, allFields(listing));
  if (!row) throw notFound({ what: listing.resource, id });
  return row;
}

/** @throws version_conflict (409) with the row as it is */
export function demandVersion(
  desk: Desk,
  call: Call & { version: number },
  listing: DocumentListing,
  row: LoadedRow,
): void {
  const current = row.version ?? 1;
  if (call.version === current) return;
  throw versionConflict({ yours: call.version, current, row: show(desk, call, listing, row) });
}

/** What a write made of a row; without `before` it is new, without `after` it is gone. */
export interface Change {
  listing: DocumentListing;
  before?: LoadedRow | undefined;
  after?: LoadedRow | undefined;
}

/** One line of the trail, in the transaction of the write. */
export async function record(
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
