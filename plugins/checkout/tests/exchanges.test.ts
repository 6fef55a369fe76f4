import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { readChecks, runChecks } from '../../../cms/launch/reconcile/run-checks';
import { repository } from '../../../config/presets/testing/strapi-environment';
import type { Exchange, Transaction } from '../src/contracts';
import { openShop, type Shop } from './make-shop';

let shop: Shop;
let owner: string;
/** ¥50.00 */
let scarf: string;

beforeAll(async () => {
  shop = await openShop();
  await shop.tessera.makePoints({ earningTenders: ['cash', 'card', 'transfer', 'stored-value'] });
  ({ sku: scarf } = await shop.tessera.makeProduct({ unitPrice: 5_000 }));
  owner = await shop.tessera.signIn('owner');
});
afterAll(() => shop.tessera.close());

const card = (amount: number) => ({ method: 'card', amount });
const cash = (amount: number) => ({ method: 'cash', amount });

interface Wanted {
  sku?: string;
  pieces?: number;
  tenders?: object[];
  sale?: object;
  token?: string;
  key?: string;
}

function bodyOf(sold: Transaction, { sku = scarf, pieces = 2, tenders, sale }: Wanted) {
  const { storeId, tillId } = shop;
  const lines = [{ lineId: sold.lines[0]?.id, quantity: pieces }];
  const goods = [{ sku, quantity: 1 }];
  return {
    lines,
    reason: 'another size',
    sale: { storeId, tillId, memberId: sold.memberId, lines: goods, ...(tenders ? { tenders } : {}), ...sale },
  };
}

function exchange(sold: Transaction, wanted: Wanted) {
  return shop.tessera
    .as(wanted.token ?? shop.token)
    .post(`/api/checkout/transactions/${sold.id}/exchanges`)
    .set('Idempotency-Key', wanted.key ?? randomUUID())
    .send(bodyOf(sold, wanted));
}

async function quoteOf(sold: Transaction, wanted: Wanted) {
  const path = `/api/checkout/transactions/${sold.id}/exchanges/quotes`;
  return (await shop.tessera.as(shop.token).post(path).send(bodyOf(sold, wanted)).expect(200)).body;
}

/** Two pieces at ¥19.90. */
async function sold(body: object = {}): Promise<Transaction> {
  return (await shop.sell({ ...shop.cart, ...body }).expect(201)).body;
}

test('what costs more is paid by what came back and the rest, in one act whose two halves name each other', async () => {
  const first = await sold();
  expect(await quoteOf(first, {})).toMatchObject({ carried: 3_980, toPay: 1_020, toPayInCash: 1_020, goesBack: [] });
  const { refund, sale, net }: Exchange = (await exchange(first, { tenders: [cash(1_020)] }).expect(201)).body;
  expect(net).toEqual([{ method: 'cash', amount: 1_020 }]);
  expect(refund).toMatchObject({ kind: 'refund', refundsTransactionId: first.id, exchangedWith: sale.id });
  expect(sale).toMatchObject({
    exchangedWith: refund.id,
    totals: { paid: 5_000 },
    payments: [
      { method: 'card', amount: 3_980, reference: first.number },
      { method: 'cash', amount: 1_020 },
    ],
  });
  for (const half of [refund, sale]) {
    const seen = await shop.tessera.as(shop.token).get(`/api/checkout/transactions/${half.id}`).expect(200);
    expect(seen.body).toEqual(half);
  }
  const trail = await shop.query('SELECT amount, reason FROM tessera.audit WHERE action = $1 AND subject_id = $2', [
    'checkout.exchange',
    refund.id,
  ]);
  expect(trail).toEqual([{ amount: -3_980, reason: 'another size' }]);
});

test('what costs less goes back as it came, and what was exchanged can be refunded by the same tender', async () => {
  const first = await sold({ lines: [{ sku: shop.product.sku, quantity: 3 }], tenders: [card(5_970)] });
  const quote = await quoteOf(first, { pieces: 3 });
  expect(quote).toMatchObject({ toPay: 0, goesBack: [{ method: 'card', amount: 970 }] });
  const { sale, net }: Exchange = (await exchange(first, { pieces: 3, tenders: [] }).expect(201)).body;
  expect(net).toEqual([{ method: 'card', amount: -970 }]);
  const again = await shop.tessera
    .as(shop.token)
    .post(`/api/checkout/transactions/${sale.id}/refunds`)
    .set('Idempotency-Key', randomUUID())
    .send({ lines: [{ lineId: sale.lines[0]?.id, quantity: 1 }], reason: 'wrong after all' })
    .expect(201);
  expect(again.body.payments).toMatchObject([{ method: 'card', amount: -5_000 }]);
});

