import { randomUUID } from 'node:crypto';
import { kernel } from '@tessera/kernel/public';
import { bootTessera, type Tessera } from '../../../config/presets/testing';
import { points } from '../src/public';

let tessera: Tessera;
let token: string;
let place: { storeId: string; tillId: string };
let sku: string;
let programmeId: string;

beforeAll(async () => {
  tessera = await bootTessera();
  const storeId = await tessera.makeStore();
  place = { storeId, tillId: await tessera.makeTill({ store: storeId }) };
  ({ sku } = await tessera.makeProduct({ unitPrice: 10_000 }));
  ({ programmeId } = await tessera.makePoints({ earningTenders: ['cash', 'card'] }));
  token = await tessera.signIn('owner');
});
afterAll(() => tessera.close());

const cartOf = (memberId: string, more: object = {}) => ({
  ...place,
  memberId,
  lines: [{ sku, quantity: 3 }],
  ...more,
});

function post(path: string, body: object, key: string = randomUUID()) {
  return tessera.as(token).post(`/api/checkout${path}`).set('Idempotency-Key', key).send(body);
}

async function sell(memberId: string, amount: number, more: object = {}) {
  const tenders = [{ method: 'card', amount }];
  return (await post('/transactions', { ...cartOf(memberId, more), tenders }).expect(201)).body;
}

function query<Row>(text: string, parameters: readonly unknown[] = []): Promise<Row[]> {
  return kernel(tessera.strapi).database.query(text, [...parameters]);
}

/** What is left of the member's lots, and what the ledger says. */
async function balances(memberId: string) {
  const [row] = await query<{ lots: number; balance: number }>(
    `SELECT coalesce((SELECT sum(remaining) FROM tessera.point_lot WHERE member_id = $1), 0)::bigint AS lots,
      coalesce((SELECT balance FROM tessera.account WHERE owner_id = $1 AND account = 'points'), 0) AS balance`,
    [memberId],
  );
  return row;
}

test('a member earns on a sale and redeems on the next one, and both say so', async () => {
  const { id } = await tessera.makeMember();
  const quote = await post('/quotes', cartOf(id)).expect(200);
  expect(quote.body.earnings).toMatchObject([{ unit: 'points', amount: 300, label: { en: '1 point per ¥1' } }]);
  expect(quote.body.points).toMatchObject({ available: 0, max: 0, refusal: 'points_not_enough' });
  expect((await sell(id, 30_000)).points).toEqual({ earned: 300, redeemed: 0 });

  const next = await post('/quotes', cartOf(id, { redeem: { points: 300 } })).expect(200);
  expect(next.body.points).toMatchObject({ available: 300, max: 300, suggested: 300, redeemed: 300, taken: 300 });
  expect(next.body.totals).toMatchObject({ list: 30_000, payable: 29_700 });
  const sale = await sell(id, 29_700, { redeem: { points: 300 }, quoteHash: next.body.quoteHash });
  expect(sale.points).toEqual({ earned: 297, redeemed: 300 });
  const seen = await tessera.as(token).get(`/api/checkout/transactions/${sale.id}`).expect(200);
  expect(seen.body).toEqual(sale);
  expect(await balances(id)).toEqual({ lots: 297, balance: 297 });
});

/** Another rule beside the one of the shop, as long as `work` lasts. */
async function withRule(rule: { code: string; kind: string; args: object }, work: () => Promise<void>): Promise<void> {
  const body = { nameZh: '规则', nameEn: 'Rule', ...rule };
  const made = await tessera.as(token).post('/api/backoffice/earn-rules').send(body).expect(201);
  try {
    await work();
  } finally {
    await tessera.strapi.documents('api::earn-rule.earn-rule').delete({ documentId: made.body.id });
  }
}

const setCap = (capPerDay: number | null) =>
  tessera.strapi
    .documents('api::points-programme.points-programme')
    .update({ documentId: programmeId, data: { capPerDay } as never });

