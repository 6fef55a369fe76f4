import { resolve } from 'node:path';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { kernel } from '@tessera/kernel/public';
import { bootTessera, type Tessera } from '../../config/presets/testing';
import { readChecks, runChecks } from '../launch/reconcile/run-checks';
import { FAULTS } from './planted-faults';

const checks = readChecks(resolve(__dirname, '../..'));
let tessera: Tessera;
let client: Client;
let saleId: string;
let token: string;
let cardSaleId: string;

type Post = (path: string, body: object) => PromiseLike<{ body: Body }>;

/** A sale with a coupon that stands, and one whose coupon came back. */
async function useCoupons(post: Post, cart: object): Promise<void> {
  const templateId = await tessera.makeCouponTemplate({ limitTotal: 5, limitPerMember: 5 });
  const { body } = await post('/campaigns/coupon-batches', { templateId, count: 2, reason: 'leaflet' });
  const codes = await kernel(tessera.strapi).database.query<{ code: string }>(
    'SELECT code FROM tessera.coupon WHERE issue_id = $1 ORDER BY id',
    [body.id],
  );
  const sales = [];
  for (const { code } of codes) {
    const tenders = [{ method: 'card', amount: 5_870 }];
    sales.push((await post('/checkout/transactions', { ...cart, coupons: [code], tenders })).body);
  }
  const lines = [{ lineId: sales[1]?.lines[0]?.id, quantity: 3 }];
  await post(`/checkout/transactions/${sales[1]?.id}/refunds`, { lines, reason: 'wrong size' });
}

/** One who was two, and two who were one for a moment; all of them with points and a card. */
async function mergeMembers(post: Post, cart: { memberId: string; storeId: string }, planSku: string): Promise<void> {
  for (const isUndone of [false, true]) {
    const { id: duplicateId } = await tessera.makeMember();
    const gift = { amount: 40, reason: 'a gift', storeId: cart.storeId };
    await post(`/points/members/${duplicateId}/adjustments`, gift);
    const tenders = [{ method: 'card', amount: 50_000 }];
    const lines = [{ sku: planSku, quantity: 1 }];
    await post('/checkout/transactions', { ...cart, memberId: duplicateId, lines, tenders });
    const { body } = await post(`/members/${cart.memberId}/merges`, { duplicateId, reason: 'the same person' });
    if (isUndone) await post(`/members/${cart.memberId}/merges/${body.id}/undo`, { reason: 'two after all' });
  }
}

/** A time card of which three days are over, one use is gone and one came back, a package, and a card with a new number. */
async function useTimeCards(
  post: (path: string, body: object) => PromiseLike<{ body: Body & { cards: { cardId: string }[] } }>,
  cart: { storeId: string },
): Promise<void> {
  const service = await tessera.makeService({ unitPrice: 8_000 });
  const terms = { kind: 'time', unitPrice: 30_000, validityDays: 30, usesPer: 'day', usesLimit: 1, freezeDays: 5 };
  const month = await tessera.makeCardPlan({ ...terms, services: [service.id] });
  const cut = { kind: 'sessions', unitPrice: 20_000, sessionCount: 3, services: [service.id] };
  const parts = [month.id, (await tessera.makeCardPlan(cut)).id];
  const both = await tessera.makeCardPlan({ kind: 'package', unitPrice: 40_000, parts });
  const { body } = await post('/checkout/transactions', {
    ...cart,
    lines: [month, both].map(({ sku }) => ({ sku, quantity: 1, cardId: 'new' })),
    tenders: [{ method: 'card', amount: 70_000 }],
  });
  const cardId = body.cards[0]?.cardId ?? '';
  const { database } = kernel(tessera.strapi);
  await database.query(`UPDATE tessera.card_lot SET started_on = started_on - 3 WHERE kind = 'time'`);
  await database.query(
    `SELECT tessera.recognise_time(jsonb_build_object('journal', gen_random_uuid(), 'storeId', $1::text, 'currency', 'CNY', 'at', now(),
      'day', tessera.business_day_at($1, now()), 'size', 100))`,
    [cart.storeId],
  );
  const lines = [{ sku: service.sku, quantity: 1 }];
  const use = { ...cart, lines, sessions: [{ cardId, sku: service.sku, quantity: 1 }], tenders: [] };
  const { body: undone } = await post('/checkout/transactions', use);
  const back = [{ lineId: undone.lines[0]?.id, quantity: 1 }];
  await post(`/checkout/transactions/${undone.id}/refunds`, { lines: back, reason: 'the pool was closed' });
  await post('/checkout/transactions', use);
  await post(`/cards/${cardId}/replace`, { reason: 'lost at the pool' });
  const slow = await tessera.makeCardPlan({ unitPrice: 50_000, bonus: 6_000, bonusInstalments: 3 });
  const tenders = [{ method: 'card', amount: 50_000 }];
  await post('/checkout/transactions', { ...cart, lines: [{ sku: slow.sku, quantity: 1, cardId: 'new' }], tenders });
  await database.query(
    `SELECT tessera.give_instalments(jsonb_build_object('journal', gen_random_uuid(), 'storeId', $1::text, 'currency', 'CNY', 'at', now(),
      'day', current_date + 40, 'size', 100))`,
    [cart.storeId],
  );
}

