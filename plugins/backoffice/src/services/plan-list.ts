import type { Access, Staff } from '@tessera/access/public';
import { parseListQuery, type ListQuery } from '../domain/list-query';
import type { ListRequest } from '../store/list-statement';
import { createViewer, type Viewer } from './viewer';
import type { Listing, Listings } from './listings';

export interface ListCall {
  staff: Staff;
  resource: string;
  entries: [string, string][];
  now: Date;
}

/** What one person may see of a list, as it was asked for. */
export interface PlannedList {
  listing: Listing;
  query: ListQuery;
  viewer: Viewer;
  request: ListRequest;
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

/**
 * Parses what was asked and decides which rows and fields it is about: the one way into a list, looked at or taken along.
 * @throws invalid_input (400), forbidden (403) naming a field that may not be used to sort, filter or search
 */
export async function planList(access: Access, listings: Listings, call: ListCall): Promise<PlannedList> {
  const { staff, resource, entries, now } = call;
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
  return { listing, query, viewer, request };
}
