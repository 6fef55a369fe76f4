import { kernel } from '@tessera/kernel/public';
import { backoffice } from '@tessera/backoffice/public';
import type { Grant } from '@tessera/access/domain';
import { bootTessera, type Tessera } from '../../../config/presets/testing';
import { signInWith } from './make-role';

let tessera: Tessera;
let owner: ReturnType<Tessera['as']>;
beforeAll(async () => {
  tessera = await bootTessera();
  owner = tessera.as(await tessera.signIn('owner'));
});
afterAll(() => tessera.close());

const CATEGORIES = '/api/backoffice/categories';
const MEMBERS = '/api/backoffice/members';
const ALL: Pick<Grant, 'read' | 'write'> = { read: { '*': 'clear' }, write: ['*'] };

let counter = 0;
const category = (fields = {}) => ({ code: `W${++counter}`, nameZh: '类', nameEn: 'Kind', ...fields });
const trailOf = (subjectId: string) =>
  kernel(tessera.strapi).database.query<{ action: string; fields: string[]; before: unknown; after: unknown }>(
    'SELECT action, fields, before, after FROM tessera.audit WHERE subject_id = $1 ORDER BY id',
    [subjectId],
  );

test('a record is made, changed and deleted, and the trail says what changed', async () => {
  const made = await owner.post(CATEGORIES).send(category()).expect(201);
  const { id } = made.body;
  expect(made.body).toMatchObject({ version: 1, archived: false, position: 0, active: true });
  const changed = await owner.patch(`${CATEGORIES}/${id}`).set('If-Match', '"1"').send({ nameEn: 'New' }).expect(200);
  expect(changed.body).toMatchObject({ version: 2, nameEn: 'New' });
  await owner.delete(`${CATEGORIES}/${id}`).set('If-Match', '2').expect(200, { id, archived: false });
  await owner.get(`${CATEGORIES}/${id}`).expect(404);
  const trail = await trailOf(id);
  expect(trail.map((line) => line.action)).toEqual(['categories.create', 'categories.change', 'categories.delete']);
  expect(trail[1]).toMatchObject({ fields: ['nameEn'], before: { nameEn: 'Kind' }, after: { nameEn: 'New' } });
});

test('a change without a version is 428, with an old one 409 with both versions and the row as it is', async () => {
  const { id } = (await owner.post(CATEGORIES).send(category()).expect(201)).body;
  await owner.patch(`${CATEGORIES}/${id}`).send({ position: 1 }).expect(428);
  await owner.patch(`${CATEGORIES}/${id}`).set('If-Match', 'W/"x"').send({ position: 1 }).expect(400);
  await owner.patch(`${CATEGORIES}/${id}`).set('If-Match', '1').send({ position: 1 }).expect(200);
  const { body } = await owner.patch(`${CATEGORIES}/${id}`).set('If-Match', '1').send({ position: 2 }).expect(409);
  expect(body.error).toMatchObject({
    code: 'version_conflict',
    details: { yours: 1, current: 2, row: { position: 1 } },
  });
  await owner.delete(`${CATEGORIES}/${id}`).expect(428);
  await owner.delete(`${CATEGORIES}/${id}`).set('If-Match', '1').expect(409);
});

test('everything that people edit raises its version, whichever plugin it came with', async () => {
  const types = Object.values(tessera.strapi.contentTypes) as {
    collectionName: string;
    pluginOptions?: { backoffice?: object };
  }[];
  const tables = types.filter((type) => type.pluginOptions?.backoffice).map(({ collectionName }) => collectionName);
  const versioned = await kernel(tessera.strapi).database.query<{ name: string }>(
    'SELECT relname AS name FROM tessera.master_table WHERE is_versioned',
  );
  expect(versioned.map(({ name }) => name).sort()).toEqual(tables.sort());
});

