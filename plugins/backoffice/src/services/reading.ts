import type { Access, Staff } from '@tessera/access/public';
import { notFound } from '@tessera/kernel/domain';
import type { Database } from '@tessera/kernel/public';
import { EXACT_COUNT, type Row } from '../contracts';
import { parseListQuery, type ListQuery } from '../domain/list-query';
import type { ListRequest } from '../store/list-statement';
import { countRows, readPage, readRow } from '../store/row-store';
import { recordsOf } from './record-facts';
import { createViewer, type Viewer } from './viewer';
import type { Listing, Listings } from './listings';

export interface Page {
  rows: Row[];
  total: number;
  isEstimated: boolean;
}

export interface Reading {
  /** @throws invalid_input (400), forbidden (403) naming a field that may not be used to sort, filter or search */
  list(staff: Staff, resource: string, entries: [string, string][], now: Date): Promise<Page>;
  /** @throws not_found (404), forbidden (403) */
  get(staff: Staff, resource: string, id: string, now: Date): Promise<Row>;
}

/** Columns that a search may look into: flagged, and clear for everything the person may see. */
function searchable(listing: Listing, viewer: Viewer): string[] {
  const fields = listing.fields.filter((field) => field.isSearchable && viewer.isClear(listing, field.name));
  const derived = listing.searchColumns.filter((column) =>
    column.derivedFrom.every((field) => viewer.isClear(listing, field)),
  );
  return [...fields, ...derived].map(({ name }) => name);
}

function usedFields(listing: Listing, query: ListQuery, searchIn: readonly string[]): string[] {
  const keys = new Set([...query.filters, ...query.sort].map(({ key }) => key));
  const used = listing.fields.filter((field) => keys.has(field.key)).map((field) => field.name);
  if (query.search === null || searchIn.length > 0) return used;
  return [...used, ...listing.fields.filter((field) => field.isSearchable).map((field) => field.name)];
}

export function createReading(access: Access, database: Database, listings: Listings): Reading {
  return {
    async list(staff, resource, entries, now) {
      const listing = listings.get(resource);
      const query = parseListQuery(entries, listing);
      const viewer = createViewer(access, listings, staff, now);
      const searchIn = query.search === null ? [] : searchable(listing, viewer);
      const permission = `${listing.permission}.view`;
      const fields = { query: usedFields(listing, query, searchIn) };
      const { rows: rules } = await access.demand(staff, { permission, now, fields });
      const request: ListRequest = {
        fields: viewer.fieldsToLoad(listing, rules),
        rules,
        query,
        searchIn: new Set(searchIn),
        defaultSort: listing.defaultSort,
      };
      const [rows, count] = await Promise.all([
        readPage(database, listing.source, request, query),
        countRows(database, listing.source, request, EXACT_COUNT),
      ]);
      return { ...count, rows: rows.flatMap((row) => viewer.show(listing, rules, row) ?? []) };
    },

    async get(staff, resource, id, now) {
      const listing = listings.get(resource);
      const viewer = createViewer(access, listings, staff, now);
      const rules = viewer.rulesOf(listing);
      const row = await readRow(database, listing.source, id, viewer.fieldsToLoad(listing, rules));
      if (!row) throw notFound({ what: resource, id });
      const shown = viewer.show(listing, rules, row);
      // Counts the look, or records the refusal and says why.
      const records = recordsOf(row.facts);
      const permission = `${listing.permission}.view`;
      const admitted = records.filter(
        (record) => access.decide(staff, { permission, now, records: [record] }).effect === 'allow',
      );
      await access.demand(staff, { permission, now, records: admitted.length > 0 ? admitted : records });
      if (!shown) throw notFound({ what: resource, id });
      return shown;
    },
  };
}
