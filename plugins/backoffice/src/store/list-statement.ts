import { createHash } from 'node:crypto';
import type { RowRule } from '@tessera/access/domain';
import type { Statement } from '@tessera/kernel/public';
import type { Filter, ListQuery } from '../domain/list-query';
import { identifier, type Column, type Link, type Source, type Target, type Tie } from './source';

/** What to read: fields by name, rows by rule, filters and order by key. */
export interface ListRequest {
  fields: ReadonlySet<string>;
  rules: readonly RowRule[];
  query: Pick<ListQuery, 'filters' | 'sort' | 'search' | 'archived'>;
  /** Columns that `query.search` looks into, by field or search-column name. */
  searchIn: ReadonlySet<string>;
  defaultSort: ListQuery['sort'];
}

export interface Bound extends Statement {
  values: unknown[];
}

/** Collects values; hands out their placeholders. The only way a value gets near a statement. */
function parameters() {
  const values: unknown[] = [];
  return { values, add: (value: unknown, cast: string) => `$${values.push(value)}::${cast}` };
}
type Parameters = ReturnType<typeof parameters>;

/** Under this length three-letter groups cannot find what contains it; what begins with it they can. */
const SHORTEST_INFIX = 3;

function pattern(text: string): string {
  const escaped = text.replace(/[\\%_]/g, (character) => `\\${character}`);
  return [...text].length < SHORTEST_INFIX ? `${escaped}%` : `%${escaped}%`;
}

function inLink(source: Source, link: Link, values: string): string {
  return `${source.key} IN (SELECT l.${link.ownColumn} FROM ${link.table} l JOIN ${link.target.table} x ON x.id = l.${link.targetColumn} WHERE ${link.target.id} = ANY (${values}))`;
}

function isTied(source: Source, tie: Tie, values: string): string {
  return tie.kind === 'scalar' ? `${tie.sql} = ANY (${values})` : inLink(source, tie.link, values);
}

/** One rule as a condition; null = it admits every row. */
function ruleCondition(source: Source, rule: RowRule, bind: Parameters): string | null {
  const parts: string[] = [];
  if (rule.stores !== 'all') {
    parts.push(source.store ? isTied(source, source.store, bind.add(rule.stores, 'text[]')) : 'false');
  }
  if (rule.staffId !== undefined) {
    parts.push(source.staff ? isTied(source, source.staff, bind.add([rule.staffId], 'text[]')) : 'false');
  }
  return parts.length === 0 ? null : parts.join(' AND ');
}

function rulesCondition(source: Source, rules: readonly RowRule[], bind: Parameters): string[] {
  if (rules.some((rule) => rule.stores === 'all' && rule.staffId === undefined)) return [];
  const conditions = rules.map((rule) => `(${ruleCondition(source, rule, bind)})`);
  return [conditions.length === 0 ? 'false' : `(${conditions.join(' OR ')})`];
}

/** A date goes over as a Date, so that columns with and without a zone compare alike. */
function comparable(column: Extract<Column, { kind: 'scalar' }>, values: Filter['values']): unknown[] {
  return column.field.type === 'datetime' ? values.map((value) => new Date(String(value))) : [...values];
}

function scalarCondition(column: Extract<Column, { kind: 'scalar' }>, filter: Filter, bind: Parameters): string {
  const { sql, cast, field } = column;
  const values = comparable(column, filter.values);
  if (field.type === 'text-list') {
    const any = values.map((value) => `${sql} @> jsonb_build_array(${bind.add(value, 'text')})`).join(' OR ');
    return filter.operator === 'ne' ? `coalesce(NOT (${any}), true)` : `(${any})`;
  }
  switch (filter.operator) {
    case 'eq':
      return `${sql} = ANY (${bind.add(values, `${cast}[]`)})`;
    case 'ne':
      return `coalesce(${sql} <> ALL (${bind.add(values, `${cast}[]`)}), true)`;
    case 'gte':
      return `${sql} >= ${bind.add(values[0], cast)}`;
    case 'lte':
      return `${sql} <= ${bind.add(values[0], cast)}`;
    case 'like':
      return `(${values.map((value) => `${sql} ILIKE ${bind.add(pattern(String(value)), 'text')}`).join(' OR ')})`;
  }
}

