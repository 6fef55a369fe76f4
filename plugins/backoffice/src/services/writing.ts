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

export function createWriting({ strapi, access, listings, isInUse }: Parts): Writing {
  const checkRelations = createRelationCheck(access, listings);

  async function inTransaction<Result>(listing: DocumentListing, run: (sql: Sql) => Promise<Result>): Promise<Result> {
    try {
      return await kernel(strapi).documentTransaction(run);
    } catch (error) {
      throw translateDocumentError(listing.definition, error);
    }
  }
  function show({ staff, now }: Call, listing: DocumentListing, row: LoadedRow): Row {
    const viewer = createViewer(access, listings, staff, now);
    const shown = viewer.show(listing, viewer.rulesOf(listing), row);
    return shown ?? { id: row.id, version: row.version ?? 1, archived: row.isArchived === true };
  }
  /** Locks the row and refuses a version that is no longer the current one. */
  async function lock(sql: Sql, { id, resource }: { id: string; resource: string }, listing: DocumentListing) {
    const row = await lockRow(sql, listing.source, id, allFields(listing));
    if (!row) throw notFound({ what: resource, id });
    return row;
  }
  function demandVersion(call: Call & { version: number }, listing: DocumentListing, row: LoadedRow): void {
    const current = row.version ?? 1;
    if (call.version !== current) {
      throw versionConflict({ yours: call.version, current, row: show(call, listing, row) });
    }
  }
  async function record(
    sql: Sql,
    { staff, resource, decision }: Call & { decision: Decision },
    {
      listing,
      before,
      after,
    }: { listing: DocumentListing; before?: LoadedRow | undefined; after?: LoadedRow | undefined },
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
  async function reread(sql: Sql, listing: DocumentListing, id: string): Promise<LoadedRow> {
    const row = await readRow(sql, listing.source, id, allFields(listing));
    if (!row) throw notFound({ what: listing.resource, id });
    return row;
  }
  function documents(listing: DocumentListing) {
    return strapi.documents(listing.definition.uid as UID.ContentType);
  }

  return {
    async create(call, input) {
      const { staff, now } = call;
      const listing = listings.document(call.resource);
      const { permission } = listing;
      const body = parse(writeSchema(listing.definition, 'create'), input);
      return inTransaction(listing, async (sql) => {
        const decision = await access.demand(staff, {
          permission: `${permission}.create`,
          now,
          records: recordsOf(factsAfter(listing, { storeIds: [], staffIds: [] }, body)),
          fields: { write: writtenFields(listing, body) },
        });
        await checkRelations(sql, staff, { listing, current: undefined, body }, now);
        const { documentId } = await documents(listing).create({ data: toDocument(listing, body) as never });
        const after = await reread(sql, listing, documentId);
        await record(sql, { ...call, decision }, { listing, after });
        return show(call, listing, after);
      });
    },

    async change(call, input) {
      const { staff, now, id } = call;
      const listing = listings.document(call.resource);
      const { permission } = listing;
      const body = parse(writeSchema(listing.definition, 'change'), input);
      return inTransaction(listing, async (sql) => {
        const before = await lock(sql, call, listing);
        const written = writtenFields(listing, body);
        const records: RecordFacts[] = [
          ...recordsOf(before.facts),
          ...recordsOf(factsAfter(listing, before.facts, body)),
        ];
        let decision = await access.demand(staff, {
          permission: `${permission}.change`,
          now,
          records,
          fields: { write: written },
        });
        if (Object.hasOwn(body, 'archived')) {
          decision = await access.demand(staff, { permission: `${permission}.delete`, now, records });
        }
        demandVersion(call, listing, before);
        await checkRelations(sql, staff, { listing, current: before, body }, now);
        if (Object.keys(body).length === 0) return show(call, listing, before);
        await documents(listing).update({ documentId: id, data: toDocument(listing, body) as never });
        const after = await reread(sql, listing, id);
        await record(sql, { ...call, decision }, { listing, before, after });
        return show(call, listing, after);
      });
    },

    async remove(call) {
      const { staff, now, id } = call;
      const listing = listings.document(call.resource);
      return inTransaction(listing, async (sql) => {
        const before = await lock(sql, call, listing);
        const permission = `${listing.permission}.delete`;
        const decision = await access.demand(staff, { permission, now, records: recordsOf(before.facts) });
        demandVersion(call, listing, before);
        if (!(await isInUse(sql, listing, id))) {
          await documents(listing).delete({ documentId: id });
          await record(sql, { ...call, decision }, { listing, before });
          return { id, archived: false };
        }
        if (before.isArchived) return { id, archived: true };
        await documents(listing).update({ documentId: id, data: { archived: true } as never });
        await record(sql, { ...call, decision }, { listing, before, after: await reread(sql, listing, id) });
        return { id, archived: true };
      });
    },
  };
}