/** Points of these days that count against a cap. */
async function keptOf(memberId: string): Promise<number> {
  const [row] = await query<{ earned: [string, string, number][] }>(
    `SELECT tessera.points_facts($1, now())->'earned' AS earned`,
    [memberId],
  );
  return (row?.earned ?? []).reduce((total, [, , points]) => total + points, 0);
}

test('a cap per day counts what the member keeps: what refunds took back may be earned again', async () => {
  const { id } = await tessera.makeMember();
  await setCap(500);
  await withRule({ code: 'ALSO', kind: 'per-money', args: { points: 2, amount: 300 } }, async () => {
    const first = await sell(id, 30_000);
    expect(first.points).toEqual({ earned: 500, redeemed: 0 });
    expect((await sell(id, 30_000)).points).toBeNull();
    await refund(first, 1).expect(201);
    expect(await keptOf(id)).toBe(333);
    expect((await sell(id, 30_000)).points).toEqual({ earned: 167, redeemed: 0 });
    await refund(first, 2).expect(201);
    expect(await keptOf(id)).toBe(167);
  });
  await setCap(null);
});

test('what came back in full and a card that was bought are no first purchase; a piece that is kept is one', async () => {
  const { id } = await tessera.makeMember();
  const { sku: planSku } = await tessera.makeCardPlan({ unitPrice: 30_000 });
  await withRule({ code: 'HELLO', kind: 'first-purchase', args: { points: 50 } }, async () => {
    await sell(id, 30_000, { lines: [{ sku: planSku, quantity: 1 }] });
    for (const pieces of [3, 2]) {
      const sale = await sell(id, 30_000);
      expect(sale.points).toEqual({ earned: 350, redeemed: 0 });
      await refund(sale, pieces).expect(201);
    }
    expect((await sell(id, 30_000)).points).toEqual({ earned: 300, redeemed: 0 });
  });
});

test('of 200 tills that redeem the last 100 points at once exactly one succeeds', async () => {
  const { id } = await tessera.makeMember();
  await post('/transactions', {
    ...cartOf(id, { lines: [{ sku, quantity: 1 }] }),
    tenders: [{ method: 'card', amount: 10_000 }],
  }).expect(201);
  // A transfer earns nothing, so the winner does not give the others something to redeem.
  const tenders = [{ method: 'transfer', amount: 29_900 }];
  const body = { ...cartOf(id, { redeem: { points: 100 } }), tenders };
  const answers = await Promise.all(Array.from({ length: 200 }, () => post('/transactions', body)));
  const won = answers.filter(({ status }) => status === 201);
  expect(won).toHaveLength(1);
  const lost = answers.filter(({ status }) => status !== 201);
  expect(new Set(lost.map(({ status, body: { error } }) => `${status} ${error.code}`))).toEqual(
    new Set(['409 points_not_enough']),
  );
  expect(await balances(id)).toEqual({ lots: 0, balance: 0 });
});

interface Line {
  id: string;
  quantity: number;
}

function refund(sale: { id: string; lines: Line[] }, quantity: number) {
  const lines = [{ lineId: sale.lines[0]?.id, quantity }];
  return post(`/transactions/${sale.id}/refunds`, { lines, reason: 'wrong size' });
}

const lotsOf = (memberId: string) =>
  query<{ amount: number; remaining: number; expires: string | null }>(
    `SELECT amount, remaining, expires_at AS expires FROM tessera.point_lot WHERE member_id = $1 ORDER BY id`,
    [memberId],
  );

test('refunds piece by piece give back the points that paid, to their lot, and take back those that were earned', async () => {
  const { id } = await tessera.makeMember();
  await sell(id, 30_000);
  const [first] = await lotsOf(id);
  const sale = await sell(id, 29_900, { redeem: { points: 100 } });
  expect(await balances(id)).toEqual({ lots: 499, balance: 499 });
  const refunds = [];
  for (const quantity of [1, 2]) refunds.push((await refund(sale, quantity).expect(201)).body.points);
  expect(refunds).toEqual([
    { earned: -100, redeemed: -33 },
    { earned: -199, redeemed: -67 },
  ]);
  expect(await lotsOf(id)).toEqual([first, { amount: 299, remaining: 0, expires: first?.expires }]);
  expect(await balances(id)).toEqual({ lots: 300, balance: 300 });
});

