import { invalidInput, type InputIssue } from '@tessera/kernel/domain';
import { MAX_OFFSET, MAX_PAGE, MAX_SEARCH_LENGTH } from '../contracts';
import type { ListField } from './resource';
import { readFilterValue, type FilterValue } from './filter-value';

export type Operator = 'eq' | 'ne' | 'gte' | 'lte' | 'like';

/** One condition; several values are alternatives (`eq`, `like`) or all excluded (`ne`). */
export interface Filter {
  key: string;
  operator: Operator;
  values: FilterValue[];
}

export interface ListQuery {
  offset: number;
  limit: number;
  sort: { key: string; order: 'asc' | 'desc' }[];
  search: string | null;
  filters: Filter[];
  /** Rows out of use: hidden unless asked for, or unless rows are asked for by id. */
  archived: 'hide' | 'only' | 'any';
}

type Entries = readonly (readonly [string, string])[];

const DEFAULT_LIMIT = 20;
const MAX_VALUES = 200;
const MAX_SORTS = 3;
const CONTROLS = ['_start', '_end', '_sort', '_order', 'q', 'archived', 'id'] as const;
type Control = (typeof CONTROLS)[number];
const SUFFIXES: Record<string, Operator> = { _ne: 'ne', _gte: 'gte', _lte: 'lte', _like: 'like' };
const RANGE_TYPES = ['integer', 'date', 'datetime'];
const TEXT_TYPES = ['string', 'text'];

/** Collects every wrong parameter, so that one answer names them all. */
class Issues {
  readonly list: InputIssue[] = [];
  add(path: string, message: string): void {
    if (this.list.length < 20) this.list.push({ path: path.slice(0, 80), message });
  }
}

function group(entries: Entries): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [key, value] of entries) groups.set(key, [...(groups.get(key) ?? []), value]);
  return groups;
}

function single(groups: Map<string, string[]>, key: Control, issues: Issues): string | undefined {
  const values = groups.get(key) ?? [];
  if (values.length > 1) issues.add(key, 'may be given once');
  return values[0];
}

function readPage(groups: Map<string, string[]>, issues: Issues): Pick<ListQuery, 'offset' | 'limit'> {
  const given = (['_start', '_end'] as const).map((key) => {
    const text = single(groups, key, issues);
    if (text === undefined) return undefined;
    if (/^\d{1,9}$/.test(text)) return Number(text);
    issues.add(key, 'must be a whole number from 0');
    return undefined;
  });
  const offset = given[0] ?? 0;
  const end = given[1] ?? offset + DEFAULT_LIMIT;
  if (end <= offset) issues.add('_end', 'must be greater than _start');
  if (end - offset > MAX_PAGE) issues.add('_end', `a page has at most ${MAX_PAGE} rows`);
  if (offset > MAX_OFFSET) issues.add('_start', `at most ${MAX_OFFSET}: narrow the list with a filter instead`);
  return { offset, limit: end - offset };
}

function readSort(groups: Map<string, string[]>, fields: Map<string, ListField>, issues: Issues): ListQuery['sort'] {
  const keys = single(groups, '_sort', issues)?.split(',') ?? [];
  const orders = single(groups, '_order', issues)?.toLowerCase().split(',') ?? [];
  if (keys.length > MAX_SORTS) issues.add('_sort', `at most ${MAX_SORTS} fields`);
  if (orders.length > Math.max(1, keys.length)) issues.add('_order', 'more orders than fields');
  const sort: ListQuery['sort'] = [];
  for (const [index, key] of keys.slice(0, MAX_SORTS).entries()) {
    const order = orders[index] ?? 'asc';
    if (order !== 'asc' && order !== 'desc') issues.add('_order', 'must be asc or desc');
    else if (!fields.get(key)?.isSortable) issues.add('_sort', `cannot sort by "${key.slice(0, 40)}"`);
    else if (sort.some((other) => other.key === key)) issues.add('_sort', `"${key}" is named twice`);
    else sort.push({ key, order });
  }
  return sort;
}

