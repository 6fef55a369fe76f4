import { randomUUID } from 'node:crypto';
import { kernel } from '@tessera/kernel/public';
import { bootTessera, type Tessera } from '../../../config/presets/testing';

let tessera: Tessera;
let token: string;
let storeId: string;
let sale: Record<string, unknown>;
let productId: string;

beforeAll(async () => {
  tessera = await bootTessera();
  storeId = await tessera.makeStore();
  const tillId = await tessera.makeTill({ store: storeId });
  const product = await tessera.makeProduct({ unitPrice: 1_000 });
  productId = product.id;
  sale = { storeId, tillId, lines: [{ sku: product.sku, quantity: 1 }], tenders: [{ method: 'card', amount: 1_000 }] };
  token = await tessera.signIn('cashier', { store: storeId });
});
afterAll(() => tessera.close());

function sell(key: string, body: unknown = sale, by = token) {
  return tessera
    .as(by)
    .post('/api/checkout/transactions')
    .set('Idempotency-Key', key)
    .send(body as object);
}

async function booked(): Promise<number> {
  const [row] = await kernel(tessera.strapi).database.query<{ n: number }>(
    'SELECT count(*) AS n FROM tessera.transaction',
  );
  return row?.n ?? 0;
}

test('the same key and the same body are answered with the same body, and booked once', async () => {
  const key = randomUUID();
  const before = await booked();
  const first = await sell(key).expect(201);
  const again = await sell(key).expect(201);
  expect(again.body).toEqual(first.body);
  expect(first.headers).not.toHaveProperty('idempotent-replayed');
  expect(again.headers['idempotent-replayed']).toBe('true');
  expect(await booked()).toBe(before + 1);
});

test('the same key with another body is refused', async () => {
  const key = randomUUID();
  await sell(key).expect(201);
  const refused = await sell(key, { ...sale, tenders: [{ method: 'transfer', amount: 1_000 }] }).expect(422);
  expect(refused.body.error.code).toBe('idempotency_key_reused');
});

test('a key is bound to the person who used it', async () => {
  const key = randomUUID();
  await sell(key).expect(201);
  const colleague = await tessera.signIn('cashier', { store: storeId });
  const refused = await sell(key, sale, colleague).expect(422);
  expect(refused.body.error.code).toBe('idempotency_key_reused');
});

test('a key is the same in capital letters', async () => {
  const key = randomUUID();
  const first = await sell(key).expect(201);
  expect((await sell(key.toUpperCase()).expect(201)).body).toEqual(first.body);
});

test('a replay is what was answered then, although the price has changed since', async () => {
  const { id: documentId, sku } = await tessera.makeProduct({ unitPrice: 1_000 });
  const key = randomUUID();
  const cart = { ...sale, lines: [{ sku, quantity: 1 }] };
  const first = await sell(key, cart).expect(201);
  const documents = tessera.strapi.documents('api::product.product');
  await documents.update({ documentId, data: { unitPrice: 9_900 } as never });
  expect((await sell(key, cart).expect(201)).text).toBe(first.text);
});

test('a refused sale does not use its key up', async () => {
  const key = randomUUID();
  await sell(key, { ...sale, tenders: [] }).expect(422);
  await sell(key).expect(201);
});

test('without a key, or with one that is no UUID, nothing is sold', async () => {
  const before = await booked();
  await tessera.as(token).post('/api/checkout/transactions').send(sale).expect(400);
  await sell('one').expect(400);
  expect(await booked()).toBe(before);
});

test('fifty requests at once with one key book one sale and get one answer', async () => {
  const key = randomUUID();
  const before = await booked();
  const answers = await Promise.all(Array.from({ length: 50 }, () => sell(key)));
  expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 50 }, () => 201));
  expect(new Set(answers.map((answer) => answer.body.number)).size).toBe(1);
  expect(await booked()).toBe(before + 1);
});

test('forty sales at once at one till are numbered without gap or repetition', async () => {
  const tillId = await tessera.makeTill({ store: storeId });
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => sell(randomUUID(), { ...sale, tillId }).expect(201)),
  );
  const numbers = answers.map((answer) => Number(answer.body.number.split('-').at(-1))).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
});

test('a price that changed since the quote is answered with the new quote, and nothing is booked', async () => {
  const { tenders: _tenders, ...cart } = sale;
  const quote = await tessera.as(token).post('/api/checkout/quotes').send(cart).expect(200);
  const before = await booked();
  const documents = tessera.strapi.documents('api::product.product');
  await documents.update({ documentId: productId, data: { unitPrice: 1_200 } as never });
  const refused = await sell(randomUUID(), { ...sale, quoteHash: quote.body.quoteHash }).expect(409);
  expect(refused.body.error.code).toBe('price_changed');
  expect(refused.body.error.details.quote.totals.payable).toBe(1_200);
  expect(await booked()).toBe(before);
  await documents.update({ documentId: productId, data: { unitPrice: 1_000 } as never });
});
