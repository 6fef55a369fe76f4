import { buffer, text } from 'node:stream/consumers';
import { access } from '@tessera/access/public';
import { kernel } from '@tessera/kernel/public';
import { fromBufferPromise } from 'yauzl';
import { bootTessera, type Tessera } from '../../../config/presets/testing';
import { makeRole, signInWith } from './make-role';

let tessera: Tessera;
let owner: ReturnType<Tessera['as']>;
beforeAll(async () => {
  tessera = await bootTessera();
  owner = tessera.as(await tessera.signIn('owner'));
});
afterAll(() => tessera.close());

const MEMBERS = '/api/backoffice/members';

test('a list comes with its total, and pages follow each other without gaps', async () => {
  for (const code of ['P1', 'P2', 'P3']) await tessera.makeCategory({ code, nameEn: `Paged ${code}` });
  const first = await owner.get('/api/backoffice/categories?nameEn_like=Paged&_start=0&_end=2&_sort=code').expect(200);
  const second = await owner.get('/api/backoffice/categories?nameEn_like=Paged&_start=2&_end=4&_sort=code').expect(200);
  expect(first.headers['x-total-count']).toBe('3');
  expect([...first.body, ...second.body].map((row) => row.code)).toEqual(['P1', 'P2', 'P3']);
});

test('a row has its id, version, state, fields, and relations with their labels', async () => {
  const category = await tessera.makeCategory({ nameZh: '饮料', nameEn: 'Drinks' });
  const { id, sku } = await tessera.makeProduct({ category, barcodes: ['6901234567892'], active: false });
  const { body } = await owner.get(`/api/backoffice/products/${id}`).expect(200);
  expect(body).toMatchObject({
    id,
    version: 1,
    archived: false,
    sku,
    unitPrice: 1000,
    active: false,
    barcodes: ['6901234567892'],
    categoryId: category,
    categoryLabel: { zh: '饮料', en: 'Drinks' },
    image: null,
  });
  expect(body).not.toHaveProperty('searchText');
});

test('a repeated field means one of these; _ne, _gte and _lte narrow', async () => {
  const ids: string[] = [];
  for (const rate of [101, 102, 103, 104]) ids.push(await tessera.makeTaxClass({ rate }));
  const rates = async (query: string) => {
    const { body } = await owner
      .get(`/api/backoffice/tax-classes?_sort=rate&rate_gte=101&rate_lte=104&${query}`)
      .expect(200);
    return (body as { rate: number }[]).map((row) => row.rate);
  };
  expect(await rates('rate=101&rate=104')).toEqual([101, 104]);
  expect(await rates('rate_ne=101&rate_ne=102')).toEqual([103, 104]);
  expect(await rates('_order=desc')).toEqual([104, 103, 102, 101]);
  expect(await rates(`id=${ids[0]}&id=${ids[3]}`)).toEqual([101, 104]);
});

test('relations, dates, tags and flags can be filtered by', async () => {
  const homeStore = await tessera.makeStore();
  const member = { homeStore, birthday: '1990-05-17', tags: ['VIP', '老客'], joinedAt: '2026-01-31T10:00:00.000Z' };
  const { id } = await tessera.makeMember(member);
  await tessera.makeMember({ homeStore, tags: ['new'] });
  const found = async (query: string) => {
    const { body } = await owner.get(`${MEMBERS}?homeStoreId=${homeStore}&${query}`).expect(200);
    return (body as { id: string }[]).map((row) => row.id);
  };
  expect(await found('birthday=1990-05-17')).toEqual([id]);
  expect(await found('birthday_gte=1990-05-18')).toEqual([]);
  expect(await found(`tags=${encodeURIComponent('老客')}`)).toEqual([id]);
  expect(await found('joinedAt_gte=2026-01-31T10:00:00Z&joinedAt_lte=2026-01-31T18:00:00%2B08:00')).toEqual([id]);
  expect(await found('status=frozen')).toEqual([]);
});

test('search finds 汉字, pinyin, parts of numbers, and takes wildcards for what they are', async () => {
  const { id } = await tessera.makeMember({ name: '诸葛孔明', memberNo: 'Q-1007', phone: '+8613911112222' });
  const found = async (q: string) => {
    const { body } = await owner.get(`${MEMBERS}?q=${encodeURIComponent(q)}`).expect(200);
    return (body as { id: string }[]).map((row) => row.id);
  };
  expect(await found('葛孔明')).toEqual([id]);
  expect(await found('诸葛')).toEqual([id]);
  expect(await found('zhuge')).toEqual([id]);
  expect(await found('111122')).toEqual([id]);
  expect(await found('-100')).toEqual([id]);
  expect(await found('Q%7')).toEqual([]);
  expect(await found('Q_100')).toEqual([]);
});

