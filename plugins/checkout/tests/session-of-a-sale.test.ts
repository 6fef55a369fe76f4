import { randomUUID } from 'node:crypto';
import supertest from 'supertest';
import { bootSecondNode, type Staff } from '../../../config/presets/testing';
import { CART_PAYABLE, openShop, type Shop } from './make-shop';

// Quotes and sales take the person from the process cache and ask about the session in their own query: whoever is out
// must be out at the next request all the same, on every node, with nothing written.
let shop: Shop;
let second: Awaited<ReturnType<typeof bootSecondNode>>;
let owner: string;

beforeAll(async () => {
  shop = await openShop();
  second = await bootSecondNode(shop.tessera);
  owner = await shop.tessera.signIn('owner');
});
afterAll(async () => {
  await second.close();
  await shop.tessera.close();
});

const nodes = () => [shop.tessera.url, second.url];

async function statuses(token: string, path: 'quotes' | 'transactions'): Promise<number[]> {
  const answers: number[] = [];
  for (const url of nodes()) {
    const answer = await supertest(url)
      .post(`/api/checkout/${path}`)
      .set('authorization', `Bearer ${token}`)
      .set('idempotency-key', randomUUID())
      .send({ ...shop.cart, ...(path === 'transactions' && { tenders: [{ method: 'card', amount: CART_PAYABLE }] }) });
    answers.push(answer.status);
  }
  return answers;
}

/** A cashier whom both nodes have in their cache. */
async function cashier(): Promise<{ person: Staff; token: string }> {
  const person = await shop.tessera.makeStaff({ role: 'cashier', store: shop.storeId });
  const token = await shop.tessera.signInAs(person);
  expect(await statuses(token, 'quotes')).toEqual([200, 200]);
  expect(await statuses(token, 'transactions')).toEqual([201, 201]);
  return { person, token };
}

async function expectNothingSold(token: string, expected: 401 | 403): Promise<void> {
  const before = await shop.countRows();
  expect(await statuses(token, 'transactions')).toEqual([expected, expected]);
  expect(await statuses(token, 'quotes')).toEqual([expected, expected]);
  expect(await shop.countRows()).toEqual(before);
}

test('who signed out sells nothing more', async () => {
  const { token } = await cashier();
  await shop.tessera.as(token).post('/admin/logout').expect(200);
  await expectNothingSold(token, 401);
});

test('who is blocked sells nothing more', async () => {
  const { person, token } = await cashier();
  await shop.query('UPDATE public.admin_users SET blocked = true WHERE id = $1', [person.id]);
  await expectNothingSold(token, 401);
});

test('whose assignment ended sells nothing more; each refusal stands on the trail once, under the new policy', async () => {
  const { person, token } = await cashier();
  const path = '/api/access/assignments';
  const [assignment] = (await shop.tessera.as(owner).get(`${path}?staffId=${person.id}`).expect(200)).body;
  await shop.tessera.as(owner).delete(`${path}/${assignment.id}`).expect(204);
  await expectNothingSold(token, 403);
  const denials = await shop.query<{ is_current: boolean }>(
    `SELECT policy_version = (SELECT version FROM tessera.access_version) AS is_current FROM tessera.audit
      WHERE staff_id = $1 AND action = 'checkout.sell' AND effect = 'deny'`,
    [person.id],
  );
  expect(denials).toEqual(Array(4).fill({ is_current: true }));
});

test('who gets a new role may use it at the next request', async () => {
  const { tessera, storeId, cart } = shop;
  const person = await tessera.makeStaff({ role: 'marketing', store: storeId });
  const token = await tessera.signInAs(person);
  expect(await statuses(token, 'quotes')).toEqual([403, 403]);
  const roles = (await tessera.as(owner).get('/api/access/roles').expect(200)).body as { id: string; code: string }[];
  const roleId = roles.find(({ code }) => code === 'cashier')?.id;
  await tessera
    .as(owner)
    .post('/api/access/assignments')
    .send({ staffId: person.id, roleId, storeId: cart.storeId })
    .expect(201);
  expect(await statuses(token, 'quotes')).toEqual([200, 200]);
});
