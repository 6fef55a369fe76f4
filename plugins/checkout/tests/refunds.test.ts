import { randomUUID } from 'node:crypto';
import type { Transaction } from '../src/contracts';
import { CART_PAYABLE, openShop, type Shop } from './make-shop';

let shop: Shop;
let manager: string;

beforeAll(async () => {
  shop = await openShop();
  manager = await shop.tessera.signIn('store-manager', { store: shop.storeId });
});
afterAll(() => shop.tessera.close());

async function sold(body: object = {}): Promise<Transaction> {
  return (await shop.sell({ ...shop.cart, ...body }).expect(201)).body;
}

/** What happened days ago can only be booked as it was by an import; the clock of the database is not ours to turn. */
async function soldDaysAgo(days: number): Promise<Transaction> {
  const sale = await sold();
  await shop.query('ALTER TABLE tessera.transaction DISABLE TRIGGER refuse_change');
  await shop.query('UPDATE tessera.transaction SET business_day = business_day - $2::int WHERE id = $1', [
    sale.id,
    days,
  ]);
  await shop.query('ALTER TABLE tessera.transaction ENABLE TRIGGER refuse_change');
  return sale;
}

function refund(sale: Transaction, quantity: number, options: { token?: string; key?: string; body?: object } = {}) {
  return shop.tessera
    .as(options.token ?? shop.token)
    .post(`/api/checkout/transactions/${sale.id}/refunds`)
    .set('Idempotency-Key', options.key ?? randomUUID())
    .send({ lines: [{ lineId: sale.lines[0]?.id, quantity }], reason: 'wrong size', ...options.body });
}

function voided(sale: Transaction, options: { token?: string; body?: object } = {}) {
  return shop.tessera
    .as(options.token ?? shop.token)
    .post(`/api/checkout/transactions/${sale.id}/void`)
    .set('Idempotency-Key', randomUUID())
    .send({ reason: 'rung up twice', ...options.body });
}

const stateOf = async (sale: Transaction) =>
  (await shop.tessera.as(shop.token).get(`/api/checkout/transactions/${sale.id}/refunds`).expect(200)).body;

const balances = () =>
  shop.query<{ account: string; balance: number }>(
    'SELECT account, balance FROM tessera.account WHERE owner_id = $1 ORDER BY account',
    [shop.tillId],
  );

test('a sale that is refunded piece by piece leaves every account as it was', async () => {
  const sale = await sold();
  const half = await refund(sale, 1).expect(201);
  expect(half.body).toMatchObject({
    kind: 'refund',
    refundsTransactionId: sale.id,
    totals: { payable: -1_990, paid: -1_990 },
    payments: [{ method: 'card', amount: -1_990 }],
    lines: [{ lineNo: 1, quantity: -1, amount: -1_990 }],
  });
  await refund(sale, 1).expect(201);
  const nothingLeft = await refund(sale, 1).expect(422);
  expect(nothingLeft.body.error).toMatchObject({ code: 'refund_too_many', details: { left: 0 } });
  expect((await balances()).every(({ balance }) => balance === 0)).toBe(true);
});

test('the state of a sale says what was taken back, why and by whom', async () => {
  const sale = await sold();
  const booked = (await refund(sale, 1).expect(201)).body as Transaction;
  const state = await shop.tessera.as(shop.token).get(`/api/checkout/transactions/${sale.id}/refunds`).expect(200);
  expect(state.body.refunds).toMatchObject([
    { id: booked.id, number: booked.number, paid: -1_990, reason: 'wrong size', lines: [{ lineNo: 1, quantity: -1 }] },
  ]);
});

test('the refund stands on the trail with its reason and its amount', async () => {
  const sale = await sold();
  const booked = (await refund(sale, 1).expect(201)).body as Transaction;
  const trail = await shop.query(
    `SELECT action, effect, amount, reason FROM tessera.audit WHERE subject_id = $1 AND action = 'checkout.refund'`,
    [booked.id],
  );
  expect(trail).toEqual([{ action: 'checkout.refund', effect: 'allow', amount: -1_990, reason: 'wrong size' }]);
});