test('points that were spent before their sale is refunded are owed, and the next earning pays them first', async () => {
  const { id } = await tessera.makeMember();
  const sale = await sell(id, 30_000);
  const tenders = [{ method: 'transfer', amount: 29_700 }];
  await post('/transactions', { ...cartOf(id, { redeem: { points: 300 } }), tenders }).expect(201);
  await refund(sale, 3).expect(201);
  expect(await balances(id)).toEqual({ lots: 0, balance: -300 });
  await post('/transactions', {
    ...cartOf(id, { lines: [{ sku, quantity: 5 }] }),
    tenders: [{ method: 'card', amount: 50_000 }],
  }).expect(201);
  expect(await balances(id)).toEqual({ lots: 200, balance: 200 });
});

test('where the shop says so, the worth of points that were spent is withheld from the money instead', async () => {
  await query(`UPDATE points_programmes SET when_spent = 'deduct'`);
  const { id } = await tessera.makeMember();
  const sale = await sell(id, 30_000);
  const tenders = [{ method: 'transfer', amount: 29_800 }];
  await post('/transactions', { ...cartOf(id, { redeem: { points: 200 } }), tenders }).expect(201);
  const state = await tessera.as(token).get(`/api/checkout/transactions/${sale.id}/refunds`).expect(200);
  expect(state.body.points).toMatchObject({ terms: { whenSpent: 'deduct' }, holding: { own: 100, balance: 100 } });
  expect((await refund(sale, 1).expect(201)).body.payments).toMatchObject([{ method: 'card', amount: -10_000 }]);
  const exchange = {
    lines: [{ lineId: sale.lines[0]?.id, quantity: 1 }],
    reason: 'too small',
    sale: { ...place, lines: [{ sku, quantity: 1 }], tenders: [{ method: 'card', amount: 100 }] },
  };
  const { refund: back, net } = (await post(`/transactions/${sale.id}/exchanges`, exchange).expect(201)).body;
  expect(back.payments).toMatchObject([
    { method: 'card', amount: -9_900 },
    { method: 'spent-points', amount: -100 },
  ]);
  expect(net).toEqual([{ method: 'card', amount: 100 }]);
  expect((await refund(sale, 1).expect(201)).body).toMatchObject({
    points: { earned: -100, redeemed: 0 },
    totals: { paid: -10_000 },
    payments: [{ amount: -9_900 }, { method: 'spent-points', amount: -100 }],
  });
  expect(await balances(id)).toEqual({ lots: 0, balance: 0 });
  await query(`UPDATE points_programmes SET when_spent = 'debt'`);
});

test('a sale whose points cannot be redeemed is not booked', async () => {
  const { id } = await tessera.makeMember();
  await sell(id, 30_000);
  const body = { ...cartOf(id, { redeem: { points: 150 } }), tenders: [{ method: 'card', amount: 30_000 }] };
  const refused = await post('/transactions', body).expect(422);
  expect(refused.body.error).toMatchObject({ code: 'points_not_redeemable', details: { reason: 'points_off_step' } });
  expect(await balances(id)).toEqual({ lots: 300, balance: 300 });
});

function adjust(memberId: string, amount: number, options: { key?: string; as?: string } = {}) {
  return tessera
    .as(options.as ?? token)
    .post(`/api/points/members/${memberId}/adjustments`)
    .set('Idempotency-Key', options.key ?? randomUUID())
    .send({ amount, reason: 'missed at the till', storeId: place.storeId });
}

const viewOf = async (memberId: string) =>
  (await tessera.as(token).get(`/api/points/members/${memberId}`).expect(200)).body;