/** A gift that stands, and one that came back. */
async function giveGifts(post: Post, { memberId, storeId }: Record<'memberId' | 'storeId', string>): Promise<void> {
  const giftId = await tessera.makeGift({ points: 10, counted: true, limitPerMember: 1, limitPerMemberPerPeriod: 1 });
  const handout = { giftId, memberId, storeId };
  await post(`/points/members/${memberId}/adjustments`, { amount: 40, reason: 'a gift', storeId });
  await post(`/points/gifts/${giftId}/stock-moves`, { storeId, kind: 'received', quantity: 3 });
  const { body } = await post('/points/gift-handouts', handout);
  await post(`/points/gift-handouts/${body.id}/returns`, { reason: 'the wrong colour' });
  await post('/points/gift-handouts', handout);
}

/** A top-up that gave coupons, of which one is used and one was void with a piece that was taken back; another one taken back whole. */
async function giveCoupons(
  post: (path: string, body: object) => PromiseLike<{ body: Body }>,
  cart: { memberId: string; lines: object[] },
): Promise<void> {
  const bonusCoupon = await tessera.makeCouponTemplate();
  const plan = await tessera.makeCardPlan({ unitPrice: 10_000, bonusKind: 'coupons', bonusCount: 1, bonusCoupon });
  const topUp = { ...cart, lines: [{ sku: plan.sku, quantity: 2 }], tenders: [{ method: 'card', amount: 20_000 }] };
  for (const taken of [1, 2]) {
    const { body } = await post('/checkout/transactions', topUp);
    const lines = [{ lineId: body.lines[0]?.id, quantity: taken }];
    await post(`/checkout/transactions/${body.id}/refunds`, { lines, reason: 'too much' });
  }
  const { database } = kernel(tessera.strapi);
  const [coupon] = await database.query<{ code: string }>(`SELECT code FROM tessera.coupon
    WHERE state = 'open' AND issue_id IN (SELECT issue_id FROM tessera.coupon_grant) LIMIT 1`);
  await post('/checkout/transactions', {
    ...cart,
    coupons: [coupon?.code],
    tenders: [{ method: 'card', amount: 5_870 }],
  });
}

interface Body {
  id: string;
  lines: { id: string }[];
}

