import { kernel } from '@tessera/kernel/public';
import { bootTessera, type Tessera } from '../../../config/presets/testing';

let tessera: Tessera;
let own: string;
let other: string;
let owner: ReturnType<Tessera['as']>;
let manager: ReturnType<Tessera['as']>;
let roles: Map<string, string>;

beforeAll(async () => {
  tessera = await bootTessera();
  [own, other] = [await tessera.makeStore(), await tessera.makeStore()];
  owner = tessera.as(await tessera.signIn('owner'));
  manager = tessera.as(await tessera.signIn('store-manager', { store: own }));
  const rows = await kernel(tessera.strapi).database.query<{ code: string; id: string }>(
    'SELECT code, role_id::text AS id FROM tessera.access_role',
  );
  roles = new Map(rows.map((row) => [row.code, row.id]));
});
afterAll(() => tessera.close());

const give = async (role: string, storeId: string | null) => {
  const { id: staffId } = await tessera.makeStaff({ role: 'marketing', store: own });
  return manager.post('/api/access/assignments').send({ staffId, roleId: roles.get(role), storeId });
};

test.each(['cashier', 'senior-cashier', 'store-manager'])(
  'a manager makes somebody a %s in the own store',
  async (role) => {
    expect((await give(role, own)).status).toBe(201);
  },
);

test('a manager gives nothing in another store, nor in all', async () => {
  expect((await give('cashier', other)).body.error.code).toBe('forbidden');
  expect((await give('cashier', null)).body.error.code).toBe('forbidden');
});

test('a role that holds more than the manager is refused, by name of what is too much, and recorded', async () => {
  const { status, body } = await give('auditor', own);
  expect([status, body.error.code]).toEqual([403, 'above_ceiling']);
  expect(body.error.details.permissions).toContain('imports.view');
  const trail = await kernel(tessera.strapi).database.query(
    `SELECT 1 FROM tessera.audit WHERE rule = 'above_ceiling' AND subject_id = 'auditor'`,
  );
  expect(trail).toHaveLength(1);
});

test('the list of assignable roles says the same as giving them', async () => {
  const { body } = await manager.get(`/api/access/roles/assignable?storeId=${own}`).expect(200);
  const refusals = Object.fromEntries(
    body.map((role: { code: string; refusal: { code: string } | null }) => [role.code, role.refusal?.code ?? null]),
  );
  expect(refusals).toMatchObject({ cashier: null, 'store-manager': null, auditor: 'above_ceiling', owner: 'owner' });
});

test('a person with rights over Strapi users and roles lifts neither himself nor anybody else', async () => {
  const made = await owner.post('/admin/roles').send({ name: 'HR', description: 'people' }).expect(201);
  const roleId = made.body.data.id as number;
  const right = (action: string) => ({ action, subject: null, properties: {}, conditions: [] });
  const held = [
    'admin::users.read',
    'admin::users.create',
    'admin::users.update',
    'admin::roles.read',
    'admin::roles.update',
    'admin::roles.create',
  ];
  const permissions = held.map(right);
  await owner.put(`/admin/roles/${roleId}/permissions`).send({ permissions }).expect(200);
  const password = 'Correct-horse-7-battery';
  const email = 'hr@example.test';
  await tessera.strapi
    .service('admin::user')
    .create({ email, firstname: 'HR', password, isActive: true, registrationToken: null, roles: [roleId] });
  const hr = tessera.as(await tessera.signInAs({ email, password }));
  const victim = await tessera.makeStaff({ role: 'owner' });
  const statuses = await Promise.all([
    hr.put(`/admin/roles/${roleId}/permissions`).send({ permissions: [right('plugin::access.assignments.manage')] }),
    hr.put(`/admin/roles/${roleId}/permissions`).send({ permissions: [right('admin::api-tokens.create')] }),
    hr.post('/admin/users').send({ email: 'x@example.test', firstname: 'X', roles: [Number(roles.get('owner'))] }),
    hr.post('/admin/users').send({ email: 'y@example.test', firstname: 'Y', roles: [Number(roles.get('cashier'))] }),
    hr.put(`/admin/users/${victim.id}`).send({ password: 'Stolen-horse-8-battery' }),
  ]);
  expect(statuses.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
  const after = await hr.get(`/admin/roles/${roleId}/permissions`).expect(200);
  expect(after.body.data.map((permission: { action: string }) => permission.action).sort()).toEqual([...held].sort());
  await hr
    .post('/admin/users')
    .send({ email: 'z@example.test', firstname: 'Z', roles: [roleId] })
    .expect(201);
});

test('not even the owner opens master data through the content manager, which knows no masks', async () => {
  const subject = 'api::member.member';
  const permission = {
    action: 'plugin::content-manager.explorer.read',
    subject,
    properties: { fields: ['phone'] },
    conditions: [],
  };
  await owner
    .put(`/admin/roles/${roles.get('support')}/permissions`)
    .send({ permissions: [permission] })
    .expect(403);
});