function filterCondition(source: Source, filter: Filter, bind: Parameters): string {
  if (filter.key === 'id') return `${source.id} = ANY (${bind.add(filter.values, 'text[]')})`;
  const column = source.columns.find((candidate) => candidate.field.key === filter.key);
  if (!column || column.kind === 'image') throw new Error(`no column for the filter ${filter.key}`);
  if (column.kind === 'scalar') return scalarCondition(column, filter, bind);
  const isLinked = inLink(source, column.link, bind.add(filter.values, 'text[]'));
  return filter.operator === 'ne' ? `NOT ${isLinked}` : isLinked;
}

function searchCondition(source: Source, request: ListRequest, bind: Parameters): string[] {
  const { search } = request.query;
  if (search === null) return [];
  // A parameter that nothing uses has no type: PostgreSQL refuses the whole statement.
  if (request.searchIn.size === 0) return ['false'];
  const like = bind.add(pattern(search), 'text');
  const inFields = source.columns.flatMap((column) => {
    if (column.kind !== 'scalar' || !request.searchIn.has(column.field.name)) return [];
    if (column.field.type !== 'text-list') return [`${column.sql} ILIKE ${like}`];
    return [`${column.sql} @> jsonb_build_array(${bind.add(search, 'text')})`];
  });
  const inDerived = source.searchColumns
    .filter((column) => request.searchIn.has(column.name))
    .map((column) => `${column.sql} ILIKE ${like}`);
  return [`(${[...inFields, ...inDerived].join(' OR ') || 'false'})`];
}

/** Flags are written out, not bound: partial indexes then apply. */
function archivedCondition(source: Source, archived: ListQuery['archived']): string[] {
  if (source.archived === null || archived === 'any') return [];
  return [archived === 'only' ? source.archived : `NOT ${source.archived}`];
}

function where(source: Source, request: ListRequest, bind: Parameters): string {
  const conditions = [
    ...archivedCondition(source, request.query.archived),
    ...rulesCondition(source, request.rules, bind),
    ...request.query.filters.map((filter) => filterCondition(source, filter, bind)),
    ...searchCondition(source, request, bind),
  ];
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
}

function named(target: Target): string {
  return `jsonb_build_object('id', ${target.id}, 'label', jsonb_build_object('zh', ${target.title.zh}, 'en', ${target.title.en}))`;
}

/** Every target of a link as a JSON array, in the order of the link. */
function linked(link: Link, key: string): string {
  const order = link.orderColumn ? `l.${link.orderColumn}, x.id` : 'x.id';
  return `(SELECT coalesce(jsonb_agg(${named(link.target)} ORDER BY ${order}), '[]') FROM ${link.table} l JOIN ${link.target.table} x ON x.id = l.${link.targetColumn} WHERE l.${link.ownColumn} = ${key})`;
}

function idsOf(tie: Tie | null, inner: string | null): string {
  if (tie === null) return `'{}'::text[]`;
  if (tie.kind === 'scalar') return `array_remove(ARRAY[p.${inner}], NULL)`;
  const { link } = tie;
  return `ARRAY(SELECT ${link.target.id} FROM ${link.table} l JOIN ${link.target.table} x ON x.id = l.${link.targetColumn} WHERE l.${link.ownColumn} = p._key)`;
}

function outerColumn(column: Column): string {
  const name = identifier(column.field.name);
  if (column.kind === 'link') {
    const all = linked(column.link, 'p._key');
    return `${column.field.type === 'relation' ? `${all} -> 0` : all} AS ${name}`;
  }
  if (column.kind === 'image') {
    return `(SELECT jsonb_build_object('id', f.id::text, 'url', f.url) FROM public.files_related_mph m JOIN public.files f ON f.id = m.file_id WHERE m.related_id = p._key AND m.related_type = '${column.uid}' AND m.field = '${column.field.name}' LIMIT 1) AS ${name}`;
  }
  if (!column.target) return `p.${name}`;
  return `CASE WHEN p.${name} IS NOT NULL THEN coalesce((SELECT ${named(column.target)} FROM ${column.target.table} x WHERE ${column.target.id} = p.${name}), jsonb_build_object('id', p.${name}, 'label', NULL)) END AS ${name}`;
}

