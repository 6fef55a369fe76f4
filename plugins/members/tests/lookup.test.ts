import { bootTessera, type Tessera } from '../../../config/presets/testing';
import type { MemberHit } from '../src/contracts';
import { grantPermission } from './grant-permission';

let tessera: Tessera;
let cashier: string;
let manager: string;
let store: string;

beforeAll(async () => {
  tessera = await bootTessera();
  store = await tessera.makeStore();
  const counter = { name: 'clear', memberNo: 'clear', phone: 'masked', tags: 'clear', homeStoreId: 'clear' } as const;
  await grantPermission(tessera, 'cashier', { permission: 'members.lookup', scope: 'own-store', read: counter });
  await grantPermission(tessera, 'store-manager', {
    permission: 'members.lookup',
    scope: 'own-store',
    read: { '*': 'clear', phone: 'clear' },
  });
  await grantPermission(tessera, 'marketing', {
    permission: 'members.lookup',
    scope: 'own-store',
    read: { memberNo: 'clear', name: 'masked' },
  });
  cashier = await tessera.signIn('cashier', { store });
  manager = await tessera.signIn('store-manager', { store });
  await tessera.makeMember({
    memberNo: 'M-77',
    name: '单田芳',
    phone: '13812345678',
    birthday: '1934-12-17',
    note: 'likes tea',
    tags: ['vip'],
    homeStore: store,
  });
  await tessera.makeMember({ name: '田芳菲', phone: '13900005678' });
  await tessera.makeMember({ name: 'Mary Smith', phone: '13700001234' });
  await tessera.makeMember({ name: '100%_\\', phone: null });
  await tessera.makeMember({ name: '封存者', phone: '13600009999', status: 'frozen' });
  await tessera.makeMember({ name: '归档者', phone: '13600008888', archived: true });
});
afterAll(() => tessera.close());

async function find(q: string, token = cashier): Promise<MemberHit[]> {
  const response = await tessera.as(token).get('/api/members/lookup').query({ q }).expect(200);
  return response.body as MemberHit[];
}
const names = async (q: string, token = cashier) => (await find(q, token)).map((hit) => hit.name);

test.each([
  ['the whole phone', '138 1234 5678', ['单田芳']],
  ['the last four digits', '5678', ['单田芳', '田芳菲']],
  ['the member number', 'm-77', ['单田芳']],
  ['the whole name', '单田芳', ['单田芳']],
  ['one 汉字, best first', '田', ['田芳菲', '单田芳']],
  ['a part of the name', '田芳', ['田芳菲', '单田芳']],
  ['pinyin of a surname with a reading of its own', 'shantian', ['单田芳']],
  ['pinyin with spaces', 'Shan Tian', ['单田芳']],
  ['pinyin of the given name', 'fangfei', ['田芳菲']],
  ['initials', 'stf', ['单田芳']],
  ['initials of the given name', 'tf', ['田芳菲', '单田芳']],
  ['a latin name', 'smith', ['Mary Smith']],
])('a member is found by %s', async (_what, query, expected) => {
  expect(await names(query)).toEqual(expected);
});

test.each([
  '1381234567',
  '81234567',
  '678',
  '56789',
  '%',
  '_',
  '\\',
  '%5678',
  "'; --",
  '*',
  '封存者',
  '归档者',
  '9999',
])('%j finds nobody', async (query) => {
  expect(await find(query)).toEqual([]);
});

test('wildcards in a name are letters like any other', async () => {
  expect(await names('100%_\\')).toEqual(['100%_\\']);
});

test('a cashier sees what her grant names, the phone masked, and nothing else', async () => {
  const [hit] = await find('M-77');
  expect(hit).toEqual({
    id: expect.any(String),
    name: '单田芳',
    memberNo: 'M-77',
    phone: expect.stringMatching(/^\+86.*\*{3,}5678$/),
    tags: ['vip'],
    homeStoreId: store,
  });
});

test('a manager sees the phone in clear and other personal fields masked', async () => {
  const [hit] = await find('M-77', manager);
  expect(hit).toMatchObject({ phone: '+8613812345678', birthday: '****-**-**', status: 'active', gender: null });
  expect(hit?.note).not.toContain('tea');
  expect(hit?.joinedAt).toMatch(/^\d{4}-\d{2}-\d{2}T.*Z$/);
});

test('who sees names masked and no phones cannot search by them', async () => {
  const marketing = await tessera.signIn('marketing', { store });
  for (const query of ['单', 'stf', '5678', '13812345678']) expect(await find(query, marketing)).toEqual([]);
  expect(await find('M-77', marketing)).toEqual([{ id: expect.any(String), memberNo: 'M-77', name: '单**' }]);
});

test('at most twenty are shown', async () => {
  for (let index = 0; index < 25; index++) await tessera.makeMember({ name: `钱${index}` });
  expect(await find('钱')).toHaveLength(20);
  expect(await find('q')).toHaveLength(20);
});

test.each([
  ['no question', ''],
  ['an empty one', 'q='],
  ['a huge one', `q=${'9'.repeat(65)}`],
  ['a NUL', 'q=a%00b'],
  ['two at once', 'q=a&q=b'],
  ['something unknown', 'q=a&fields=phone'],
])('%s is refused and named', async (_what, query) => {
  const refused = await tessera.as(cashier).get(`/api/members/lookup?${query}`).expect(400);
  expect(refused.body.error.code).toBe('invalid_input');
});

test('half a character, odd scripts and long texts never break the search', async () => {
  for (const q of ['\ufffd', '😀', 'ก', 'İ', '٣٣٣٣', '𠮷', '١٢', '9'.repeat(64), '张'.repeat(64), '+'.repeat(64)]) {
    await find(q);
  }
});

test('without the permission there is no search', async () => {
  const support = await tessera.signIn('support', { store });
  const refused = await tessera.as(support).get('/api/members/lookup?q=5678').expect(403);
  expect(refused.body.error.code).toBe('forbidden');
});