test('points, stored value and a coupon that come back can pay for the new goods', async () => {
  const { id: memberId } = await shop.tessera.makeMember();
  const plan = await shop.tessera.makeCardPlan({ unitPrice: 4_000, bonus: 0 });
  await sold({ memberId, lines: [{ sku: plan.sku, quantity: 1 }], tenders: [card(4_000)] });
  const first = await sold({ memberId, tenders: [{ method: 'stored-value', amount: 3_980 }] });
  expect(first.points).toMatchObject({ earned: 39 });
  const value = { method: 'stored-value', amount: 4_000 };
  const alone = await exchange(first, { tenders: [value, cash(999)] }).expect(422);
  expect(alone.body.error).toMatchObject({ code: 'tenders_mismatch', details: { due: 5_000 } });
  const { refund, sale, net }: Exchange = (await exchange(first, { tenders: [value, cash(1_000)] }).expect(201)).body;
  expect(refund).toMatchObject({ points: { earned: -39 }, cards: [{ principal: 3_980, left: 4_000 }] });
  expect(sale).toMatchObject({ points: { earned: 50 }, cards: [{ principal: -4_000, left: 0 }] });
  expect(net).toEqual([
    { method: 'stored-value', amount: 20 },
    { method: 'cash', amount: 1_000 },
  ]);
});

test('when the new goods cannot be sold, nothing comes back either', async () => {
  const first = await sold();
  const before = await shop.countRows();
  const codes = [];
  for (const wanted of [
    { sku: 'NONE', tenders: [] },
    { tenders: [cash(1_019)] },
    { tenders: [cash(1_020)], pieces: 3 },
    { tenders: [cash(1_020)], sale: { quoteHash: 'another' } },
    { tenders: [cash(1_020)], sale: { memberId: 'a'.repeat(24) } },
    { tenders: [cash(1_020)], sale: { storeId: await shop.tessera.makeStore() } },
  ]) {
    const refused = await exchange(first, wanted);
    codes.push(`${refused.status} ${refused.body.error.code}`);
  }
  expect(codes).toEqual([
    '422 unknown_sku',
    '422 tenders_mismatch',
    '422 refund_too_many',
    '409 price_changed',
    '422 unknown_member',
    '422 exchange_elsewhere',
  ]);
  expect(await shop.countRows()).toEqual(before);
  await exchange(first, { tenders: [cash(1_020)] }).expect(201);
});

test('a quote writes nothing, and its price is the one that is booked', async () => {
  const first = await sold();
  const before = await shop.countRows();
  const { quote } = await quoteOf(first, {});
  expect(await shop.countRows()).toEqual(before);
  await exchange(first, { tenders: [card(1_020)], sale: { quoteHash: quote.quoteHash } }).expect(201);
});

test('the same key again is answered as the first time; with another body it is refused', async () => {
  const first = await sold();
  const key = randomUUID();
  const booked = await exchange(first, { tenders: [cash(1_020)], key }).expect(201);
  const again = await exchange(first, { tenders: [cash(1_020)], key }).expect(201);
  expect(again.headers['idempotent-replayed']).toBe('true');
  expect(again.body).toEqual(booked.body);
  const other = await exchange(first, { tenders: [card(1_020)], key }).expect(422);
  expect(other.body.error.code).toBe('idempotency_key_reused');
});

test('of twenty tills that exchange the same pieces at once exactly one does, and sales of the member go on', async () => {
  const { id: memberId } = await shop.tessera.makeMember();
  const first = await sold({ memberId });
  const exchanges = Array.from({ length: 20 }, () => exchange(first, { tenders: [cash(1_020)] }));
  const sales = Array.from({ length: 20 }, () => shop.sell({ ...shop.cart, memberId }));
  const answers = await Promise.all(exchanges);
  expect(new Set((await Promise.all(sales)).map(({ status }) => status))).toEqual(new Set([201]));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  const lost = answers.filter(({ status }) => status !== 201).map(({ body }) => body.error.code);
  expect(new Set(lost)).toEqual(new Set(['refund_too_many']));
});

test('the difference that may be paid out is limited, and whoever may not exchange is told who can', async () => {
  const lines = [{ sku: shop.product.sku, quantity: 10 }];
  const first = await sold({ lines, tenders: [card(19_900)] });
  const refused = await exchange(first, { pieces: 10, tenders: [] }).expect(403);
  expect(refused.body.error).toMatchObject({
    code: 'approval_required',
    details: { reasons: [{ limit: { key: 'payout', allowed: 10_000, asked: 14_900 } }] },
  });
  await exchange(first, { pieces: 10, tenders: [], token: owner }).expect(201);
  const analyst = await shop.tessera.signIn('analyst', { store: shop.storeId });
  await exchange(await sold(), { tenders: [cash(1_020)], token: analyst }).expect(403);
});

test('after all of that the books are right', async () => {
  const client = new Client({ connectionString: shop.tessera.databaseUrl });
  await client.connect();
  const findings = await runChecks(client, readChecks(repository)).finally(() => client.end());
  expect(findings.filter(({ count }) => count > 0)).toEqual([]);
});