interface Order {
  sql: string;
  order: 'asc' | 'desc';
}

/** Ties follow the direction of the first column, so that one index serves both directions. */
function orderOf(source: Source, request: ListRequest): Order[] {
  const wanted = request.query.sort.length > 0 ? request.query.sort : request.defaultSort;
  const orders = wanted.map(({ key, order }) => {
    const column = source.columns.find((candidate) => candidate.field.key === key);
    if (column?.kind !== 'scalar') throw new Error(`no column to sort by: ${key}`);
    return { sql: column.sql, order };
  });
  return [...orders, { sql: source.key, order: orders[0]?.order ?? 'desc' }];
}

function nameOf(text: string): string {
  return `backoffice-${createHash('sha256').update(text).digest('base64url').slice(0, 20)}`;
}

/** Only plain lists are prepared: a plan made for one search or store would be the wrong one for the next. */
function isPlain(request: ListRequest): boolean {
  const { filters, search } = request.query;
  return filters.length === 0 && search === null && request.rules.every((rule) => rule.stores === 'all');
}

function finish(text: string, values: unknown[], request: ListRequest): Bound {
  return isPlain(request) ? { name: nameOf(text), text, values } : { text, values };
}

/** One page of rows: narrow first, then look up names for these rows only. */
export function pageStatement(source: Source, request: ListRequest, page: { offset: number; limit: number }): Bound {
  const bind = parameters();
  const columns = source.columns.filter((column) => request.fields.has(column.field.name));
  const orders = orderOf(source, request);
  const inner = [
    `${source.id} AS _id`,
    `${source.key} AS _key`,
    `${source.version ?? 'NULL'} AS _version`,
    `${source.archived ?? 'NULL'} AS _archived`,
    ...(source.store?.kind === 'scalar' ? [`${source.store.sql} AS _store`] : []),
    ...(source.staff?.kind === 'scalar' ? [`${source.staff.sql} AS _staff`] : []),
    ...orders.map((order, index) => `${order.sql} AS _order${index}`),
    ...columns.flatMap((column) =>
      column.kind === 'scalar' ? [`${column.sql} AS ${identifier(column.field.name)}`] : [],
    ),
  ];
  const rows = `SELECT ${inner.join(', ')} FROM ${source.from}${where(source, request, bind)} ORDER BY ${orders
    .map((order) => `${order.sql} ${order.order}`)
    .join(', ')} LIMIT ${bind.add(page.limit, 'bigint')} OFFSET ${bind.add(page.offset, 'bigint')}`;
  const outer = [
    'p._id',
    'p._version',
    'p._archived',
    `${idsOf(source.store, '_store')} AS _stores`,
    `${idsOf(source.staff, '_staff')} AS _staffs`,
    ...columns.map(outerColumn),
  ];
  const text = `SELECT ${outer.join(', ')} FROM (${rows}) p ORDER BY ${orders
    .map((order, index) => `p._order${index} ${order.order}`)
    .join(', ')}`;
  return finish(text, bind.values, request);
}

/** Counts the rows of a list, and stops after `most` + 1 of them. */
export function countStatement(source: Source, request: ListRequest, most: number): Bound {
  const bind = parameters();
  const condition = where(source, request, bind);
  const text = `SELECT count(*) AS total FROM (SELECT 1 FROM ${source.from}${condition} LIMIT ${bind.add(most + 1, 'bigint')}) counted`;
  return finish(text, bind.values, request);
}

/** Asks the planner how many rows a list has. */
export function estimateStatement(source: Source, request: ListRequest): Bound {
  const bind = parameters();
  const condition = where(source, request, bind);
  return { text: `EXPLAIN (FORMAT JSON) SELECT 1 FROM ${source.from}${condition}`, values: bind.values };
}
