import fc from 'fast-check';
import { kernel } from '@tessera/kernel/public';
import { bootTessera, type Tessera } from '../../../config/presets/testing';
import type { Filter, ListQuery, Operator } from '../src/domain/list-query';
import { backofficeService } from '../src/services/backoffice';
import type { Listing } from '../src/services/listings';
import { countStatement, pageStatement, type ListRequest } from '../src/store/list-statement';

type Value = string | number | null;
/** A member as plain data: what the statements are compared with. */
interface Person {
  key: number;
  id: string;
  memberNo: string;
  name: string;
  phone: string | null;
  birthday: string | null;
  gender: string | null;
  tags: string[] | null;
  status: string;
  joinedAt: number;
  archived: boolean;
}

let tessera: Tessera;
let listing: Listing;
let people: Person[];

const NAMES = ['张三', '张三丰', '李四', 'Ann Lee', 'ann_lee', '100% Ann', 'back\\slash', 'ÉMILE'];
const TAGS = ['vip', 'VIP', 'a"b', '新客'];
const DAYS = ['1980-02-29', '1990-06-01', '2000-12-31'];
const INSTANTS = ['2024-01-01T00:00:00.000Z', '2024-06-30T23:59:59.999Z', '2025-03-01T12:00:00.000Z'];

beforeAll(async () => {
  tessera = await bootTessera();
  listing = backofficeService(tessera.strapi).listings.get('members');
  for (let index = 0; index < 48; index++) {
    const made = await tessera.makeMember({
      name: NAMES[index % NAMES.length],
      phone: index % 5 === 0 ? null : `+86138000000${String(10 + index)}`,
      birthday: index % 4 === 0 ? null : DAYS[index % 3],
      gender: [null, 'female', 'male'][index % 3],
      tags: index % 6 === 0 ? null : TAGS.filter((_, place) => (index >> place) % 2 === 1),
      status: index % 7 === 0 ? 'frozen' : 'active',
      joinedAt: INSTANTS[index % 3],
    });
    if (index % 11 === 0) {
      const data = { archived: true } as never;
      await tessera.strapi.documents('api::member.member').update({ documentId: made.id, data });
    }
  }
  const rows = await kernel(tessera.strapi).database.query<Omit<Person, 'joinedAt'> & { joinedAt: Date }>(
    `SELECT id AS key, document_id AS id, member_no AS "memberNo", name, phone, birthday, gender, tags, status,
      joined_at AS "joinedAt", archived FROM public.members`,
  );
  people = rows.map((row) => ({ ...row, joinedAt: row.joinedAt.getTime() }));
});
afterAll(() => tessera.close());

/** What a filter or an order may be made of, by key. */
const POOLS: Record<string, readonly string[]> = {
  memberNo: ['M-0', 'M-', 'm-1', 'A'],
  name: [...NAMES, '张', 'ann', '_', '%', '\\', 'nobody'],
  birthday: [...DAYS, '1985-01-01'],
  gender: ['female', 'male'],
  tags: [...TAGS, 'none'],
  status: ['active', 'frozen', 'closed'],
  joinedAt: [...INSTANTS, '2024-06-30T23:59:59.998Z'],
};

function operatorsOf(type: string): Operator[] {
  if (type === 'string') return ['eq', 'ne', 'like'];
  return type === 'date' || type === 'datetime' ? ['eq', 'ne', 'gte', 'lte'] : ['eq', 'ne'];
}

function filterOf(key: string): fc.Arbitrary<Filter> {
  const type = listing.fields.find((field) => field.key === key)?.type ?? '';
  return fc
    .constantFrom(...operatorsOf(type))
    .chain((operator) =>
      fc
        .uniqueArray(fc.constantFrom(...(POOLS[key] ?? [])), { minLength: 1, maxLength: /te$/.test(operator) ? 1 : 3 })
        .map((values) => ({ key, operator, values })),
    );
}

/** Requests over what the schema lets be filtered, sorted and searched by. */
function requests(): fc.Arbitrary<{ request: ListRequest; page: { offset: number; limit: number } }> {
  const named = listing.fields.map((field) => field.name);
  const filterable = listing.fields.filter((field) => field.isFilterable && POOLS[field.key]).map(({ key }) => key);
  const sortable = listing.fields.filter((field) => field.isSortable && POOLS[field.key]).map(({ key }) => key);
  const sort = fc
    .uniqueArray(fc.constantFrom(...sortable), { maxLength: 3 })
    .chain((keys) =>
      fc.tuple(
        ...keys.map((key) =>
          fc.record({ key: fc.constant(key), order: fc.constantFrom('asc' as const, 'desc' as const) }),
        ),
      ),
    );
  const query: fc.Arbitrary<ListRequest['query']> = fc.record({
    filters: fc
      .uniqueArray(fc.constantFrom(...filterable), { maxLength: 3 })
      .chain((keys) => fc.tuple(...keys.map(filterOf))),
    sort: sort as fc.Arbitrary<ListQuery['sort']>,
    search: fc.option(fc.constantFrom(...(POOLS['name'] ?? []), 'm-1')),
    archived: fc.constantFrom('hide' as const, 'only' as const, 'any' as const),
  });
  return fc.record({
    request: fc.record({
      fields: fc.subarray(named).map((names) => new Set(names)),
      rules: fc.constant([{ stores: 'all' as const, read: {} }] as unknown as ListRequest['rules']),
      query,
      searchIn: fc.subarray(['memberNo', 'name']).map((names) => new Set(names)),
      defaultSort: fc.constant([]),
    }),
    page: fc.record({ offset: fc.nat(20), limit: fc.integer({ min: 1, max: 60 }) }),
  });
}

