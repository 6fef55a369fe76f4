import type { Readable } from 'node:stream';
import type { Access, Staff } from '@tessera/access/public';
import type { RecordFacts } from '@tessera/access/domain';
import type { Database } from '@tessera/kernel/public';
import type { ExportRequest } from '../contracts';
import { exportTooLarge } from '../domain/errors';
import { exportCell, isExported, type SheetCell } from '../domain/export-cell';
import { mask } from '../domain/mask';
import { narrowRules } from '../domain/narrow-rules';
import type { ListField } from '../domain/resource';
import { watermarkOf } from '../domain/watermark';
import { takeSnapshot, type Snapshot } from '../store/snapshot-store';
import { planList, type PlannedList } from './plan-list';
import type { Listings } from './listings';
import { SHEET_TYPES, writeSheet } from './write-sheet';

export interface ExportCall {
  staff: Staff;
  resource: string;
  /** The list's own parameters: search, filters, order. Its page counts for nothing. */
  entries: [string, string][];
  request: ExportRequest;
  now: Date;
}

export interface Exporting {
  /**
   * The rows of a list with their masks, as a file. On the trail before the first byte leaves.
   * @throws invalid_input (400), forbidden, approval_required (403) above the limit of rows, export_too_large (422)
   */
  export(call: ExportCall): Promise<{ fileName: string; contentType: string; content: Readable }>;
}

/** Rows of a sheet of a workbook, less the header and the watermark. */
const MOST_XLSX_ROWS = 1_048_574;

/** What was asked for, fit for the trail: what was looked for in personal fields is masked. */
function filtersOf({ listing, query }: PlannedList): Record<string, unknown> {
  const filters = query.filters.map(({ key, operator, values }) => {
    const field = listing.fields.find((candidate) => candidate.key === key);
    return { key, operator, values: field?.isPersonal ? values.map((value) => mask(field.mask, value)) : values };
  });
  const search = query.search === null ? {} : { search: mask('text', query.search) };
  return { ...(filters.length > 0 ? { filters } : {}), ...search, archived: query.archived };
}

async function* cellPages(
  plan: PlannedList,
  fields: readonly ListField[],
  snapshot: Snapshot,
  language: ExportRequest['language'],
): AsyncGenerator<SheetCell[][]> {
  try {
    for await (const rows of snapshot.rows()) {
      const shown = rows.flatMap((row) => plan.viewer.show(plan.listing, plan.request.rules, row) ?? []);
      yield shown.map((row) => fields.map((field) => exportCell(field, row, language)));
    }
  } finally {
    await snapshot.close();
  }
}

export function createExporting(access: Access, database: Database, listings: Listings): Exporting {
  async function demand({ staff, now }: ExportCall, permission: string, snapshot: Snapshot) {
    const stores = await snapshot.storeIds();
    const records: RecordFacts[] = stores.map((storeId) => ({ storeId }));
    return access.demand(staff, { permission, now, records, amounts: { rows: snapshot.total } });
  }

  return {
    async export(call) {
      const { staff, resource, entries, request, now } = call;
      const { format, language, reason } = request;
      const plan = await planList(access, listings, { staff, resource, entries, now });
      const { listing } = plan;
      const permission = `${listing.permission}.export`;
      const reach = await access.demand(staff, { permission, now });
      plan.request.rules = narrowRules(plan.request.rules, reach.rows);
      const fields = listing.fields.filter((field) => plan.request.fields.has(field.name) && isExported(field));
      const snapshot = await takeSnapshot(database, listing.source, plan.request);
      try {
        if (format === 'xlsx' && snapshot.total > MOST_XLSX_ROWS) throw exportTooLarge({ most: MOST_XLSX_ROWS });
        const decision = await demand(call, permission, snapshot);
        await access.record(database, {
          staff,
          decision,
          subjectType: resource,
          fields: fields.map(({ name }) => name),
          amount: snapshot.total,
          reason,
          after: { format, rows: snapshot.total, ...filtersOf(plan) },
        });
      } catch (error) {
        await snapshot.close();
        throw error;
      }
      const title = listing.label[language];
      const watermark = watermarkOf({ title, staffName: staff.name, reason, rows: snapshot.total, now });
      const content = writeSheet(format, {
        title,
        header: fields.map(({ label }) => label[language]),
        rows: cellPages(plan, fields, snapshot, language),
        watermark,
        author: staff.name,
        now,
      });
      // Whoever goes away before the first row has not begun to read them either.
      content.on('close', () => void snapshot.close());
      const fileName = `${resource}-${now.toISOString().slice(0, 10)}.${format}`;
      return { fileName, contentType: SHEET_TYPES[format], content };
    },
  };
}
