import { randomUUID } from 'node:crypto';
import type { Pieces, Shift, ShiftReport, ShiftTender } from '../src/contracts';
import { CART_PAYABLE, openShop, type Shop } from './make-shop';

let shop: Shop;
let manager: string;
let storeTill: (fields?: object) => Promise<string>;

/** 5 × ¥100 and 10 × ¥1 in coins. */
const FLOAT: Pieces[] = [
  { value: 10_000, form: 'note', count: 5 },
  { value: 100, form: 'coin', count: 10 },
];
const FLOAT_AMOUNT = 51_000;

beforeAll(async () => {
  shop = await openShop();
  manager = await shop.tessera.signIn('store-manager', { store: shop.storeId });
  storeTill = () => shop.tessera.makeTill({ store: shop.storeId });
});
afterAll(() => shop.tessera.close());

interface Options {
  token?: string;
  key?: string;
}

function post(path: string, body: object, { token = shop.token, key = randomUUID() }: Options = {}) {
  return shop.tessera.as(token).post(`/api/checkout/shifts${path}`).set('Idempotency-Key', key).send(body);
}

const open = (tillId: string, options: Options = {}) =>
  post('', { storeId: shop.storeId, tillId, float: FLOAT }, options);
const opened = async (tillId: string, options: Options = {}): Promise<Shift> =>
  (await open(tillId, options).expect(201)).body;
const close = (id: string, body: object, options: Options = {}) => post(`/${id}/close`, body, options);
const move = (id: string, body: object, options: Options = {}) => post(`/${id}/cash-movements`, body, options);

async function report(id: string, token = shop.token): Promise<ShiftReport> {
  return (await shop.tessera.as(token).get(`/api/checkout/shifts/${id}/report`).expect(200)).body;
}

/** A sale at that till, in cash unless told otherwise. */
function sell(tillId: string, method = 'cash') {
  return shop.sell({ ...shop.cart, tillId, tenders: [{ method, amount: CART_PAYABLE }] });
}

/** Counted coin by coin: every sum is a number of ¥0.10 pieces. */
const tenths = (amount: number): Pieces[] => [{ value: 10, form: 'coin', count: amount / 10 }];

const tenderOf = (tenders: ShiftTender[] | undefined, method: string) =>
  tenders?.find((tender) => tender.method === method);

test('a shift from float to count: what should be there is what was taken, given back and moved', async () => {
  const tillId = await storeTill();
  const shift = await opened(tillId);
  expect(shift).toMatchObject({ status: 'open', zNumber: null, float: { amount: FLOAT_AMOUNT, pieces: FLOAT } });
  const sale = (await sell(tillId).expect(201)).body;
  await sell(tillId, 'card').expect(201);
  await shop.tessera
    .as(shop.token)
    .post(`/api/checkout/transactions/${sale.id}/refunds`)
    .set('Idempotency-Key', randomUUID())
    .send({ lines: [{ lineId: sale.lines[0].id, quantity: 1 }], reason: 'wrong size' })
    .expect(201);
  await move(shift.id, { kind: 'in', amount: 10_000, reason: 'change' }).expect(201);
  await move(shift.id, { kind: 'out', amount: 1_500, reason: 'stamps' }).expect(201);
  const moved = await move(shift.id, { kind: 'drop', amount: 20_000, reason: 'too much in the drawer' }).expect(201);
  expect(moved.body.movements).toMatchObject([{ kind: 'in' }, { kind: 'out' }, { kind: 'drop', amount: 20_000 }]);

  const cash = FLOAT_AMOUNT + CART_PAYABLE - 1_990 + 10_000 - 1_500 - 20_000;
  const closed: ShiftReport = (
    await close(shift.id, { cash: tenths(cash), tenders: [{ method: 'card', amount: CART_PAYABLE }] }).expect(201)
  ).body;
  expect(closed).toMatchObject({ kind: 'z', shift: { status: 'closed', zNumber: 1 } });
  expect(closed.figures).toMatchObject({
    sales: { count: 2, amount: 2 * CART_PAYABLE },
    refunds: { count: 1, amount: -1_990 },
    tenders: [
      { method: 'cash', sales: CART_PAYABLE, refunds: -1_990, expected: cash, counted: cash, difference: 0 },
      { method: 'card', sales: CART_PAYABLE, refunds: 0, expected: CART_PAYABLE, counted: CART_PAYABLE, difference: 0 },
    ],
  });
  expect(await report(shift.id)).toEqual(closed);
  const balances = await shop.query<{ account: string; balance: number }>(
    `SELECT account, balance FROM tessera.account WHERE owner_id = $1 AND account IN ('cash', 'safe', 'paid-in', 'paid-out')`,
    [tillId],
  );
  expect(Object.fromEntries(balances.map(({ account, balance }) => [account, balance]))).toEqual({
    cash: 0,
    safe: cash - FLOAT_AMOUNT + 20_000,
    'paid-in': -10_000,
    'paid-out': 1_500,
  });
});

