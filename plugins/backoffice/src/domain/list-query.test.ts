import fc from 'fast-check';
import { MAX_OFFSET, MAX_PAGE, type Field } from '../contracts';
import { parseListQuery, type ListQuery } from './list-query';
import { keyOf, type ListField } from './resource';

function field(name: string, type: Field['type'], flags: Partial<ListField> = {}): ListField {
  const open = { isSortable: true, isFilterable: true, isSearchable: true };
  return {
    name,
    key: keyOf(name, type),
    type,
    label: { zh: name, en: name },
    isPersonal: false,
    mask: 'text',
    ...open,
    ...flags,
  };
}

const FIELDS = [
  field('name', 'string'),
  field('price', 'integer'),
  field('born', 'date'),
  field('at', 'datetime'),
  field('active', 'boolean'),
  field('kind', 'enumeration', { options: ['a', 'b'] }),
  field('tags', 'text-list'),
  field('store', 'relation', { isSortable: false }),
  field('secret', 'string', { isSortable: false, isFilterable: false, isSearchable: false }),
];

const parse = (text: string): ListQuery =>
  parseListQuery([...new URLSearchParams(text)], { fields: FIELDS, hasArchive: true });

test('nothing asked for is the first twenty rows in use', () => {
  expect(parse('')).toEqual({ offset: 0, limit: 20, sort: [], search: null, archived: 'hide', filters: [] });
});

test('a whole query is read', () => {
  expect(parse('_start=40&_end=60&_sort=price,name&_order=DESC,asc&q= tea &price_gte=5&storeId=x&storeId=y')).toEqual({
    offset: 40,
    limit: 20,
    sort: [
      { key: 'price', order: 'desc' },
      { key: 'name', order: 'asc' },
    ],
    search: 'tea',
    archived: 'hide',
    filters: [
      { key: 'price', operator: 'gte', values: [5] },
      { key: 'storeId', operator: 'eq', values: ['x', 'y'] },
    ],
  });
});

test.each([
  ['nonsense=1', 'nonsense'],
  ['name_matches=x', 'name_matches'],
  ['__proto__=x', '__proto__'],
  ['constructor=x', 'constructor'],
  ['name_gte=x', 'name_gte'],
  ['price_like=1', 'price_like'],
  ['price=1.5', 'price'],
  ['price=99999999999999999', 'price'],
  ['price_gte=1&price_gte=2', 'price_gte'],
  ['born=2026-02-30', 'born'],
  ['at=yesterday', 'at'],
  ['active=yes', 'active'],
  ['kind=c', 'kind'],
  ['secret=x', 'secret'],
  ['_sort=secret', '_sort'],
  ['_sort=name,name', '_sort'],
  ['_sort=name&_order=up', '_order'],
  ['_start=-1', '_start'],
  ['_start=5&_end=5', '_end'],
  [`_end=${MAX_PAGE + 1}`, '_end'],
  [`_start=${MAX_OFFSET + 1}&_end=${MAX_OFFSET + 2}`, '_start'],
  ['q=a&q=b', 'q'],
  [`q=${'x'.repeat(65)}`, 'q'],
  ['archived=maybe', 'archived'],
  ["id=' OR 1=1", 'id'],
])('%s is refused and named', (text, path) => {
  const issues = expect.arrayContaining([expect.objectContaining({ path })]);
  expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'invalid_input', details: { issues } }));
});

const parameter = fc.oneof(
  fc.constantFrom('_start', '_end', '_sort', '_order', 'q', 'archived', 'id', '__proto__', 'toString'),
  fc
    .tuple(fc.constantFrom(...FIELDS.map(({ key }) => key)), fc.constantFrom('', '_ne', '_gte', '_lte', '_like', '_x'))
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);
const value = fc.oneof(
  fc.constantFrom('0', '20', 'name', 'desc', 'true', '2026-01-31', '\0', "'; DROP TABLE members; --"),
  fc.string({ unit: 'binary' }),
);

test('whatever is asked for is read within the limits, or refused as invalid input', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(parameter, value), { maxLength: 12 }), fc.boolean(), (entries, hasArchive) => {
      try {
        const query = parseListQuery(entries, { fields: FIELDS, hasArchive });
        const keys = FIELDS.map(({ key }) => key);
        expect(query.limit).toBeGreaterThan(0);
        expect(query.limit).toBeLessThanOrEqual(MAX_PAGE);
        for (const { key } of query.sort) expect(keys).toContain(key);
        for (const { key } of query.filters) expect(['id', ...keys]).toContain(key);
      } catch (error) {
        expect(error).toMatchObject({ code: 'invalid_input', status: 400 });
      }
    }),
  );
});
