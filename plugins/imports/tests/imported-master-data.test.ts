import { bootTessera, type Tessera } from '../../../config/presets/testing';
import { imports } from '../src/public';
import { fileOfLines } from './slice';

let tessera: Tessera;
beforeAll(async () => {
  tessera = await bootTessera();
  const rows = ['85123A,WHITE HEART,1,2011-07-01 08:26:00,2.55', 'POST,POSTAGE,1,2011-07-01 08:26:00,18.00'];
  const path = fileOfLines(...rows.map((row) => `536365,${row},17850.0,Eire`));
  await imports(tessera.strapi).importFile({ path, profile: 'online-retail', actor: 'system' });
});
afterAll(() => tessera.close());

type Fields = Record<string, unknown>;

/** One document by its natural key, as Strapi reads it. */
async function read(uid: string, key: Fields): Promise<Fields & { documentId: string }> {
  const [found] = await tessera.strapi.documents(uid as never).findMany({ filters: key as never, populate: '*' });
  return found as never;
}

/** Attributes that differ by nature between two documents. */
const OWN = ['id', 'documentId', 'createdAt', 'updatedAt', 'publishedAt', 'localizations', 'sku', 'memberNo'];

function shapeOf(document: Fields): Fields {
  return Object.fromEntries(Object.entries(document).filter(([name]) => !OWN.includes(name)));
}

test('an imported member is what the document service would have made of the same facts', async () => {
  const imported = await read('api::member.member', { memberNo: 'UK17850' });
  const store = await read('api::store.store', { code: 'UK' });
  const made = await tessera.strapi.documents('api::member.member').create({
    data: {
      memberNo: 'BY-HAND',
      name: 'Customer 17850',
      tags: ['Eire'],
      source: 'import',
      joinedAt: '2011-07-01T07:26:00.000Z',
      homeStore: store.documentId,
    } as never,
  });
  const byHand = await read('api::member.member', { documentId: made.documentId });
  expect(shapeOf(imported)).toEqual(shapeOf(byHand));
  expect(imported.documentId).toMatch(/^[a-z][a-z0-9]{23}$/);
  expect(imported['publishedAt']).not.toBeNull();
  expect(Math.abs(Date.parse(String(imported['createdAt'])) - Date.now())).toBeLessThan(120_000);
});

test.each([
  ['api::product.product', '85123A', 'WHITE HEART', 255, true],
  ['api::service.service', 'POST', 'POSTAGE', 0, false],
])('an imported %s is what the document service would have made', async (uid, sku, name, unitPrice, active) => {
  const imported = await read(uid, { sku });
  const links = {
    category: (await read('api::category.category', { code: 'IMPORTED' })).documentId,
    taxClass: (await read('api::tax-class.tax-class', { code: 'UNSTATED' })).documentId,
  };
  const minutes = uid.includes('service') ? { durationMinutes: 1 } : {};
  const made = await tessera.strapi.documents(uid as never).create({
    data: { sku: `${sku}-2`, nameZh: name, nameEn: name, unitPrice, active, ...links, ...minutes } as never,
  });
  const byHand = await read(uid, { documentId: made.documentId });
  const { searchText, ...rest } = shapeOf(imported);
  const { searchText: handText, ...handRest } = shapeOf(byHand);
  expect(rest).toEqual(handRest);
  expect(searchText).toBe(String(handText).replace(`${sku.toLowerCase()}-2`, sku.toLowerCase()));
});

test('the document service changes imported rows, and keeps what history refers to', async () => {
  const { documentId } = await read('api::member.member', { memberNo: 'UK17850' });
  const members = tessera.strapi.documents('api::member.member');
  const store = await tessera.makeStore();
  await members.update({ documentId, data: { name: 'Ann Lee', homeStore: store } as never });
  const changed = await read('api::member.member', { memberNo: 'UK17850' });
  expect(changed).toMatchObject({ name: 'Ann Lee', nameInitials: 'al', version: 2, homeStore: { documentId: store } });
  await expect(members.delete({ documentId })).rejects.toThrow('archive');
});