test('points are adjusted once per key, with a reason that the entry shows, and never below what there is', async () => {
  const { id } = await tessera.makeMember();
  const key = randomUUID();
  const first = await adjust(id, 50, { key }).expect(201);
  const again = await adjust(id, 50, { key }).expect(201);
  expect(again.body).toEqual(first.body);
  expect(again.headers['idempotent-replayed']).toBe('true');
  await adjust(id, -20).expect(201);
  expect((await adjust(id, -31).expect(409)).body.error.code).toBe('points_not_enough');
  expect(await viewOf(id)).toMatchObject({
    available: 30,
    entries: [
      { kind: 'adjusted', amount: -20, balanceAfter: 30, reason: 'missed at the till' },
      { kind: 'adjusted', amount: 50, balanceAfter: 50, parts: [{ amount: 50 }] },
    ],
  });
});

test('more points than a person may give need consent', async () => {
  const { id } = await tessera.makeMember();
  const manager = await tessera.signIn('store-manager', { store: place.storeId });
  const refused = await adjust(id, 5_001, { as: manager }).expect(403);
  expect(refused.body.error.code).toBe('approval_required');
  await adjust(id, 5_000, { as: manager }).expect(201);
});

/** The oldest lot of the member has run out, and no job has said so yet. */
function runOut(memberId: string): Promise<void> {
  return kernel(tessera.strapi).database.transaction(async (sql) => {
    await sql.query('SET LOCAL session_replication_role = replica');
    await sql.query(
      `UPDATE tessera.point_lot SET available_from = '2026-01-01', expires_at = '2026-01-02'
      WHERE id = (SELECT min(id) FROM tessera.point_lot WHERE member_id = $1 AND remaining > 0)`,
      [memberId],
    );
  });
}

test('lots stop counting at their instant; the job writes them off once, however often it runs, and explains it', async () => {
  const { id } = await tessera.makeMember();
  await sell(id, 30_000);
  await sell(id, 30_000);
  await runOut(id);
  expect(await viewOf(id)).toMatchObject({ available: 300, debt: 0 });
  const now = kernel(tessera.strapi).clock.now();
  const runs = await Promise.all([1, 2, 3].map(() => points(tessera.strapi).expireLots(now, { batch: 1 })));
  expect(runs.reduce((all, run) => all + run.points, 0)).toBe(300);
  expect(await balances(id)).toEqual({ lots: 300, balance: 300 });
  expect((await viewOf(id)).entries[0]).toMatchObject({ kind: 'expired', amount: -300, balanceAfter: 300 });
});

test('points that have run out are not there to be taken by hand, whether the job has said so or not', async () => {
  const { id } = await tessera.makeMember();
  await sell(id, 30_000);
  await sell(id, 30_000);
  await runOut(id);
  expect((await adjust(id, -301).expect(409)).body.error.code).toBe('points_not_enough');
  await adjust(id, -300).expect(201);
  expect(await viewOf(id)).toMatchObject({ available: 0, debt: 0 });
  expect(await balances(id)).toEqual({ lots: 0, balance: 0 });
});

test('points that have run out do not pay what a refund takes back, whether the job has said so or not', async () => {
  const { id } = await tessera.makeMember();
  const sale = await sell(id, 30_000);
  const tenders = [{ method: 'transfer', amount: 29_700 }];
  await post('/transactions', { ...cartOf(id, { redeem: { points: 300 } }), tenders }).expect(201);
  await sell(id, 30_000);
  await runOut(id);
  await refund(sale, 3).expect(201);
  expect(await balances(id)).toEqual({ lots: 0, balance: -300 });
  expect((await viewOf(id)).entries.slice(0, 2)).toMatchObject([
    { kind: 'taken-back', amount: -300 },
    { kind: 'expired', amount: -300 },
  ]);
});