test('the same key again gets the same refund; with another body it is refused', async () => {
  const sale = await sold();
  const key = randomUUID();
  const first = await refund(sale, 1, { key }).expect(201);
  const again = await refund(sale, 1, { key }).expect(201);
  expect(again.headers['idempotent-replayed']).toBe('true');
  expect(again.body).toEqual(first.body);
  const other = await refund(sale, 2, { key }).expect(422);
  expect(other.body.error.code).toBe('idempotency_key_reused');
  const left = await refund(sale, 2).expect(422);
  expect(left.body.error.details).toMatchObject({ left: 1 });
});

test('of twenty tills that take back the last piece at once exactly one does', async () => {
  const sale = await sold();
  await refund(sale, 1).expect(201);
  const answers = await Promise.all(Array.from({ length: 20 }, () => refund(sale, 1)));
  const codes = answers.map(({ status, body }) => (status === 201 ? 'booked' : body.error.code)).sort();
  expect(codes).toEqual(['booked', ...Array<string>(19).fill('refund_too_many')]);
});

test('above the limit somebody else has to consent, and nothing is written', async () => {
  const sale = await sold({
    lines: [{ sku: shop.product.sku, quantity: 6 }],
    tenders: [{ method: 'card', amount: 3 * CART_PAYABLE }],
  });
  const before = await shop.countRows();
  const refused = await refund(sale, 6).expect(403);
  expect(refused.body.error).toMatchObject({
    code: 'approval_required',
    details: { reasons: [{ code: 'above_limit', limit: { key: 'amount', allowed: 10_000, asked: 11_940 } }] },
  });
  expect(await shop.countRows()).toEqual(before);
  await refund(sale, 6, { token: manager }).expect(201);
});

test('cash for what was paid by card is a right of its own', async () => {
  const sale = await sold();
  const body = { tenders: [{ method: 'cash', amount: 1_990 }] };
  const refused = await refund(sale, 1, { body }).expect(403);
  expect(refused.body.error.details.reasons[0].limit.key).toBe('otherTender');
  const booked = await refund(sale, 1, { body, token: manager }).expect(201);
  expect(booked.body.payments).toMatchObject([{ method: 'cash', amount: -1_990 }]);
});

test('an old sale needs consent', async () => {
  const sale = await soldDaysAgo(8);
  const refused = await refund(sale, 1).expect(403);
  expect(refused.body.error.details.reasons[0].limit).toMatchObject({ key: 'ageDays', allowed: 7, asked: 8 });
});

test('a refund of another store is refused, and so is the refund of a refund', async () => {
  const { tessera } = shop;
  const sale = await sold();
  const elsewhere = await tessera.signIn('cashier', { store: await tessera.makeStore() });
  await refund(sale, 1, { token: elsewhere }).expect(403);
  const booked = (await refund(sale, 1).expect(201)).body as Transaction;
  const again = await refund(booked, 1).expect(422);
  expect(again.body.error.code).toBe('not_refundable');
});

test.each([
  ['no lines', { lines: [] }, 400, 'invalid_input'],
  ['a quantity of nought', { lines: [{ lineId: 'x', quantity: 0 }] }, 400, 'invalid_input'],
  ['a line of another sale', { lines: [{ lineId: `${randomUUID()}-1`, quantity: 1 }] }, 422, 'unknown_refund_line'],
  ['no reason', { reason: ' ' }, 400, 'invalid_input'],
  ['a till of nowhere', { tillId: 'a'.repeat(24) }, 422, 'unknown_till'],
  ['too little money', { tenders: [{ method: 'card', amount: 1 }] }, 422, 'refund_tenders_mismatch'],
])('%s is refused and nothing is written', async (_what, body, status, code) => {
  const sale = await sold();
  const before = await shop.countRows();
  const refused = await refund(sale, 1, { body });
  expect([refused.status, refused.body.error.code]).toEqual([status, code]);
  expect(await shop.countRows()).toEqual(before);
});