test('of 20 parallel changes of one version exactly one wins', async () => {
  const { id } = (await owner.post(CATEGORIES).send(category()).expect(201)).body;
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, position) =>
      owner
        .patch(`${CATEGORIES}/${id}`)
        .set('If-Match', '1')
        .send({ position: position + 1 }),
    ),
  );
  const statuses = answers.map((answer) => answer.status).sort();
  expect(statuses).toEqual([200, ...Array.from({ length: 19 }, () => 409)]);
  const winner = answers.find((answer) => answer.status === 200);
  const now = await owner.get(`${CATEGORIES}/${id}`).expect(200);
  expect(now.body).toMatchObject({ version: 2, position: winner?.body.position });
});

test.each([
  ['an unknown field', { nonsense: 1 }, 'nonsense'],
  ['a field that the server makes', { version: 7 }, 'version'],
  ['a wrong type', { position: '1' }, 'position'],
  ['a number out of range', { position: 3_000_000_000 }, 'position'],
  ['a fraction', { position: 1.5 }, 'position'],
  ['a text that does not match', { colour: 'red' }, 'colour'],
  ['too long a text', { nameEn: 'x'.repeat(81) }, 'nameEn'],
  ['nothing where something is required', { nameEn: ' ' }, 'nameEn'],
  ['null where something is required', { nameEn: null }, 'nameEn'],
])('%s is refused by name and nothing is written', async (_what, fields, path) => {
  const input = category(fields);
  const { body } = await owner.post(CATEGORIES).send(input).expect(400);
  expect(JSON.stringify(body.error)).toContain(path);
  expect((await owner.get(`${CATEGORIES}?code=${input.code}`).expect(200)).body).toEqual([]);
});

test.each([['[]'], ['null'], ['"text"'], ['{"__proto__":{"code":"x"}}'], ['{']])(
  'the body %s is refused',
  async (text) => {
    const answer = await owner.post(CATEGORIES).set('Content-Type', 'application/json').send(text);
    expect(answer.status).toBe(400);
  },
);

test('secrets neither leave nor enter', async () => {
  const { body } = await owner
    .post('/api/backoffice/staff')
    .send({ staffNo: 'X1', name: 'X', pinHash: 'x' })
    .expect(400);
  expect(JSON.stringify(body)).toContain('pinHash');
  expect(JSON.stringify((await owner.get('/api/backoffice/staff').expect(200)).body)).not.toContain('pinHash');
});

test('a value that another record has is 409 and names the field, also when both come at once', async () => {
  const input = category();
  await owner.post(CATEGORIES).send(input).expect(201);
  const { body } = await owner.post(CATEGORIES).send(input).expect(409);
  expect(body.error).toMatchObject({ code: 'duplicate_value', details: { field: 'code' } });
  const twin = category();
  const answers = await Promise.all([1, 2, 3, 4].map(() => owner.post(CATEGORIES).send(twin)));
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409]);
});

test('personal values are masked in the trail', async () => {
  const { id } = await tessera.makeMember({ phone: '+8613611110000' });
  await owner.patch(`${MEMBERS}/${id}`).set('If-Match', '1').send({ phone: '+8613611112222' }).expect(200);
  const trail = JSON.stringify(await trailOf(id));
  expect(trail).toContain('2222');
  expect(trail).not.toContain('13611112222');
});

test('scope is checked before and after a change, on create, and on what is named', async () => {
  const [here, there] = [await tessera.makeStore(), await tessera.makeStore()];
  const grants = (['members.view', 'members.create', 'members.change', 'stores.view'] as const).map((permission) => ({
    permission,
    scope: 'own-store' as const,
    ...ALL,
  }));
  const manager = await signInWith(tessera, grants, here);
  const mine = await tessera.makeMember({ homeStore: here });
  const other = await tessera.makeMember({ homeStore: there });
  const change = (id: string, body: object) => manager.patch(`${MEMBERS}/${id}`).set('If-Match', '1').send(body);
  await change(other.id, { name: 'stolen' }).expect(403);
  await change(mine.id, { homeStoreId: there }).expect(403);
  await change(mine.id, { homeStoreId: null }).expect(403);
  await manager.post(MEMBERS).send({ name: '新人', homeStoreId: there }).expect(403);
  await change(mine.id, { name: 'renamed' }).expect(200);
});