beforeAll(async () => {
  tessera = await bootTessera();
  const storeId = await tessera.makeStore();
  const tillId = await tessera.makeTill({ store: storeId });
  const member = await tessera.makeMember({ birthday: `1992${new Date().toISOString().slice(4, 10)}` });
  await tessera.makePoints();
  const gift = { birthdayPoints: 100, birthdayCoupon: await tessera.makeCouponTemplate() };
  await tessera.makeTier({ code: 'silver', rank: 1, spendFrom: 10_000, discountRate: 0, ...gift });
  const { sku } = await tessera.makeProduct({ unitPrice: 1_990 });
  token = await tessera.signIn('owner');
  const post = (path: string, body: object) =>
    tessera.as(token).post(`/api${path}`).set('Idempotency-Key', randomUUID()).send(body).expect(201);
  const cart = { storeId, tillId, memberId: member.id, lines: [{ sku, quantity: 3 }] };
  const discount = { kind: 'percent', basisPoints: 1_000, reason: 'regular' };
  const tenders = [
    { method: 'card', amount: 2_000 },
    { method: 'cash', amount: 3_373 },
  ];
  const sale = await post('/checkout/transactions', { ...cart, manualDiscount: discount, tenders });
  saleId = sale.body.id;
  const other = await post('/checkout/transactions', { ...cart, tenders: [{ method: 'card', amount: 5_970 }] });
  await post(`/checkout/transactions/${other.body.id}/exchanges`, {
    lines: [{ lineId: other.body.lines[0].id, quantity: 1 }],
    reason: 'another size',
    sale: { ...cart, tenders: [{ method: 'cash', amount: 3_980 }] },
  });
  await post(`/checkout/transactions/${other.body.id}/refunds`, {
    lines: [{ lineId: other.body.lines[0].id, quantity: 1 }],
    reason: 'to the card',
    tenders: [{ method: 'stored-value', amount: 1_990 }],
  });
  await useCoupons(post, cart);
  for (const quantity of [1, 2]) {
    const lines = [{ lineId: sale.body.lines[0].id, quantity }];
    await post(`/checkout/transactions/${saleId}/refunds`, { lines, reason: 'wrong size' });
  }
  const shift = await post('/checkout/shifts', { storeId, tillId, float: [{ value: 10_000, form: 'note', count: 2 }] });
  await post('/checkout/transactions', { ...cart, tenders: [{ method: 'cash', amount: 5_970 }] });
  await post(`/checkout/shifts/${shift.body.id}/cash-movements`, {
    kind: 'drop',
    amount: 5_970,
    reason: 'to the safe',
  });
  await post(`/checkout/shifts/${shift.body.id}/close`, { cash: [{ value: 10_000, form: 'note', count: 2 }] });
  const service = await tessera.makeService({ unitPrice: 8_000 });
  const value = await tessera.makeCardPlan({ unitPrice: 50_000, bonus: 6_000 });
  const cut = { kind: 'sessions', unitPrice: 20_000, sessionCount: 3, services: [service.id] };
  const sessionCard = await tessera.makeCardPlan(cut);
  const cards = await post('/checkout/transactions', {
    ...cart,
    lines: [value, sessionCard].map((plan) => ({ sku: plan.sku, quantity: 1 })),
    tenders: [{ method: 'card', amount: 70_000 }],
  });
  cardSaleId = cards.body.id;
  const paid = await post('/checkout/transactions', {
    ...cart,
    lines: [...cart.lines, { sku: service.sku, quantity: 2 }],
    sessions: [{ cardId: cards.body.cards[0].cardId, sku: service.sku, quantity: 2 }],
    tenders: [{ method: 'stored-value', amount: 5_970 }],
  });
  for (const [index, quantity] of [1, 2].entries()) {
    const lines = paid.body.lines.map(({ id }: { id: string }) => ({ lineId: id, quantity: 1 })).slice(0, 2 - index);
    await post(`/checkout/transactions/${paid.body.id}/refunds`, { lines, reason: `wrong size ${quantity}` });
  }
  await useTimeCards(post, cart);
  await giveCoupons(post, cart);
  const lines = cards.body.lines.map(({ id }: { id: string }) => ({ lineId: id, quantity: 1 }));
  await post(`/checkout/transactions/${cardSaleId}/refunds`, { lines, reason: 'moves away' });
  expect(await runNow('birthday-gifts')).toMatchObject({
    outcome: 'done',
    result: { given: 1, points: 100, coupons: 1 },
  });
  await giveGifts(post, cart);
  await mergeMembers(post, cart, value.sku);
  client = new Client({ connectionString: tessera.databaseUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await tessera.close();
});

test('sales, refunds and shifts leave books that every check finds right', async () => {
  const findings = await runChecks(client, checks);
  expect(findings.filter(({ count }) => count > 0)).toEqual([]);
  expect(findings.length).toBeGreaterThanOrEqual(17);
});

test.each(FAULTS)('%s finds: %s', async (name, fault) => {
  await client.query('BEGIN');
  try {
    await client.query('SET LOCAL session_replication_role = replica');
    const { rowCount } = await client.query(fault, [saleId]);
    expect(rowCount).toBeGreaterThan(0);
    const [finding] = await runChecks(
      client,
      checks.filter((check) => check.name === name),
    );
    expect(finding?.count).toBeGreaterThan(0);
    expect(finding?.offenders[0]).toEqual({ offender: expect.any(String), found: expect.any(String) });
  } finally {
    await client.query('ROLLBACK');
  }
});

type Run = { outcome: string | null; result: object | null; error: string | null; askedBy: string | null };

/** Has a nightly job run now, as support may, and waits for what comes of it. */
async function runNow(job = 'reconcile'): Promise<Run> {
  const support = await tessera.signIn('support');
  const runs = async () => {
    const { body } = await tessera.as(support).get('/api/backoffice/jobs').expect(200);
    return (body.jobs as { code: string; runs: Run[] }[]).find(({ code }) => code === job)?.runs ?? [];
  };
  const before = (await runs()).length;
  await tessera.as(support).post(`/api/backoffice/jobs/${job}/runs`).expect(202);
  for (let tries = 0; tries < 200; tries++) {
    const [last, ...earlier] = await runs();
    if (last?.outcome && earlier.length === before) return last;
    await sleep(50);
  }
  throw new Error('the job did not run');
}

test('the nightly job proves the same, and a proof that fails is seen', async () => {
  expect(await runNow()).toMatchObject({ outcome: 'done', result: { proofs: checks.length }, error: null });
  await client.query('BEGIN');
  await client.query('SET LOCAL session_replication_role = replica');
  await client.query(`UPDATE tessera.account SET balance = balance + 1 WHERE account = 'card'`);
  await client.query('COMMIT');
  const { outcome, error } = await runNow();
  expect({ outcome, error }).toEqual({
    outcome: 'failed',
    error: expect.stringContaining('ledger/balances-are-sums'),
  });
});