test('archived rows are hidden unless asked for, or asked for by id', async () => {
  const id = await tessera.makeTaxClass({ archived: true, rate: 777 });
  const list = async (query: string) =>
    ((await owner.get(`/api/backoffice/tax-classes?rate=777${query}`).expect(200)).body as { id: string }[]).map(
      (row) => row.id,
    );
  expect(await list('')).toEqual([]);
  expect(await list('&archived=true')).toEqual([id]);
  expect(await list('&archived=true&archived=false')).toEqual([id]);
  expect(await list(`&id=${id}`)).toEqual([id]);
});

test.each([
  ['colour=red', 'colour'],
  ['nonsense=1', 'nonsense'],
  ['pinHash_like=a', 'pinHash_like'],
  ['namePinyin=a', 'namePinyin'],
  ['__proto__=1', '__proto__'],
  ['constructor_ne=1', 'constructor_ne'],
  ['name_regex=a', 'name_regex'],
  ['status=dead', 'status'],
  ['birthday=1990-02-30', 'birthday'],
  ['joinedAt_gte=yesterday', 'joinedAt_gte'],
  ['joinedAt_gte=2026-01-01&joinedAt_gte=2026-01-02', 'joinedAt_gte'],
  ['_start=-1', '_start'],
  ['_start=0&_start=1', '_start'],
  ['_start=0&_end=201', '_end'],
  ['_start=5&_end=5', '_end'],
  ['_start=99999999&_end=100000000', '_start'],
  ['_sort=note', '_sort'],
  ['_sort=name,name', '_sort'],
  ['_order=sideways&_sort=name', '_order'],
  ['q=' + 'x'.repeat(65), 'q'],
  ['archived=maybe', 'archived'],
  ['id=%27%20OR%201=1', 'id'],
])('the query %s is refused by name', async (query, path) => {
  const { body } = await owner.get(`${MEMBERS}?${query}`).expect(400);
  expect(body.error.code).toBe('invalid_input');
  expect(body.error.details.issues.map((issue: { path: string }) => issue.path)).toContain(path);
});

test('masked fields are masked in list and detail, and useless to sort, filter or search', async () => {
  const viewer = await signInWith(tessera, [{ permission: 'members.view', scope: 'all', read: { '*': 'clear' } }]);
  const { id } = await tessera.makeMember({ phone: '+8613733334444', birthday: '1980-01-02', note: 'likes tea' });
  const detail = await viewer.get(`${MEMBERS}/${id}`).expect(200);
  expect(detail.body).toMatchObject({ phone: '+86*******4444', birthday: '****-**-**', note: '***' });
  const list = await viewer.get(`${MEMBERS}?id=${id}`).expect(200);
  expect(list.body[0]).toMatchObject({ phone: '+86*******4444', birthday: '****-**-**', note: '***' });
  for (const query of ['birthday_lte=1985-01-01', 'phone_like=3333', '_sort=birthday', 'phone=%2B8613733334444']) {
    const { body } = await viewer.get(`${MEMBERS}?${query}`).expect(403);
    expect(body.error.details.reasons[0]).toMatchObject({ code: 'field_hidden' });
  }
  const searched = await viewer.get(`${MEMBERS}?q=3733334444`).expect(200);
  expect(searched.body).toEqual([]);
});

test('hidden fields are absent, from rows and from the schema', async () => {
  const viewer = await signInWith(tessera, [
    { permission: 'products.view', scope: 'all', read: { '*': 'clear', cost: 'hidden' } },
  ]);
  const { id } = await tessera.makeProduct({ cost: 400 });
  const { body } = await viewer.get(`/api/backoffice/products/${id}`).expect(200);
  expect(body).not.toHaveProperty('cost');
  await viewer.get('/api/backoffice/products?_sort=cost').expect(403);
  await viewer.get('/api/backoffice/products?cost_gte=1').expect(403);
  const schema = await viewer.get('/api/backoffice/schema').expect(200);
  expect(schema.body.resources.map((resource: { resource: string }) => resource.resource)).toEqual(['products']);
  const names = schema.body.resources[0].fields.map((field: { name: string }) => field.name);
  expect(names).toContain('unitPrice');
  expect(names).not.toContain('cost');
});

test('relations are shown only where their target may be viewed', async () => {
  const viewer = await signInWith(tessera, [{ permission: 'products.view', scope: 'all', read: { '*': 'clear' } }]);
  const { id } = await tessera.makeProduct();
  const { body } = await viewer.get(`/api/backoffice/products/${id}`).expect(200);
  expect(body).not.toHaveProperty('categoryId');
  expect(body).not.toHaveProperty('categoryLabel');
});

