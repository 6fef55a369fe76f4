import { setTimeout as sleep } from 'node:timers/promises';
import { kernel } from '@tessera/kernel/public';
import supertest from 'supertest';
import { bootSecondNode, bootTessera, expireToken, type Staff, type Tessera } from '../../../config/presets/testing';

let tessera: Tessera;
let second: Awaited<ReturnType<typeof bootSecondNode>>;
let store: string;
let owner: string;

beforeAll(async () => {
  tessera = await bootTessera();
  second = await bootSecondNode(tessera);
  store = await tessera.makeStore();
  owner = await tessera.signIn('owner');
});
afterAll(async () => {
  await second.close();
  await tessera.close();
});

const database = () => kernel(tessera.strapi).database;

/** Asks both nodes at once: nobody may be behind. */
async function statuses(token: string, path = '/api/access/roles'): Promise<number[]> {
  const answers = [tessera.url, second.url].map((url) =>
    supertest(url).get(path).set('authorization', `Bearer ${token}`),
  );
  return (await Promise.all(answers)).map((answer) => answer.status);
}

/** An auditor at the store, who may read roles: known to both nodes before anything changes. */
async function auditor(): Promise<{ person: Staff; token: string }> {
  const person = await tessera.makeStaff({ role: 'auditor', store });
  const token = await tessera.signInAs(person);
  expect(await statuses(token)).toEqual([200, 200]);
  return { person, token };
}

async function asOwner(method: 'put' | 'post' | 'delete', path: string, body: object): Promise<void> {
  const answer = await tessera.as(owner)[method](path).send(body);
  expect([path, answer.status, answer.status >= 300 ? answer.text : '']).toEqual([path, answer.status, '']);
}

test('a role taken away in Strapi is gone at the next request', async () => {
  const { person, token } = await auditor();
  const [marketing] = await database().query<{ id: number }>(
    `SELECT role_id AS id FROM tessera.access_role WHERE code = 'marketing'`,
  );
  await asOwner('put', `/admin/users/${person.id}`, { roles: [marketing?.id] });
  expect(await statuses(token)).toEqual([403, 403]);
});

test('a grant taken from a role in Strapi is gone at the next request, and back when it is given again', async () => {
  const { token } = await auditor();
  const [role] = await database().query<{ id: number }>(
    `SELECT role_id AS id FROM tessera.access_role WHERE code = 'auditor'`,
  );
  const path = `/admin/roles/${role?.id}/permissions`;
  const held = (await tessera.as(owner).get(path)).body.data as { action: string; subject: null; properties: object }[];
  const permissions = held.map(({ action, subject, properties }) => ({ action, subject, properties, conditions: [] }));
  await asOwner('put', path, { permissions: permissions.filter(({ action }) => !action.endsWith('roles.view')) });
  expect(await statuses(token)).toEqual([403, 403]);
  await asOwner('put', path, { permissions });
  expect(await statuses(token)).toEqual([200, 200]);
});

test('an assignment that is ended is gone at the next request', async () => {
  const { person, token } = await auditor();
  const [assignment] = (await tessera.as(owner).get(`/api/access/assignments?staffId=${person.id}`).expect(200)).body;
  await tessera.as(owner).delete(`/api/access/assignments/${assignment.id}`).expect(204);
  expect(await statuses(token)).toEqual([403, 403]);
});

test('an account switched off is out at the next request', async () => {
  const { person, token } = await auditor();
  await asOwner('put', `/admin/users/${person.id}`, { isActive: false });
  expect(await statuses(token)).toEqual([401, 401]);
});

test('an account that is blocked is out at the next request', async () => {
  const { person, token } = await auditor();
  await database().query('UPDATE public.admin_users SET blocked = true WHERE id = $1', [person.id]);
  expect(await statuses(token)).toEqual([401, 401]);
});

test('staff who left are out at the next request', async () => {
  const { person, token } = await auditor();
  const staff = tessera.strapi.documents('api::staff-profile.staff-profile' as never);
  const [profile] = await staff.findMany({ filters: { staffNo: person.staffNo } as never });
  await staff.update({ documentId: profile?.documentId ?? '', data: { active: false } as never });
  expect(await statuses(token)).toEqual([401, 401]);
});

test('after signing out the access token is dead at once', async () => {
  const { token } = await auditor();
  await tessera.as(token).post('/admin/logout').expect(200);
  expect(await statuses(token)).toEqual([401, 401]);
});