test('Z numbers count per till without gaps, and a closed shift takes nothing more', async () => {
  const tillId = await storeTill();
  for (const zNumber of [1, 2, 3]) {
    const { id } = await opened(tillId);
    const closed = await close(id, { cash: FLOAT }).expect(201);
    expect(closed.body.shift.zNumber).toBe(zNumber);
    expect((await move(id, { kind: 'in', amount: 100, reason: 'late' }).expect(409)).body.error.code).toBe(
      'shift_closed',
    );
    expect((await close(id, { cash: FLOAT }).expect(409)).body.error.code).toBe('shift_closed');
    expect((await post(`/${id}/handover`, {}, { token: manager }).expect(409)).body.error.code).toBe('shift_closed');
  }
});

test('of twenty that open one till at once exactly one does', async () => {
  const tillId = await storeTill();
  const answers = await Promise.all(Array.from({ length: 20 }, () => open(tillId)));
  const codes = answers.map(({ status, body }) => (status === 201 ? 'opened' : body.error.code)).sort();
  expect(codes).toEqual(['opened', ...Array<string>(19).fill('shift_already_open')]);
});

test('a close in the midst of many sales counts exactly those that bear its shift; the others bear none', async () => {
  const tillId = await storeTill();
  const { id } = await opened(tillId);
  const owner = await shop.tessera.signIn('owner');
  let answered = 0;
  let fewAreSold: () => void = () => undefined;
  const isTime = new Promise<void>((resolve) => (fewAreSold = resolve));
  const selling = Array.from({ length: 60 }, async () => {
    await sell(tillId, 'card').expect(201);
    if (++answered === 10) fewAreSold();
  });
  await isTime;
  // Nothing was counted, so the difference is what the close has seen.
  const closing = await close(id, { cash: FLOAT, reason: 'test of the lock' }, { token: owner }).expect(201);
  await Promise.all(selling);
  const [booked] = await shop.query<{ inside: number; outside: number; late: number }>(
    `SELECT coalesce(sum(paid) FILTER (WHERE shift_id = $1), 0)::bigint AS inside, count(*) FILTER (WHERE shift_id IS NULL) AS outside,
      count(*) FILTER (WHERE shift_id <> $1) AS late FROM tessera.transaction WHERE till_id = $2`,
    [id, tillId],
  );
  const seen = tenderOf(closing.body.figures.tenders, 'card')?.expected ?? 0;
  expect(seen).toBe(booked?.inside);
  expect(seen).toBeGreaterThanOrEqual(10 * CART_PAYABLE);
  expect(booked?.outside).toBe(60 - seen / CART_PAYABLE);
  expect(booked?.late).toBe(0);
});

test('shifts that follow each other while sales go on share the sales out among them', async () => {
  const tillId = await storeTill();
  const owner = await shop.tessera.signIn('owner');
  const selling = Array.from({ length: 40 }, () => sell(tillId, 'card').expect(201));
  const seen: number[] = [];
  for (let round = 0; round < 4; round++) {
    const { id } = await opened(tillId, { token: owner });
    const closed = await close(id, { cash: FLOAT, reason: 'test of the lock' }, { token: owner }).expect(201);
    seen.push(tenderOf(closed.body.figures.tenders, 'card')?.expected ?? 0);
  }
  await Promise.all(selling);
  const rows = await shop.query<{ paid: number }>(
    `SELECT coalesce(sum(t.paid), 0)::bigint AS paid FROM tessera.shift s LEFT JOIN tessera.transaction t ON t.shift_id = s.id
    WHERE s.till_id = $1 GROUP BY s.id ORDER BY s.z_number`,
    [tillId],
  );
  expect(rows.map(({ paid }) => paid)).toEqual(seen);
});

test('every write is answered once per key', async () => {
  const tillId = await storeTill();
  const keys = { open: randomUUID(), move: randomUUID(), close: randomUUID() };
  const first = await open(tillId, { key: keys.open }).expect(201);
  const again = await open(tillId, { key: keys.open }).expect(201);
  expect(again.headers['idempotent-replayed']).toBe('true');
  expect(again.text).toBe(first.text);
  const { id } = first.body as Shift;
  const movement = { kind: 'in', amount: 100, reason: 'change' };
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => move(id, movement, { key: keys.move }).expect(201)),
  );
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  const other = await move(id, { ...movement, amount: 200 }, { key: keys.move }).expect(422);
  expect(other.body.error.code).toBe('idempotency_key_reused');
  const cash = tenths(FLOAT_AMOUNT + 100);
  const closed = await close(id, { cash }, { key: keys.close }).expect(201);
  expect((await close(id, { cash }, { key: keys.close }).expect(201)).text).toBe(closed.text);
  await post(`/${id}/cash-movements`, movement, { key: 'none' }).expect(400);
});