test('what a record points to must exist and be visible to the person', async () => {
  const { id } = await tessera.makeProduct();
  const change = (body: object) => owner.patch(`/api/backoffice/products/${id}`).set('If-Match', '1').send(body);
  const { body } = await change({ categoryId: 'abcdefghijklmnopqrstuvwx' }).expect(422);
  expect(body.error).toMatchObject({ code: 'unknown_reference', details: { field: 'categoryId' } });
  await change({ categoryId: 7 }).expect(400);
  const blind = await signInWith(tessera, [
    { permission: 'products.view', scope: 'all', ...ALL },
    { permission: 'products.change', scope: 'all', ...ALL },
  ]);
  const kind = await tessera.makeCategory();
  await blind.patch(`/api/backoffice/products/${id}`).set('If-Match', '1').send({ categoryId: kind }).expect(422);
});

test('a field that is not granted cannot be written', async () => {
  const clerk = await signInWith(tessera, [
    { permission: 'categories.view', scope: 'all', ...ALL },
    { permission: 'categories.change', scope: 'all', write: ['position'] },
  ]);
  const id = await tessera.makeCategory();
  await clerk.patch(`${CATEGORIES}/${id}`).set('If-Match', '1').send({ nameEn: 'No' }).expect(403);
  await clerk.patch(`${CATEGORIES}/${id}`).set('If-Match', '1').send({ archived: true }).expect(403);
  await clerk.patch(`${CATEGORIES}/${id}`).set('If-Match', '1').send({ position: 9 }).expect(200);
});

test('what something refers to is archived, not deleted, and can be restored', async () => {
  const id = await tessera.makeCategory();
  await tessera.makeProduct({ category: id });
  await owner.delete(`${CATEGORIES}/${id}`).set('If-Match', '1').expect(200, { id, archived: true });
  expect((await owner.get(CATEGORIES).expect(200)).body.map((row: { id: string }) => row.id)).not.toContain(id);
  const back = await owner.patch(`${CATEGORIES}/${id}`).set('If-Match', '2').send({ archived: false }).expect(200);
  expect(back.body).toMatchObject({ version: 3, archived: false });
});

test("a plugin's history archives too, and Strapi's own delete is refused", async () => {
  const id = await tessera.makeCategory();
  backoffice(tessera.strapi).addHistoryCheck('categories', async (_sql, documentId) => documentId === id);
  await expect(tessera.strapi.documents('api::category.category').delete({ documentId: id })).rejects.toMatchObject({
    code: 'in_use',
  });
  await owner.delete(`${CATEGORIES}/${id}`).set('If-Match', '1').expect(200, { id, archived: true });
});

test('an account belongs to one member of staff, and must exist', async () => {
  const person = await tessera.makeStaff({ role: 'owner' });
  const create = (userId: string) =>
    owner.post('/api/backoffice/staff').send({ staffNo: `N${++counter}`, name: 'N', userId });
  const { body } = await create(person.id).expect(409);
  expect(body.error.details.field).toBe('userId');
  await create('99999999').expect(422);
});

test('nobody ties a record to an account that holds more than he does, and the attempt is on the trail', async () => {
  const clerk = await signInWith(tessera, [
    { permission: 'staff.view', scope: 'all', ...ALL },
    { permission: 'staff.create', scope: 'all', ...ALL },
  ]);
  const account = async (roles: unknown[]) => {
    const email = `account-${++counter}@example.test`;
    const user = await tessera.strapi.service('admin::user').create({ email, firstname: 'A', isActive: true, roles });
    return String(user.id);
  };
  const tie = (userId: string) =>
    clerk.post('/api/backoffice/staff').send({ staffNo: `N${++counter}`, name: 'N', userId });
  const { id: superAdmin } = await tessera.strapi.service('admin::role').getSuperAdmin();
  const strong = await account([superAdmin]);
  const { body } = await tie(strong).expect(403);
  expect(body.error.code).toBe('above_ceiling');
  expect(body.error.details.permissions).toContain('assignments.manage');
  expect(await trailOf(strong)).toMatchObject([{ action: 'assignments.manage' }]);
  await tie(await account([])).expect(201);
});