test('a void takes all of a sale back as it was paid, with its reason on the trail', async () => {
  const sale = await sold();
  expect(await stateOf(sale)).toMatchObject({ canBeVoided: true });
  const booked = (await voided(sale).expect(201)).body as Transaction;
  expect(booked).toMatchObject({
    kind: 'refund',
    refundsTransactionId: sale.id,
    payments: [{ method: 'card', amount: -CART_PAYABLE }],
    lines: [{ lineNo: 1, quantity: -2, amount: -CART_PAYABLE }],
  });
  const trail = await shop.query('SELECT action, amount, reason FROM tessera.audit WHERE subject_id = $1', [booked.id]);
  expect(trail).toEqual([{ action: 'checkout.void', amount: -CART_PAYABLE, reason: 'rung up twice' }]);
  expect(await stateOf(sale)).toMatchObject({ canBeVoided: false });
  const again = await voided(sale).expect(422);
  expect(again.body.error.code).toBe('void_after_refund');
});

test('of ten tills that void a sale at once exactly one does', async () => {
  const sale = await sold();
  const answers = await Promise.all(Array.from({ length: 10 }, () => voided(sale)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(422)]);
});

test('a sale of another day, a part of which is back, or above the limit is not voided', async () => {
  const part = await sold();
  await refund(part, 1, { token: manager }).expect(201);
  expect((await voided(part).expect(422)).body.error.code).toBe('void_after_refund');
  const large = await sold({
    lines: [{ sku: shop.product.sku, quantity: 6 }],
    tenders: [{ method: 'card', amount: 3 * CART_PAYABLE }],
  });
  expect((await voided(large).expect(403)).body.error.code).toBe('approval_required');
  await voided(large, { token: manager }).expect(201);
  const old = await soldDaysAgo(1);
  expect((await voided(old).expect(422)).body.error.code).toBe('void_too_late');
  expect(await stateOf(old)).toMatchObject({ canBeVoided: false });
});

test('money may stay on the card of the member as store credit, within a limit, and pays like any stored value', async () => {
  const { id: memberId } = await shop.tessera.makeMember();
  const sale = await sold({ memberId });
  expect(await stateOf(sale)).toMatchObject({ canBeCredited: true });
  const body = { tenders: [{ method: 'stored-value', amount: 1_990 }] };
  const first = (await refund(sale, 1, { body, token: manager }).expect(201)).body as Transaction;
  expect(first).toMatchObject({
    payments: [{ method: 'stored-value', amount: -1_990 }],
    cards: [{ isNew: true, principal: 1_990, bonus: 0, left: 1_990 }],
  });
  const second = (await refund(sale, 1, { body, token: manager }).expect(201)).body as Transaction;
  expect(second.cards).toMatchObject([{ cardId: first.cards?.[0]?.cardId, isNew: false, left: 3_980 }]);
  const paid = await sold({ memberId, tenders: [{ method: 'stored-value', amount: CART_PAYABLE }] });
  expect(paid.cards).toMatchObject([{ principal: -CART_PAYABLE, left: 0 }]);

  const lines = [{ sku: shop.product.sku, quantity: 6 }];
  const large = await sold({ memberId, lines, tenders: [{ method: 'card', amount: 3 * CART_PAYABLE }] });
  const all = { tenders: [{ method: 'stored-value', amount: 3 * CART_PAYABLE }] };
  const fresh = await shop.tessera.signIn('cashier', { store: shop.storeId });
  const refused = await refund(large, 6, { body: all, token: fresh }).expect(403);
  expect(refused.body.error.details.reasons.map(({ limit }: { limit: { key: string } }) => limit.key)).toContain(
    'amount',
  );
  await refund(large, 6, { body: all, token: manager }).expect(201);
});

test('a guest has no card that money could stay on', async () => {
  const sale = await sold();
  expect(await stateOf(sale)).toMatchObject({ canBeCredited: false });
  const body = { tenders: [{ method: 'stored-value', amount: 1_990 }] };
  expect((await refund(sale, 1, { body }).expect(422)).body.error.code).toBe('refund_too_much_by_tender');
});