test('a difference needs a reason, then consent above the limit, and every count that was answered stays', async () => {
  const tillId = await storeTill();
  const { id } = await opened(tillId);
  const short = tenths(FLOAT_AMOUNT - 2_000);
  const key = randomUUID();
  const unexplained = await close(id, { cash: short }, { key }).expect(422);
  expect(unexplained.body.error).toMatchObject({
    code: 'difference_reason_needed',
    details: {
      tenders: [{ method: 'cash', expected: FLOAT_AMOUNT, counted: FLOAT_AMOUNT - 2_000, difference: -2_000 }],
    },
  });
  const beyond = await close(id, { cash: short, reason: 'wrong change' }, { key }).expect(403);
  expect(beyond.body.error).toMatchObject({
    code: 'approval_required',
    details: { reasons: [{ code: 'above_limit', limit: { key: 'difference', allowed: 1_000, asked: 2_000 } }] },
  });
  const better = await close(id, { cash: tenths(FLOAT_AMOUNT - 500), reason: 'found a note' }, { key }).expect(201);
  expect(better.body.figures).toMatchObject({ differenceReason: 'found a note', tenders: [{ difference: -500 }] });
  const counts = (better.body as ShiftReport).figures?.counts ?? [];
  expect(counts.map(({ tenders }) => tenders[0]?.difference)).toEqual([-2_000, -500]);
  const [difference] = await shop.query<{ balance: number }>(
    `SELECT balance FROM tessera.account WHERE owner_id = $1 AND account = 'cash-difference'`,
    [tillId],
  );
  expect(difference?.balance).toBe(500);
});

test('a surplus by card does not hide cash that is missing', async () => {
  const { id } = await opened(await storeTill());
  const swapped = {
    cash: tenths(FLOAT_AMOUNT - 5_000),
    tenders: [{ method: 'card', amount: 5_000 }],
    reason: 'swapped',
  };
  const refused = await close(id, swapped).expect(403);
  expect(refused.body.error.details.reasons[0].limit).toMatchObject({ key: 'difference', asked: 10_000 });
  await close(id, swapped, { token: manager }).expect(201);
});

test('a movement above the limit needs consent, and nothing is written', async () => {
  const { id } = await opened(await storeTill());
  const before = await shop.countRows();
  const refused = await move(id, { kind: 'out', amount: 20_001, reason: 'new chairs' }).expect(403);
  expect(refused.body.error).toMatchObject({
    code: 'approval_required',
    details: { reasons: [{ limit: { key: 'out', allowed: 20_000, asked: 20_001 } }] },
  });
  expect(await shop.countRows()).toEqual(before);
  await move(id, { kind: 'out', amount: 20_001, reason: 'new chairs' }, { token: manager }).expect(201);
});

test('the drawer is its holder’s: a colleague takes it over without closing, then it is hers', async () => {
  const tillId = await storeTill();
  const colleague = await shop.tessera.signIn('cashier', { store: shop.storeId });
  const { id } = await opened(tillId);
  await sell(tillId).expect(201);
  const movement = { kind: 'out', amount: 100, reason: 'stamps' };
  const refused = await move(id, movement, { token: colleague }).expect(403);
  expect(refused.body.error).toMatchObject({ code: 'forbidden', details: { reasons: [{ code: 'not_own_record' }] } });
  const mine = await post(`/${id}/handover`, {}).expect(409);
  expect(mine.body.error.code).toBe('already_holder');
  const taken = await post(`/${id}/handover`, { cash: FLOAT }, { token: colleague }).expect(201);
  expect(taken.body.handovers).toMatchObject([{ counted: FLOAT_AMOUNT }]);
  expect(taken.body.holder).toEqual(taken.body.handovers[0].to);
  await move(id, movement, { token: colleague }).expect(201);
  const lost = await close(id, { cash: FLOAT }).expect(403);
  expect(lost.body.error.code).toBe('forbidden');
  const cash = tenths(FLOAT_AMOUNT + CART_PAYABLE - 100);
  const closed: ShiftReport = (await close(id, { cash }, { token: colleague }).expect(201)).body;
  expect(closed.figures?.handoverExpected).toEqual([FLOAT_AMOUNT + CART_PAYABLE]);
});

