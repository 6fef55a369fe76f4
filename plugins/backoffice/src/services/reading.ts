import type { Access, Staff } from '@tessera/access/public';
import { notFound } from '@tessera/kernel/domain';
import type { Database } from '@tessera/kernel/public';
import { EXACT_COUNT, type Row } from '../contracts';
import { countRows, readPage, readRow } from '../store/row-store';
import { recordsOf } from './record-facts';
import { createViewer } from './viewer';
import type { Listings } from './listings';
import { planList } from './plan-list';

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

export function createReading(access: Access, database: Database, listings: Listings): Reading {
  return {
    async list(staff, resource, entries, now) {
      const { listing, query, viewer, request } = await planList(access, listings, { staff, resource, entries, now });
      const [rows, count] = await Promise.all([
        readPage(database, listing.source, request, query),
        countRows(database, listing.source, request, EXACT_COUNT),
      ]);
      return { ...count, rows: rows.flatMap((row) => viewer.show(listing, request.rules, row) ?? []) };
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