test('a list shows the rows of the stores in scope, counts only those, and a row elsewhere is refused', async () => {
  const [here, there] = [await tessera.makeStore(), await tessera.makeStore()];
  const mine = await tessera.makeMember({ homeStore: here });
  const other = await tessera.makeMember({ homeStore: there });
  const viewer = await signInWith(
    tessera,
    [{ permission: 'members.view', scope: 'own-store', read: { '*': 'clear' } }],
    here,
  );
  const list = await viewer.get(MEMBERS).expect(200);
  expect(list.body.map((row: { id: string }) => row.id)).toEqual([mine.id]);
  expect(list.headers['x-total-count']).toBe('1');
  const refused = await viewer.get(`${MEMBERS}/${other.id}`).expect(403);
  expect(refused.body.error.details.reasons[0].code).toBe('outside_scope');
  expect((await viewer.get(`${MEMBERS}?id=${other.id}&q=${other.memberNo}`).expect(200)).body).toEqual([]);
});

test('what one role masks and another clears is shown per row, and a search by it reaches only the clear rows', async () => {
  const [here, there] = [await tessera.makeStore(), await tessera.makeStore()];
  await tessera.makeMember({ homeStore: here, phone: '+8613500000001', memberNo: 'PR-1' });
  await tessera.makeMember({ homeStore: there, phone: '+8613500000002', memberNo: 'PR-2' });
  const viewer = await signInWith(tessera, [{ permission: 'members.view', scope: 'all', read: { '*': 'clear' } }]);
  const role = await makeRole(tessera, [{ permission: 'members.view', scope: 'own-store', read: { phone: 'clear' } }]);
  await access(tessera.strapi).assign({ staffId: viewer.person.id, roleCode: role, storeId: here });
  const list = await viewer.get(`${MEMBERS}?memberNo=PR-1&memberNo=PR-2&_sort=memberNo`).expect(200);
  expect(list.body.map((row: { phone: string }) => row.phone)).toEqual(['+8613500000001', '+86*******0002']);
  const found = async (phone: string) =>
    (await viewer.get(`${MEMBERS}?phone=${encodeURIComponent(phone)}`).expect(200)).body.length;
  expect([await found('+8613500000001'), await found('+8613500000002')]).toEqual([1, 0]);
});

test('the trail is a resource that can be read and not written', async () => {
  const { body, headers } = await owner.get('/api/backoffice/audit?_start=0&_end=5').expect(200);
  expect(Number(headers['x-total-count'])).toBeGreaterThan(0);
  expect(body[0]).toHaveProperty('action');
  await owner.get(`/api/backoffice/audit/${body[0].id}`).expect(200);
  await owner.post('/api/backoffice/audit').send({}).expect(405);
});

test('the schema tells the owner everything, in both languages, as the contract has it', async () => {
  const { body } = await owner.get('/api/backoffice/schema').expect(200);
  const members = body.resources.find((resource: { resource: string }) => resource.resource === 'members');
  const phone = members.fields.find((field: { name: string }) => field.name === 'phone');
  expect(phone).toMatchObject({
    isPersonal: true,
    isWritable: true,
    visibility: 'clear',
    label: { zh: '手机号', en: 'Phone' },
  });
  const store = members.fields.find((field: { name: string }) => field.name === 'homeStore');
  expect(store).toMatchObject({ type: 'relation', reference: 'stores' });
  expect(JSON.stringify(body)).not.toContain('pinHash');
});

test('what does not exist is 404, whatever the id looks like', async () => {
  await owner.get(`${MEMBERS}/abcdefghijklmnopqrstuvwx`).expect(404);
  await owner.get(`${MEMBERS}/__proto__`).expect(404);
});

const SEES = { permission: 'members.view', scope: 'all' as const, read: { '*': 'clear' as const } };
const TAKES = {
  permission: 'members.export',
  scope: 'all' as const,
  limits: { rows: 2 },
  beyondLimit: 'approve' as const,
};
const WANTED = { format: 'csv', language: 'en', reason: 'Birthday\nletters' };

type Person = Awaited<ReturnType<typeof signInWith>>;
const take = (who: Pick<Person, 'post'>, list: string, body: object = WANTED) =>
  who.post(`${MEMBERS}/exports?${list}`).send(body);