function readSearch(groups: Map<string, string[]>, issues: Issues): string | null {
  const text = single(groups, 'q', issues)?.trim() ?? '';
  if (text.length > MAX_SEARCH_LENGTH) issues.add('q', `at most ${MAX_SEARCH_LENGTH} characters`);
  if (text.includes('\0')) issues.add('q', 'must be text');
  return text === '' ? null : text;
}

function readArchived(groups: Map<string, string[]>, hasArchive: boolean, issues: Issues): ListQuery['archived'] {
  const values = new Set(groups.get('archived') ?? []);
  if (!hasArchive && values.size > 0) issues.add('archived', 'unknown field');
  if ([...values].some((value) => value !== 'true' && value !== 'false')) {
    issues.add('archived', 'must be true or false');
  }
  if (values.size === 0) return groups.has('id') ? 'any' : 'hide';
  if (values.size === 2) return 'any';
  return values.has('true') ? 'only' : 'hide';
}

function splitKey(parameter: string, fields: Map<string, ListField>): { key: string; operator: Operator } {
  for (const [suffix, operator] of Object.entries(SUFFIXES)) {
    if (!fields.has(parameter) && parameter.endsWith(suffix)) {
      return { key: parameter.slice(0, -suffix.length), operator };
    }
  }
  return { key: parameter, operator: 'eq' };
}

function allows(field: ListField, operator: Operator): boolean {
  if (operator === 'like') return TEXT_TYPES.includes(field.type) && (field.isFilterable || field.isSearchable);
  if (!field.isFilterable) return false;
  return operator === 'gte' || operator === 'lte' ? RANGE_TYPES.includes(field.type) : true;
}

function readFilter(
  parameter: string,
  texts: string[],
  fields: Map<string, ListField>,
  issues: Issues,
): Filter | undefined {
  const { key, operator } = splitKey(parameter, fields);
  const field = fields.get(key);
  if (!field) return void issues.add(parameter, 'unknown field or operator');
  if (!allows(field, operator)) return void issues.add(parameter, 'cannot be filtered like this');
  if (texts.length > MAX_VALUES) return void issues.add(parameter, `at most ${MAX_VALUES} values`);
  if (texts.length > 1 && (operator === 'gte' || operator === 'lte')) {
    return void issues.add(parameter, 'may be given once');
  }
  const values: FilterValue[] = [];
  for (const text of texts) {
    const read = readFilterValue(field, text);
    if (read.isValid) values.push(read.value);
    else issues.add(parameter, read.message);
  }
  return { key, operator, values: [...new Set(values)] };
}

function readIds(groups: Map<string, string[]>, issues: Issues): Filter[] {
  const ids = groups.get('id');
  if (!ids) return [];
  if (ids.length > MAX_VALUES) issues.add('id', `at most ${MAX_VALUES} values`);
  if (ids.some((id) => !/^[\w-]{1,64}$/.test(id))) issues.add('id', 'must be an id');
  return [{ key: 'id', operator: 'eq', values: [...new Set(ids)] }];
}

/**
 * Reads the simple-rest dialect: `_start,_end,_sort,_order,q,id,archived`, `field`, `field_ne|_gte|_lte|_like`; a
 * repeated field means "one of these".
 * @throws invalid_input (400) naming every parameter that is unknown, doubled, of the wrong type or too large.
 */
export function parseListQuery(
  entries: Entries,
  listing: { fields: readonly ListField[]; hasArchive: boolean },
): ListQuery {
  const issues = new Issues();
  const groups = group(entries);
  const fields = new Map(listing.fields.map((field) => [field.key, field]));
  const query: ListQuery = {
    ...readPage(groups, issues),
    sort: readSort(groups, fields, issues),
    search: readSearch(groups, issues),
    archived: readArchived(groups, listing.hasArchive, issues),
    filters: readIds(groups, issues),
  };
  for (const [parameter, texts] of groups) {
    if ((CONTROLS as readonly string[]).includes(parameter)) continue;
    const filter = readFilter(parameter, texts, fields, issues);
    if (filter) query.filters.push(filter);
  }
  if (issues.list.length > 0) throw invalidInput({ issues: issues.list });
  return query;
}