test('a session that was refreshed goes on in its old tab, and ends with its line', async () => {
  const person = await tessera.makeStaff({ role: 'auditor', store });
  const { email, password } = person;
  const login = await tessera.request.post('/admin/login').send({ email, password }).expect(200);
  const old = login.body.data.token as string;
  const refresh = (cookies: string) => tessera.request.post('/admin/access-token').set('cookie', cookies).expect(200);
  const cookieOf = (answer: { headers: Record<string, string> }) =>
    String(answer.headers['set-cookie']).split(';')[0] ?? '';
  const once = await refresh(cookieOf(login));
  const young = (await refresh(cookieOf(once))).body.data.token as string;
  expect([await statuses(old), await statuses(young)]).toEqual([
    [200, 200],
    [200, 200],
  ]);
  await tessera.as(young).delete('/admin/users/me/sessions').expect(200);
  expect([await statuses(old), await statuses(young)]).toEqual([
    [401, 401],
    [401, 401],
  ]);
});

test('a token that ran out, was forged or belongs to nobody is refused', async () => {
  const { token } = await auditor();
  const [head, payload, signature = ''] = token.split('.');
  const forged = `${head}.${payload}.${signature.split('').reverse().join('')}`;
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
  for (const bad of [expireToken(token), forged, unsigned, 'nonsense', ''])
    expect(await statuses(bad)).toEqual([401, 401]);
});

test('an assignment holds from its beginning until its end, without anything being changed', async () => {
  const { person, token } = await auditor();
  const move = (from: string, until: string) =>
    database().query(
      `UPDATE tessera.assignment SET valid_from = now() + $2::interval, valid_until = now() + $3::interval WHERE staff_id = $1`,
      [person.id, from, until],
    );
  await move('1 hour', '2 hours');
  expect(await statuses(token)).toEqual([403, 403]);
  await move('-1 hour', '2 seconds');
  expect(await statuses(token)).toEqual([200, 200]);
  await sleep(2_100);
  expect(await statuses(token)).toEqual([403, 403]);
});

test('the version rises with the commit of a change, and not without one', async () => {
  const { person } = await auditor();
  const version = async () =>
    (await database().query<{ version: number }>('SELECT version FROM tessera.access_version'))[0]?.version ?? 0;
  const before = await version();
  const change = `UPDATE tessera.assignment SET valid_until = now() + interval '1 day' WHERE staff_id = $1`;
  await database().transaction(async (sql) => {
    await sql.query(change, [person.id]);
    expect(await version()).toBe(before);
  });
  expect(await version()).toBe(before + 1);
  const undone = database().transaction(async (sql) => {
    await sql.query(change, [person.id]);
    throw new Error('changed my mind');
  });
  await expect(undone).rejects.toThrow('changed my mind');
  expect(await version()).toBe(before + 1);
});

test('forty changes of people and roles at once all succeed', async () => {
  const people = await Promise.all(Array.from({ length: 10 }, () => tessera.makeStaff({ role: 'auditor', store })));
  const roles = await database().query<{ id: number; code: string }>(
    'SELECT role_id AS id, code FROM tessera.access_role',
  );
  const idOf = (code: string) => roles.find((role) => role.code === code)?.id;
  const path = `/admin/roles/${idOf('support')}/permissions`;
  const held = (await tessera.as(owner).get(path)).body.data as { action: string; subject: null; properties: object }[];
  const permissions = held.map(({ action, subject, properties }) => ({ action, subject, properties, conditions: [] }));
  const answers = await Promise.all(
    people.flatMap((person, index) => [
      tessera
        .as(owner)
        .put(`/admin/users/${person.id}`)
        .send({ roles: [idOf('auditor'), idOf('support')] }),
      tessera
        .as(owner)
        .post('/api/access/assignments')
        .send({ staffId: person.id, roleId: String(idOf('analyst')), storeId: store }),
      tessera
        .as(owner)
        .put(`/admin/roles/${idOf('marketing')}`)
        .send({ description: `change ${index}` }),
      tessera
        .as(owner)
        .put(path)
        .send({ permissions: permissions.slice(index % 2) }),
    ]),
  );
  expect(answers.filter((answer) => answer.status >= 300).map((answer) => answer.text)).toEqual([]);
});