/** ILIKE: what is short must begin like it, what is longer may stand anywhere. */
function isLike(value: Value, text: string): boolean {
  if (value === null) return false;
  const [whole, part] = [String(value).toLowerCase(), text.toLowerCase()];
  return [...text].length < 3 ? whole.startsWith(part) : whole.includes(part);
}

const asComparable = (key: string, text: string): Value => (key === 'joinedAt' ? Date.parse(text) : text);

function matches(person: Person, { key, operator, values }: Filter): boolean {
  const wanted = values.map((value) => asComparable(key, String(value)));
  if (key === 'tags') {
    const isAny = person.tags === null ? null : wanted.some((tag) => person.tags?.includes(String(tag)));
    return operator === 'ne' ? isAny !== true : isAny === true;
  }
  const value = person[key as keyof Person] as Value;
  if (value === null) return operator === 'ne';
  switch (operator) {
    case 'eq':
      return wanted.includes(value);
    case 'ne':
      return !wanted.includes(value);
    case 'gte':
      return value >= (wanted[0] as string);
    case 'lte':
      return value <= (wanted[0] as string);
    case 'like':
      return values.some((text) => isLike(value, String(text)));
  }
}

/** Nothing sorts as the largest; texts by their code points, as the database's C order does. */
function compare(left: Value, right: Value): number {
  if (left === right) return 0;
  if (left === null || right === null) return left === null ? 1 : -1;
  if (typeof left === 'number') return left - Number(right);
  return Buffer.compare(Buffer.from(left), Buffer.from(String(right)));
}

function expected({ query, searchIn }: ListRequest): string[] {
  const { filters, sort, search, archived } = query;
  const tie = sort[0]?.order ?? 'desc';
  const orders = [...sort, { key: 'key', order: tie }];
  return people
    .filter((person) => archived === 'any' || person.archived === (archived === 'only'))
    .filter((person) => filters.every((filter) => matches(person, filter)))
    .filter((person) => search === null || [...searchIn].some((name) => isLike(person[name as 'name'], search)))
    .sort((left, right) => {
      for (const { key, order } of orders) {
        const found = compare(left[key as keyof Person] as Value, right[key as keyof Person] as Value);
        if (found !== 0) return order === 'asc' ? found : -found;
      }
      return 0;
    })
    .map(({ id }) => id);
}

test('a page and its count are what a plain filter and sort of the same rows give', async () => {
  const { database } = kernel(tessera.strapi);
  const sizes: number[] = [];
  await fc.assert(
    fc.asyncProperty(requests(), async ({ request, page }) => {
      const wanted = expected(request);
      const { values, ...statement } = pageStatement(listing.source, request, page);
      const rows = await database.query<{ _id: string }>(statement, values);
      expect(rows.map((row) => row._id)).toEqual(wanted.slice(page.offset, page.offset + page.limit));
      const counting = countStatement(listing.source, request, 1_000);
      const [counted] = await database.query<{ total: number }>(counting.text, counting.values);
      expect(counted?.total).toBe(wanted.length);
      sizes.push(wanted.length);
    }),
    { numRuns: 400 },
  );
  // Filters that let nothing or everything through would prove nothing.
  expect(new Set(sizes).size).toBeGreaterThan(10);
});

test('no statement names a column that is neither shown nor asked by', () => {
  fc.assert(
    fc.property(requests(), ({ request, page }) => {
      const { filters, sort, search } = request.query;
      const asked = new Set([...filters, ...sort].map(({ key }) => key));
      const searched = search === null ? new Set<string>() : request.searchIn;
      const { source } = listing;
      const { text } = pageStatement(source, request, page);
      for (const column of source.columns) {
        const { name, key } = column.field;
        if (request.fields.has(name) || asked.has(key) || searched.has(name)) continue;
        if (column.kind === 'scalar') expect(text).not.toContain(column.sql);
        if (column.kind === 'image') expect(text).not.toContain(`m.field = '${name}'`);
        // The tie to the store decides who sees the row; its names are shown only with the field.
        if (column.kind === 'link') expect(text).not.toContain(`AS "${name}"`);
      }
      for (const { sql } of source.searchColumns) expect(text).not.toContain(sql);
    }),
    { numRuns: 1_000 },
  );
});
