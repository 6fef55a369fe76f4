import type { Sql } from '@tessera/kernel/public';
import type { LoadedValues, RowFacts } from '../domain/visible-row';
import { countStatement, estimateStatement, pageStatement, type Bound, type ListRequest } from './list-statement';
import type { Link, Source } from './source';

/** One row as loaded: nothing is masked yet. */
export interface LoadedRow {
  id: string;
  version: number | null;
  isArchived: boolean | null;
  facts: RowFacts;
  values: LoadedValues;
}

export interface RawRow extends Record<string, unknown> {
  _id: string;
  _version: number | null;
  _archived: boolean | null;
  _stores: string[];
  _staffs: string[];
}

function run<Row>(sql: Sql, { values, ...statement }: Bound): Promise<Row[]> {
  return sql.query<Row>(statement, values);
}

export function toRow({ _id, _version, _archived, _stores, _staffs, ...values }: RawRow): LoadedRow {
  return {
    id: _id,
    version: _version,
    isArchived: _archived,
    facts: { storeIds: _stores, staffIds: _staffs },
    values: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
    ),
  };
}

export async function readPage(
  sql: Sql,
  source: Source,
  request: ListRequest,
  page: { offset: number; limit: number },
): Promise<LoadedRow[]> {
  const rows = await run<RawRow>(sql, pageStatement(source, request, page));
  return rows.map(toRow);
}

const EVERYTHING = [{ stores: 'all' as const, read: {} }];

function oneById(id: string, fields: ReadonlySet<string>): ListRequest {
  return {
    fields,
    rules: EVERYTHING,
    query: { filters: [{ key: 'id', operator: 'eq', values: [id] }], sort: [], search: null, archived: 'any' },
    searchIn: new Set(),
    defaultSort: [],
  };
}

/** One row, whoever asks: the caller decides what may be done with it. */
export async function readRow(
  sql: Sql,
  source: Source,
  id: string,
  fields: ReadonlySet<string>,
): Promise<LoadedRow | undefined> {
  const rows = await readPage(sql, source, oneById(id, fields), { offset: 0, limit: 1 });
  return rows[0];
}

/** Keeps others from changing the row until the transaction ends; reads it only then, links included. */
export async function lockRow(
  sql: Sql,
  source: Source,
  id: string,
  fields: ReadonlySet<string>,
): Promise<LoadedRow | undefined> {
  await sql.query(`SELECT 1 FROM ${source.from} WHERE ${source.id} = $1 FOR UPDATE`, [id]);
  return readRow(sql, source, id, fields);
}

/** Which of these rows exist, with what ties them. */
export async function readRows(sql: Sql, source: Source, ids: readonly string[]): Promise<LoadedRow[]> {
  const request = oneById('', new Set());
  request.query.filters = [{ key: 'id', operator: 'eq', values: [...ids] }];
  return readPage(sql, source, request, { offset: 0, limit: ids.length });
}

interface Plan {
  'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }];
}

/** Exact up to `most`; beyond, what the planner thinks. */
export async function countRows(
  sql: Sql,
  source: Source,
  request: ListRequest,
  most: number,
): Promise<{ total: number; isEstimated: boolean }> {
  const [counted] = await run<{ total: number }>(sql, countStatement(source, request, most));
  const total = counted?.total ?? 0;
  if (total <= most) return { total, isEstimated: false };
  const [plan] = await run<Plan>(sql, estimateStatement(source, request));
  return { total: Math.max(total, plan?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0), isEstimated: true };
}

/** Does a row of any of these link tables point to this document? */
export async function isLinkedTo(
  sql: Sql,
  source: Source,
  links: readonly { table: string; column: string }[],
  documentId: string,
): Promise<boolean> {
  if (links.length === 0) return false;
  const tests = links.map((link) => `EXISTS (SELECT 1 FROM ${link.table} l WHERE l.${link.column} = ${source.key})`);
  const rows = await sql.query<{ is_linked: boolean }>(
    `SELECT ${tests.join(' OR ')} AS is_linked FROM ${source.from} WHERE ${source.id} = $1`,
    [documentId],
  );
  return rows[0]?.is_linked ?? false;
}

/** Is the target of a one-to-one relation already the target of another row? */
export async function isLinkTaken(
  sql: Sql,
  source: Source,
  { link, targetId, ownId }: { link: Link; targetId: string; ownId: string | null },
): Promise<boolean> {
  const rows = await sql.query(
    `SELECT 1 FROM ${link.table} l JOIN ${link.target.table} x ON x.id = l.${link.targetColumn}
      JOIN ${source.from} ON ${source.key} = l.${link.ownColumn}
      WHERE ${link.target.id} = $1 AND ${source.id} IS DISTINCT FROM $2 LIMIT 1`,
    [targetId, ownId],
  );
  return rows.length > 0;
}

/** Does this sign-in account exist? */
export async function isAccount(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql.query('SELECT 1 FROM public.admin_users WHERE id = $1::bigint', [id]);
  return rows.length > 0;
}

/** Does any record still show this file? */
export async function isFileUsed(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql.query('SELECT 1 FROM public.files_related_mph WHERE file_id = $1::bigint LIMIT 1', [id]);
  return rows.length > 0;
}
