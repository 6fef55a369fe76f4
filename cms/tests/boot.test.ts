import { bootTessera, type Tessera } from '../../config/presets/testing';

let tessera: Tessera;
beforeAll(async () => {
  tessera = await bootTessera();
});
afterAll(() => tessera.close());

test('the server answers when it is ready', async () => {
  await tessera.request.get('/_health').expect(204);
});

test('an owner signs in and is told who he is and what he may do', async () => {
  const token = await tessera.signIn('owner');
  const me = await tessera.as(token).get('/api/access/me').expect(200);
  expect(me.body.staff.roles).toEqual([{ zh: '所有者', en: 'Owner' }]);
  expect(me.body.policy.permissions).toHaveProperty(['assignments.manage']);
});

test('nobody gets in without a session', async () => {
  const refused = await tessera.request.get('/api/access/me').expect(401);
  expect(refused.body.error.code).toBe('unauthenticated');
});