test('a rule whose arguments its kind does not understand is refused', async () => {
  const rule = { code: 'X1', nameZh: '规', nameEn: 'Rule', kind: 'per-visit', args: { amount: 5 } };
  const refused = await tessera.as(token).post('/api/backoffice/earn-rules').send(rule).expect(422);
  expect(refused.body.error.code).toBe('bad_earn_rule');
  await tessera
    .as(token)
    .post('/api/backoffice/earn-rules')
    .send({ ...rule, args: { points: 5 }, active: false })
    .expect(201);
});

test('goods and services of a category earn what a rule gives for it, other goods nothing', async () => {
  const { id } = await tessera.makeMember();
  const category = await tessera.makeCategory();
  const tea = await tessera.makeProduct({ unitPrice: 100, category });
  const tasting = await tessera.makeService({ unitPrice: 100, category });
  await tessera
    .as(token)
    .post('/api/backoffice/earn-rules')
    .send({ code: 'TEA', nameZh: '茶', nameEn: 'Tea', kind: 'per-item', args: { points: 7, categories: [category] } })
    .expect(201);
  const lines = [
    { sku: tea.sku, quantity: 2 },
    { sku: tasting.sku, quantity: 1 },
    { sku, quantity: 1 },
  ];
  const quote = await post('/quotes', cartOf(id, { lines })).expect(200);
  expect(quote.body.earnings.find(({ reason }: { reason: string }) => reason === 'TEA')).toMatchObject({ amount: 21 });
});

test('a top-up earns what its rule gives for the money that counts, and however it is taken back so are its points', async () => {
  const rule = {
    code: 'TOP',
    nameZh: '充值积分',
    nameEn: 'Top-up points',
    kind: 'top-up',
    args: { points: 2, amount: 300 },
  };
  await tessera.as(token).post('/api/backoffice/earn-rules').send(rule).expect(201);
  const plan = await tessera.makeCardPlan({ unitPrice: 10_000, bonus: 1_000 });
  const { id } = await tessera.makeMember();
  const topUp = cartOf(id, { lines: [{ sku: plan.sku, quantity: 3 }] });
  const { earnings } = (await post('/quotes', topUp).expect(200)).body;
  expect(earnings).toMatchObject([{ amount: 200, reason: 'TOP', label: { zh: '充值积分', en: 'Top-up points' } }]);
  // A transfer does not count.
  const tenders = [
    { method: 'cash', amount: 20_000 },
    { method: 'transfer', amount: 10_000 },
  ];
  const sale = (await post('/transactions', { ...topUp, tenders }).expect(201)).body;
  expect(sale.points).toEqual({ earned: 132, redeemed: 0 });
  expect((await viewOf(id)).entries[0]).toMatchObject({
    kind: 'earned',
    amount: 132,
    parts: [{ label: { en: 'Top-up points' } }],
  });
  const refunds = [];
  for (const quantity of [2, 1]) refunds.push((await refund(sale, quantity).expect(201)).body.points.earned);
  expect(refunds).toEqual([-88, -44]);
  expect(await balances(id)).toEqual({ lots: 0, balance: 0 });
});

test('a rule that is changed counts for the next sale', async () => {
  const { id } = await tessera.makeMember();
  await query(`UPDATE public.earn_rules SET args = '{"points":2,"amount":100}' WHERE kind = 'per-money'`);
  expect((await sell(id, 30_000)).points).toEqual({ earned: 600, redeemed: 0 });
});

test('a move of points is of a lot and of a journal, whoever writes it', async () => {
  const { id } = await tessera.makeMember();
  const sale = await sell(id, 30_000);
  const [lot] = await query<{ id: number }>('SELECT id FROM tessera.point_lot WHERE journal_id = $1', [sale.id]);
  const insert = `INSERT INTO tessera.point_move (journal_id, lot_id, kind, amount) VALUES ($1, $2, 'expired', -1)`;
  const unknown = { code: '23503', constraint: 'moves_are_of_something' };
  await expect(query(insert, [randomUUID(), lot?.id])).rejects.toMatchObject(unknown);
  await expect(query(insert, [sale.id, 999_999_999])).rejects.toMatchObject(unknown);
});
