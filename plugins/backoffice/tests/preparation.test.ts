import { bootTessera, type Tessera } from '../../../config/presets/testing';
import { backoffice } from '@tessera/backoffice/public';

let tessera: Tessera;
beforeAll(async () => {
  tessera = await bootTessera();
});
afterAll(() => tessera.close());

const CATEGORY = 'api::category.category';

async function versionOf(documentId: string): Promise<number> {
  const document = await tessera.strapi.documents(CATEGORY).findOne({ documentId });
  return document?.version as number;
}

test('each write through the document service raises the version by one, whatever version was sent', async () => {
  const documentId = await tessera.makeCategory();
  expect(await versionOf(documentId)).toBe(1);
  await tessera.strapi.documents(CATEGORY).update({ documentId, data: { version: 40, position: 2 } as never });
  expect(await versionOf(documentId)).toBe(2);
});

test('a write of only a relation raises the version by one', async () => {
  const { id } = await tessera.makeProduct();
  const category = await tessera.makeCategory();
  const changed = await tessera.strapi
    .documents('api::product.product')
    .update({ documentId: id, data: { category } as never });
  expect(changed?.version).toBe(2);
});

test('a write below the document service raises the version too', async () => {
  const documentId = await tessera.makeCategory();
  await tessera.strapi.db.query(CATEGORY).update({ where: { documentId }, data: { position: 5 } });
  expect(await versionOf(documentId)).toBe(2);
});

test('a preparation derives values of every write, and knows whether it creates or updates', async () => {
  const seen: string[] = [];
  backoffice(tessera.strapi).addPreparation('api::tax-class.tax-class', (data, { action }) => {
    seen.push(action);
    return 'nameEn' in data ? { ...data, nameEn: String(data['nameEn']).trim() } : data;
  });
  const documentId = await tessera.makeTaxClass({ nameEn: '  Books ' });
  const made = await tessera.strapi.documents('api::tax-class.tax-class').findOne({ documentId });
  expect(made?.nameEn).toBe('Books');
  await tessera.strapi.documents('api::tax-class.tax-class').update({ documentId, data: { rate: 5 } as never });
  expect(seen).toEqual(['create', 'update']);
});

test.each([
  ['timeZone', 'Asia/Atlantis', 'invalid_time_zone'],
  ['currency', 'ZZZ', 'invalid_currency'],
])('a store with the %s %s is refused by our API and by the document service', async (field, value, code) => {
  const owner = tessera.as(await tessera.signIn('owner'));
  const store = { code: `R-${code.length}`, nameZh: '店', nameEn: 'Refused', [field]: value };
  const { body } = await owner.post('/api/backoffice/stores').send(store).expect(400);
  expect(body.error).toMatchObject({ code, details: { field } });
  await expect(tessera.makeStore({ [field]: value })).rejects.toMatchObject({ code });
  expect((await owner.get(`/api/backoffice/stores?code=${store.code}`).expect(200)).body).toEqual([]);
});

test('a till without a store is refused by our API, by Strapi’s own screens and by the document service', async () => {
  const { strapi } = tessera;
  const person = await tessera.makeStaff({ role: 'owner' });
  const owner = tessera.as(await tessera.signInAs(person));
  const CONTENT_MANAGER = '/content-manager/collection-types/api::till.till';
  const fields = { code: 'T-NO-STORE', name: 'Till' };
  await owner.post('/api/backoffice/tills').send(fields).expect(400);
  for (const store of [undefined, null, { connect: [], disconnect: [] }]) {
    const refused = await owner.post(CONTENT_MANAGER).send({ ...fields, store });
    expect([refused.status, refused.body.error.name]).toEqual([400, 'missing_relation']);
  }
  await expect(strapi.documents('api::till.till').create({ data: fields as never })).rejects.toMatchObject({
    code: 'missing_relation',
  });
  expect(await strapi.documents('api::till.till').count({ filters: { code: fields.code } })).toBe(0);
});

test('a till keeps its store: it may be changed for another, not taken away', async () => {
  const owner = tessera.as(await tessera.signIn('owner'));
  const [first, second] = [await tessera.makeStore(), await tessera.makeStore()];
  const documentId = await tessera.makeTill({ store: first });
  const url = `/content-manager/collection-types/api::till.till/${documentId}`;
  const storeOf = async () =>
    (await tessera.strapi.documents('api::till.till').findOne({ documentId, populate: ['store'] }))?.store?.documentId;
  await owner
    .put(url)
    .send({ store: { connect: [], disconnect: [{ documentId: first }] } })
    .expect(400);
  expect(await storeOf()).toBe(first);
  await owner
    .put(url)
    .send({ name: 'Front', store: { connect: [], disconnect: [] } })
    .expect(200);
  await owner
    .put(url)
    .send({ store: { connect: [{ documentId: second }], disconnect: [{ documentId: first }] } })
    .expect(200);
  expect(await storeOf()).toBe(second);
});

test('every master-data resource declares its four permissions with its fields, and members may be taken along', () => {
  const definitions = backoffice(tessera.strapi).permissions();
  const resources = [...new Set(definitions.map(({ code }) => code.split('.')[0]))];
  expect(resources).toEqual(expect.arrayContaining(['stores', 'tills', 'members', 'products', 'services', 'staff']));
  const plain = definitions.map(({ code }) => code).filter((code) => code !== 'members.export');
  expect(plain).toHaveLength(definitions.length - 1);
  expect(plain.sort()).toEqual(
    resources.flatMap((resource) => ['view', 'create', 'change', 'delete'].map((act) => `${resource}.${act}`)).sort(),
  );
  const view = definitions.find(({ code }) => code === 'members.view');
  expect(view).toMatchObject({ risk: 'medium', isStoreScoped: true, label: { en: 'See members', zh: '查看会员' } });
  expect(view?.fields.filter((field) => field.isPersonal).map((field) => field.name)).toEqual([
    'phone',
    'birthday',
    'note',
  ]);
  const change = definitions.find(({ code }) => code === 'members.change');
  expect(change?.fields.map((field) => field.name)).not.toContain('memberNo');
});
