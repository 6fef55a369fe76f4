import { bootTessera, type Tessera } from '../../config/presets/testing';

let tessera: Tessera;
beforeAll(async () => {
  tessera = await bootTessera();
});

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

/** The last one: it ends the server of this file. */
test('an orderly stop lets writes that are under way, and what Strapi reads after them, come to their end', async () => {
  const { strapi } = tessera;
  const writes = Array.from({ length: 40 }, (_, position) => {
    const data = { code: `kind-${position}`, nameZh: `类${position}`, nameEn: `Kind ${position}`, position };
    return strapi
      .documents('api::category.category')
      .create({ data: { ...data, active: true, archived: false, version: 1 } });
  });
  await Promise.all([tessera.close(), ...writes]);
});