test('while a shift is open its holder reads an X report that tells nothing of what should be there', async () => {
  const tillId = await storeTill();
  const { id } = await opened(tillId);
  await sell(tillId).expect(201);
  expect(await report(id)).toMatchObject({ kind: 'x', figures: null, shift: { float: { amount: FLOAT_AMOUNT } } });
  const seen = await report(id, manager);
  expect(tenderOf(seen.figures?.tenders, 'cash')).toMatchObject({
    expected: FLOAT_AMOUNT + CART_PAYABLE,
    counted: null,
  });
  const colleague = await shop.tessera.signIn('cashier', { store: shop.storeId });
  await shop.tessera.as(colleague).get(`/api/checkout/shifts/${id}/report`).expect(403);
});

test('both reports print, in both languages', async () => {
  const tillId = await storeTill();
  const { id } = await opened(tillId);
  const print = async (query: string) =>
    (await shop.tessera.as(shop.token).get(`/api/checkout/shifts/${id}/report?format=html&${query}`).expect(200)).text;
  expect(await print('width=58&lang=zh')).toContain('X 报表');
  await close(id, { cash: FLOAT }).expect(201);
  const page = await print('width=80&lang=en');
  expect(page).toContain('Z report 1');
  expect(page).toContain('¥510.00');
});

test('a till tells whether a shift is open, and in which coins and notes it is counted', async () => {
  const tillId = await storeTill();
  const at = async () =>
    (await shop.tessera.as(shop.token).get(`/api/checkout/shifts?tillId=${tillId}`).expect(200)).body;
  expect(await at()).toMatchObject({ shift: null, isNeeded: false, currency: 'CNY' });
  expect((await at()).denominations).toContainEqual({ value: 100, form: 'coin' });
  const shift = await opened(tillId);
  expect((await at()).shift).toEqual(shift);
});

test('coins that do not exist are not counted', async () => {
  const tillId = await storeTill();
  const float = [{ value: 700, form: 'note', count: 1 }];
  const refused = await post('', { storeId: shop.storeId, tillId, float }).expect(422);
  expect(refused.body.error).toMatchObject({ code: 'unknown_denomination', details: { value: 700, form: 'note' } });
});

test('where the store says so, a sale and a refund need an open shift', async () => {
  const storeId = await shop.tessera.makeStore({ needsOpenShift: true });
  const tillId = await shop.tessera.makeTill({ store: storeId });
  const token = await shop.tessera.signIn('cashier', { store: storeId });
  const cart = { ...shop.cart, storeId, tillId };
  const key = randomUUID();
  const before = await shop.countRows();
  expect((await shop.sell(cart, { token, key }).expect(409)).body.error.code).toBe('shift_needed');
  expect(await shop.countRows()).toEqual(before);
  const shift: Shift = (await post('', { storeId, tillId, float: [] }, { token }).expect(201)).body;
  const sale = (await shop.sell(cart, { token, key }).expect(201)).body;
  await close(shift.id, { cash: [], tenders: [{ method: 'card', amount: CART_PAYABLE }] }, { token }).expect(201);
  const refused = await shop.tessera
    .as(token)
    .post(`/api/checkout/transactions/${sale.id}/refunds`)
    .set('Idempotency-Key', randomUUID())
    .send({ lines: [{ lineId: sale.lines[0].id, quantity: 1 }], reason: 'wrong size' })
    .expect(409);
  expect(refused.body.error.code).toBe('shift_needed');
});

test('the database refuses to rewrite a shift', async () => {
  const { id } = await opened(await storeTill());
  const refusal = /its rows are history/;
  await expect(shop.query('UPDATE tessera.shift SET opening_float = 0 WHERE id = $1', [id])).rejects.toThrow(refusal);
  await close(id, { cash: FLOAT }).expect(201);
  await expect(shop.query('UPDATE tessera.shift SET z_number = 9 WHERE id = $1', [id])).rejects.toThrow(refusal);
  await expect(shop.query('DELETE FROM tessera.shift_count WHERE shift_id = $1', [id])).rejects.toThrow(refusal);
});

test('the history lists shifts as far as each may see them', async () => {
  const list = async (token: string) =>
    (await shop.tessera.as(token).get('/api/backoffice/shifts?state=closed&_end=50').expect(200)).body;
  const all = await list(manager);
  expect(all[0]).toMatchObject({ state: 'closed', countedCash: FLOAT_AMOUNT, cashDifference: 0 });
  const colleague = await shop.tessera.signIn('cashier', { store: shop.storeId });
  expect(await list(colleague)).toEqual([]);
  const own = await list(shop.token);
  expect(own.length).toBeGreaterThan(0);
  expect(own.length).toBeLessThan(all.length);
});