describe('members taken along', () => {
  let river: string;
  let person: Person;
  beforeAll(async () => {
    river = await tessera.makeStore({ nameEn: 'Riverside', nameZh: '江边店' });
    const hill = await tessera.makeStore();
    await tessera.makeMember({
      memberNo: 'E-1',
      name: '=1+1',
      phone: '+8613812345678',
      tags: ['out'],
      homeStore: river,
    });
    await tessera.makeMember({ memberNo: 'E-2', name: 'Bea', birthday: '1990-05-17', tags: ['out'], homeStore: hill });
    await tessera.makeMember({ memberNo: 'E-3', name: 'Cay', tags: ['out', 'third'], homeStore: river });
    person = await signInWith(tessera, [SEES, TAKES]);
  });

  test('the file has the rows and order of the list, its masks, no formula, and says who took it and why', async () => {
    const { text, headers } = await take(person, 'memberNo=E-1&memberNo=E-2&_sort=memberNo&_order=desc').expect(200);
    expect(headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8', 'cache-control': 'no-store' });
    expect(headers['content-disposition']).toMatch(/^attachment; filename="members-[\d-]+\.csv"$/);
    const [head, first, second, watermark] = text.split('\r\n');
    expect(head).toMatch(/^\uFEFFMember number,Name,Phone,Birthday,Gender,Tags,Note,Source,/);
    expect(first).toMatch(/^E-2,Bea,'\+86\*+\d{4},\*{4}-\*\*-\*\*,,out,/);
    expect(second).toMatch(/^E-1,'=1\+1,'\+86\*+5678,,,out,/);
    expect(watermark).toMatch(/^# Tessera · Members · 2 · .+ · \d{4}-.+Z · Birthday letters$/);
  });

  test('it stands on the trail before it leaves: how many, which fields, which filter, why', async () => {
    await take(person, 'tags=third&phone_ne=%2B8613812345678').expect(403);
    const [line] = await kernel(tessera.strapi).database.query<Record<string, unknown>>(
      `SELECT amount, reason, fields, after FROM tessera.audit WHERE action = 'members.export' AND effect = 'allow'
       ORDER BY id DESC LIMIT 1`,
    );
    expect(line).toMatchObject({ amount: 2, reason: 'Birthday\nletters', fields: expect.arrayContaining(['phone']) });
    expect(line?.['after']).toMatchObject({
      format: 'csv',
      rows: 2,
      filters: [{ key: 'memberNo', operator: 'eq', values: ['E-1', 'E-2'] }],
    });
  });

  test('above the limit of rows somebody has to approve it, and nothing leaves', async () => {
    const refused = await take(person, 'tags=out').expect(403);
    expect(refused.body.error).toMatchObject({
      code: 'approval_required',
      details: { reasons: [{ code: 'above_limit', limit: { key: 'rows', allowed: 2, asked: 3 } }] },
    });
  });

  test('a limit of one store does not serve for rows of another', async () => {
    const grants = [SEES, { ...TAKES, scope: 'own-store' as const, limits: { rows: 100 } }];
    const manager = await signInWith(tessera, grants, river);
    const { text } = await take(manager, 'tags=out&_sort=memberNo').expect(200);
    expect(text.match(/^E-\d/gm)).toEqual(['E-1', 'E-3']);
  });

  test.each([
    ['no reason', { ...WANTED, reason: ' ' }, '', 400],
    ['another format', { ...WANTED, format: 'pdf' }, '', 400],
    ['an unknown filter', WANTED, 'colour=red', 400],
    ['a search by what one sees masked', WANTED, 'phone_like=1381', 403],
  ])('%s: refused', async (_, body, list, status) => {
    await take(person, list, body).expect(status);
  });

  test('who may look may not take along, and who may take along takes nothing that he may not look at', async () => {
    await take(await signInWith(tessera, [SEES]), '').expect(403);
    await take(await signInWith(tessera, [TAKES]), '').expect(403);
    const narrow = await signInWith(tessera, [{ ...SEES, read: { name: 'clear' as const } }, TAKES]);
    const { text } = await take(narrow, '_end=1&_start=0&q=Bea').expect(200);
    expect(text.split('\r\n').slice(0, 2)).toEqual(['\uFEFFName', 'Bea']);
  });

  test('a workbook carries who took it in its properties and its printed footer', async () => {
    const { body } = await take(person, 'memberNo=E-1', { ...WANTED, format: 'xlsx', reason: '<a & "b">' })
      .buffer(true)
      .parse((response, done) => {
        buffer(response as never).then(
          (content) => done(null, content),
          (error: Error) => done(error, undefined),
        );
      })
      .expect(200);
    const zip = await fromBufferPromise(body as Buffer, { lazyEntries: true });
    const files = new Map<string, string>();
    for await (const entry of zip.eachEntry())
      files.set(entry.fileName, await text(await zip.openReadStreamPromise(entry)));
    const told = '&lt;a &amp; &quot;b&quot;&gt;';
    expect(files.get('docProps/core.xml')).toContain(told);
    expect(files.get('docProps/core.xml')).toContain('<dc:creator>role-');
    expect(files.get('xl/worksheets/sheet1.xml')).toContain(`<oddFooter>&amp;L# Tessera · Members · 1 · `);
    expect(files.get('xl/worksheets/sheet1.xml')).toContain(`>'=1+1</t>`);
  });
});
