import { kernel } from '@tessera/kernel/public';
import { bootTessera, type Tessera } from '../../../config/presets/testing';
import { grantPermission } from './grant-permission';

let tessera: Tessera;
let store: string;
let member: string;

const PER_DAY = 3;
const REASON = 'calls about an appointment';

beforeAll(async () => {
  tessera = await bootTessera();
  store = await tessera.makeStore();
  await grantPermission(tessera, 'store-manager', {
    permission: 'members.reveal',
    scope: 'own-store',
    read: { phone: 'clear', birthday: 'clear', note: 'masked' },
    limits: { perDay: PER_DAY },
  });
  const made = await tessera.makeMember({ phone: '13812345678', birthday: '1990-05-06', note: 'x', homeStore: store });
  member = made.id;
});
afterAll(() => tessera.close());

const manager = () => tessera.signIn('store-manager', { store });

function reveal(token: string, body: object = { fields: ['phone'], reason: REASON }, id = member) {
  return tessera.as(token).post(`/api/members/${id}/reveals`).send(body);
}

async function trail(id: string): Promise<Record<string, unknown>[]> {
  return kernel(tessera.strapi).database.query(
    `SELECT effect, reason, fields, store_id AS "storeId", subject_type AS "subjectType" FROM tessera.audit
    WHERE action = 'members.reveal' AND subject_id = $1 ORDER BY id`,
    [id],
  );
}

test('a reveal shows the fields and stands on the trail with its reason', async () => {
  const fresh = await tessera.makeMember({ phone: '13812340001', birthday: '1990-05-06', homeStore: store });
  const shown = await reveal(await manager(), { fields: ['phone', 'birthday'], reason: REASON }, fresh.id).expect(201);
  expect(shown.body).toEqual({ id: fresh.id, values: { phone: '+8613812340001', birthday: '1990-05-06' } });
  expect(await trail(fresh.id)).toEqual([
    { effect: 'allow', reason: REASON, fields: ['phone', 'birthday'], storeId: store, subjectType: 'member' },
  ]);
});

test('twelve at once pass exactly as often as the day allows, and each that passed is on the trail', async () => {
  const fresh = await tessera.makeMember({ homeStore: store });
  const token = await manager();
  const body = { fields: ['phone'], reason: REASON };
  const replies = await Promise.all(Array.from({ length: 12 }, () => reveal(token, body, fresh.id)));
  const refused = replies.filter((reply) => reply.status !== 201);
  expect(refused).toHaveLength(12 - PER_DAY);
  for (const reply of refused) {
    expect(reply.body.error).toMatchObject({
      code: 'forbidden',
      details: { reasons: [{ code: 'above_limit', limit: { key: 'perDay', allowed: PER_DAY, asked: PER_DAY + 1 } }] },
    });
  }
  expect(await trail(fresh.id)).toHaveLength(PER_DAY);
});

test('the limit is per person', async () => {
  const first = await manager();
  for (let index = 0; index < PER_DAY; index++) await reveal(first).expect(201);
  await reveal(first).expect(403);
  await reveal(await manager()).expect(201);
});

test('a refused reveal counts for nothing and is recorded', async () => {
  const token = await manager();
  const stranger = await tessera.makeMember({ homeStore: await tessera.makeStore() });
  for (let index = 0; index < PER_DAY + 1; index++) {
    const refused = await reveal(token, undefined, stranger.id).expect(403);
    expect(refused.body.error.details.reasons[0].code).toBe('outside_scope');
  }
  await reveal(token).expect(201);
});

test('a member without a home store is out of reach for who holds one store', async () => {
  const { id } = await tessera.makeMember();
  await reveal(await manager(), undefined, id).expect(403);
  await reveal(await tessera.signIn('owner'), undefined, id).expect(201);
});

test('a field that the grant shows masked is not revealed', async () => {
  const refused = await reveal(await manager(), { fields: ['phone', 'note'], reason: REASON }).expect(403);
  expect(refused.body.error.details.reasons).toEqual([{ code: 'field_hidden', field: 'note' }]);
});

test.each([
  ['no reason', { fields: ['phone'] }],
  ['a blank reason', { fields: ['phone'], reason: '   ' }],
  ['a reason with NUL', { fields: ['phone'], reason: 'a\0b' }],
  ['half a character', { fields: ['phone'], reason: 'ab\ud800' }],
  ['no field', { fields: [], reason: REASON }],
  ['an unknown field', { fields: ['pinHash'], reason: REASON }],
  ['something extra', { fields: ['phone'], reason: REASON, perDay: 0 }],
])('%s is refused', async (_what, body) => {
  const refused = await reveal(await manager(), body).expect(400);
  expect(refused.body.error.code).toBe('invalid_input');
});

test('who is not there cannot be revealed', async () => {
  const token = await manager();
  await reveal(token, undefined, 'a'.repeat(24)).expect(404);
  await reveal(token, undefined, '1;drop').expect(400);
});

test('without the permission nothing is revealed', async () => {
  await reveal(await tessera.signIn('support', { store })).expect(403);
  await tessera.request
    .post(`/api/members/${member}/reveals`)
    .send({ fields: ['phone'], reason: REASON })
    .expect(401);
});
