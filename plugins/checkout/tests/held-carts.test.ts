import { openShop, type Shop } from './make-shop';

const PATH = '/api/checkout/held-carts';
let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.tessera.close());

const as = (token = shop.token) => shop.tessera.as(token);

async function hold(note?: string): Promise<string> {
  const held = await as().post(PATH).send({ cart: shop.cart, note }).expect(201);
  return held.body.id as string;
}

async function waiting(): Promise<string[]> {
  const list = await as().get(`${PATH}?storeId=${shop.storeId}`).expect(200);
  return list.body.map((cart: { id: string }) => cart.id);
}

test('a held cart waits in the list of its store with who, what and how much', async () => {
  const id = await hold('红色雨伞');
  const list = await as().get(`${PATH}?storeId=${shop.storeId}`).expect(200);
  expect(list.body.find((cart: { id: string }) => cart.id === id)).toMatchObject({
    storeId: shop.storeId,
    tillId: shop.tillId,
    note: '红色雨伞',
    lineCount: 1,
    payable: 3_980,
    cart: shop.cart,
  });
});

test('a held cart names its member as far as the reader may see him', async () => {
  const { tessera, storeId } = shop;
  const member = await tessera.makeMember({ name: '王小明' });
  const cart = { ...shop.cart, memberId: member.id };
  const held = await as().post(PATH).send({ cart }).expect(201);
  const hit = (await as().get(`/api/members/lookup?q=${member.memberNo}`).expect(200)).body[0];
  const shown = { memberNo: hit.memberNo, memberName: hit.name };
  expect(shown.memberNo).toBe(member.memberNo);
  expect(held.body).toMatchObject(shown);
  const list = await as().get(`${PATH}?storeId=${storeId}`).expect(200);
  expect(list.body.find((waits: { id: string }) => waits.id === held.body.id)).toMatchObject(shown);
  const resumed = await as().post(`${PATH}/${held.body.id}/resume`).expect(200);
  expect(resumed.body).toMatchObject(shown);
});

test('carts wait in the order they were held', async () => {
  const [first, second] = [await hold(), await hold()];
  expect((await waiting()).slice(-2)).toEqual([first, second]);
});

test('a colleague at another till of the store resumes it', async () => {
  const id = await hold();
  await shop.tessera.makeTill({ store: shop.storeId });
  const colleague = await shop.tessera.signIn('cashier', { store: shop.storeId });
  const resumed = await as(colleague).post(`${PATH}/${id}/resume`).expect(200);
  expect(resumed.body.cart).toEqual(shop.cart);
  expect(await waiting()).not.toContain(id);
});

test('of ten tills that resume one cart at the same time exactly one gets it', async () => {
  const id = await hold();
  const answers = await Promise.all(Array.from({ length: 10 }, () => as().post(`${PATH}/${id}/resume`)));
  const statuses = answers.map((answer) => answer.status).sort();
  expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
  const lost = answers.filter((answer) => answer.status === 409);
  expect(new Set(lost.map((answer) => answer.body.error.code))).toEqual(new Set(['held_cart_gone']));
});

test('a discarded cart is gone', async () => {
  const id = await hold();
  await as().delete(`${PATH}/${id}`).expect(204);
  expect(await waiting()).not.toContain(id);
  await as().post(`${PATH}/${id}/resume`).expect(409);
  const refused = await shop.sell({ ...shop.cart, heldCartId: id }).expect(409);
  expect(refused.body.error.code).toBe('held_cart_gone');
});

test('a resumed cart is sold on another till, once', async () => {
  const id = await hold();
  const tillId = await shop.tessera.makeTill({ store: shop.storeId });
  await as().post(`${PATH}/${id}/resume`).expect(200);
  await shop.sell({ ...shop.cart, tillId, heldCartId: id }).expect(201);
  const before = await shop.countRows();
  const refused = await shop.sell({ ...shop.cart, tillId, heldCartId: id }).expect(409);
  expect(refused.body.error.code).toBe('held_cart_gone');
  expect(await shop.countRows()).toEqual(before);
});

test('of ten sales of one held cart at the same time exactly one is booked', async () => {
  const id = await hold();
  const before = await shop.countRows();
  const answers = await Promise.all(Array.from({ length: 10 }, () => shop.sell({ ...shop.cart, heldCartId: id })));
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
  const after = await shop.countRows();
  expect(after['transaction']).toBe((before['transaction'] ?? 0) + 1);
  expect(after['idempotency']).toBe((before['idempotency'] ?? 0) + 1);
});

test('a cart that cannot be priced cannot be held', async () => {
  const before = await shop.countRows();
  const cart = { ...shop.cart, lines: [{ sku: 'NOTHING', quantity: 1 }] };
  const refused = await as().post(PATH).send({ cart }).expect(422);
  expect(refused.body.error.code).toBe('unknown_sku');
  expect(await shop.countRows()).toEqual(before);
});

test('a cart that is not there is not found', async () => {
  await as().post(`${PATH}/00000000-0000-4000-8000-000000000000/resume`).expect(404);
});

test('a cashier of another store neither sees, resumes, discards nor holds here', async () => {
  const id = await hold();
  const stranger = await shop.tessera.signIn('cashier', { store: await shop.tessera.makeStore() });
  await as(stranger).get(`${PATH}?storeId=${shop.storeId}`).expect(403);
  await as(stranger).post(`${PATH}/${id}/resume`).expect(403);
  await as(stranger).delete(`${PATH}/${id}`).expect(403);
  await as(stranger).post(PATH).send({ cart: shop.cart }).expect(403);
  expect(await waiting()).toContain(id);
});
