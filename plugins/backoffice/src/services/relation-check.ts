import type { Access, Staff } from '@tessera/access/public';
import type { Sql } from '@tessera/kernel/public';
import { duplicateValue, unknownReference } from '../domain/errors';
import { isRelation, type ResourceField } from '../domain/resource';
import { visibilityOfRow, type Reference } from '../domain/visible-row';
import { isAccount, isLinkTaken, readRows, type LoadedRow } from '../store/row-store';
import { ACCOUNTS, type DocumentListing, type Listings } from './listings';
import { createViewer } from './viewer';

interface Write {
  listing: DocumentListing;
  /** The row before; undefined when it is being made. */
  current: LoadedRow | undefined;
  body: Record<string, unknown>;
}

export type CheckRelations = (sql: Sql, staff: Staff, write: Write, now: Date) => Promise<void>;

/** Ids that a body names for a field and that the row is not linked to already. */
function addedIds(field: ResourceField, { body, current }: Write): string[] {
  const given = body[field.key];
  const wanted = (Array.isArray(given) ? given : [given]).filter((id): id is string => typeof id === 'string');
  const linked = current?.values[field.name] as Reference[] | Reference | null | undefined;
  const known = new Set((Array.isArray(linked) ? linked : linked ? [linked] : []).map((reference) => reference.id));
  return wanted.filter((id) => !known.has(id));
}

/** What a write newly points to must exist, be in use, be visible to the person, hold no more than he does, and not be another row's alone. */
export function createRelationCheck(access: Access, listings: Listings): CheckRelations {
  async function checkAccounts(sql: Sql, staff: Staff, field: ResourceField, ids: string[], now: Date): Promise<void> {
    await access.demand(staff, { permission: 'staff.view', now });
    for (const id of ids) {
      if (!(await isAccount(sql, id))) throw unknownReference({ field: field.key, ids: [id] });
      await access.permitAccount(staff, id, now);
    }
  }
  async function checkRows(
    sql: Sql,
    staff: Staff,
    { field, target, ids }: { field: ResourceField; target: DocumentListing; ids: string[] },
    now: Date,
  ): Promise<void> {
    const rules = createViewer(access, listings, staff, now).rulesOf(target);
    const rows = await readRows(sql, target.source, ids);
    const visible = rows.filter((row) => row.isArchived !== true && visibilityOfRow(rules, row.facts));
    const found = new Set(visible.map((row) => row.id));
    const missing = ids.filter((id) => !found.has(id));
    if (missing.length > 0) throw unknownReference({ field: field.key, ids: missing });
  }
  async function checkNotTaken(sql: Sql, { listing, current }: Write, field: ResourceField, ids: string[]) {
    const column = listing.source.columns.find((candidate) => candidate.field.name === field.name);
    if (column?.kind !== 'link') return;
    for (const targetId of ids) {
      const taken = await isLinkTaken(sql, listing.source, { link: column.link, targetId, ownId: current?.id ?? null });
      if (taken) throw duplicateValue({ field: field.key });
    }
  }
  return async (sql, staff, write, now) => {
    for (const field of write.listing.definition.fields) {
      if (!isRelation(field) || !field.target) continue;
      const ids = addedIds(field, write);
      if (ids.length === 0) continue;
      const target = listings.documentByUid(field.target);
      if (target) await checkRows(sql, staff, { field, target, ids }, now);
      else if (listings.referenceOf(field) === ACCOUNTS) await checkAccounts(sql, staff, field, ids, now);
      if (field.isUnique) await checkNotTaken(sql, write, field, ids);
    }
  };
}
