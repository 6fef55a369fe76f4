import { randomUUID } from 'node:crypto';
import { kernel } from '@tessera/kernel/public';
import { bootTessera, type Tessera } from '../../../config/presets/testing';

let tessera: Tessera;
let token: string;
let place: { storeId: string; tillId: string };
let sku: string;

beforeAll(async () => {
  tessera = await bootTessera();
  const storeId = await tessera.makeStore();
  place = { storeId, tillId: await tessera.makeTill({ store: storeId }) };
  ({ sku } = await tessera.makeProduct({ unitPrice: 10_000 }));
  token = await tessera.signIn('owner');
});
afterAll(() => tessera.close());

type Lines = { sku: string; quantity: number; cardId?: string }[];

function post(path: string, body: object, key: string = randomUUID()) {
  return tessera.as(token).post(`/api/checkout${path}`).set('Idempotency-Key', key).send(body);
}

function query<Row>(text: string, parameters: readonly unknown[] = []): Promise<Row[]> {
  return kernel(tessera.strapi).database.query(text, [...parameters]);
}

async function sell(memberId: string, lines: Lines, tenders: object[], more: object = {}) {
  return (await post('/transactions', { ...place, memberId, lines, tenders, ...more }).expect(201)).body;
}

/** Pay 500 get 60, on a new card. */
async function cardWith500(more: object = {}) {
  const { id: memberId } = await tessera.makeMember();
  const plan = await tessera.makeCardPlan({ unitPrice: 50_000, bonus: 6_000, ...more });
  const sale = await sell(memberId, [{ sku: plan.sku, quantity: 1 }], [{ method: 'card', amount: 50_000 }]);
  return { memberId, plan, sale, cardId: sale.cards[0].cardId as string };
}

/** What the ledger says is on a card. */
async function accounts(cardId: string): Promise<Record<string, number>> {
  const rows = await query<{ account: string; balance: number }>(
    `SELECT account, balance FROM tessera.account WHERE owner_type = 'card' AND owner_id = $1`,
    [cardId],
  );
  return Object.fromEntries(rows.map(({ account, balance }) => [account, balance]));
}

const value = (amount: number, more: object = {}) => ({ method: 'stored-value', amount, ...more });

test('who pays 500 has 560, which is no revenue, and pays with it', async () => {
  const { memberId, sale, cardId } = await cardWith500();
  expect(sale.cards).toEqual([
    {
      cardId,
      number: expect.stringMatching(/^\d{16}$/),
      isNew: true,
      principal: 50_000,
      bonus: 6_000,
      left: 56_000,
      sessions: [],
    },
  ]);
  expect(await accounts(cardId)).toEqual({ principal: 50_000, bonus: 6_000 });
  const revenue = await query(
    `SELECT a.account FROM tessera.posting p JOIN tessera.account a ON a.id = p.account_id
    WHERE p.journal_id = $1 AND a.account IN ('revenue', 'tax')`,
    [sale.id],
  );
  expect(revenue).toEqual([]);
  const paid = await sell(memberId, [{ sku, quantity: 1 }], [value(10_000)]);
  expect(paid.cards).toMatchObject([{ isNew: false, principal: -10_000, bonus: 0, left: 46_000 }]);
  expect(paid.payments).toMatchObject([{ method: 'stored-value', amount: 10_000 }]);
  const seen = await tessera.as(token).get(`/api/checkout/transactions/${paid.id}`).expect(200);
  expect(seen.body).toEqual(paid);
});

test('of 200 tills that spend one balance at once exactly one succeeds', async () => {
  const { memberId, cardId } = await cardWith500();
  const body = { ...place, memberId, lines: [{ sku, quantity: 5 }], tenders: [value(50_000)] };
  const answers = await Promise.all(Array.from({ length: 200 }, () => post('/transactions', body)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  const lost = answers.filter(({ status }) => status !== 201);
  expect(new Set(lost.map(({ status, body: { error } }) => `${status} ${error.code}`))).toEqual(
    new Set(['409 stored_value_not_enough']),
  );
  expect(await accounts(cardId)).toEqual({ principal: 0, bonus: 6_000 });
});

test('too little stored value refuses the whole sale and writes nothing', async () => {
  const { memberId, cardId } = await cardWith500();
  const tenders = [value(56_001), { method: 'cash', amount: 3_999 }];
  const refused = await post('/transactions', { ...place, memberId, lines: [{ sku, quantity: 6 }], tenders }).expect(
    409,
  );
  expect(refused.body.error).toMatchObject({ code: 'stored_value_not_enough', details: { available: 56_000 } });
  expect(await accounts(cardId)).toEqual({ principal: 50_000, bonus: 6_000 });
});

test('a top-up goes on the card of the member that is named, and its own rule says what is spent first', async () => {
  const { memberId, cardId } = await cardWith500();
  const { sku: topUp } = await tessera.makeCardPlan({
    unitPrice: 10_000,
    bonus: 5_000,
    spendOrder: 'bonus-first',
    validityDays: 30,
  });
  const line = { sku: topUp, quantity: 1, cardId };
  const sale = await sell(memberId, [line], [{ method: 'cash', amount: 10_000 }]);
  expect(sale.cards).toMatchObject([{ cardId, isNew: false, principal: 10_000, bonus: 5_000, left: 71_000 }]);
  // What ends in 30 days is spent before what stays, and of it the bonus first.
  const paid = await sell(memberId, [{ sku, quantity: 2 }], [value(20_000)]);
  expect(paid.cards).toMatchObject([{ principal: -15_000, bonus: -5_000, left: 51_000 }]);
  const stranger = await tessera.makeMember();
  const refused = await post('/transactions', {
    ...place,
    memberId: stranger.id,
    lines: [line],
    tenders: [{ method: 'cash', amount: 10_000 }],
  }).expect(422);
  expect(refused.body.error.code).toBe('card_not_usable');
});

test('cards cannot be bought with stored value, discounted, or sold to nobody', async () => {
  const { memberId, plan } = await cardWith500();
  const lines = [{ sku: plan.sku, quantity: 1 }];
  const codeOf = async (body: object) =>
    (await post('/transactions', { ...place, lines, tenders: [{ method: 'card', amount: 50_000 }], ...body })).body
      .error?.code;
  expect(await codeOf({ memberId, tenders: [value(50_000)] })).toBe('stored_value_over_goods');
  expect(await codeOf({})).toBe('card_needs_member');
  expect(await codeOf({ memberId, lines: [{ ...lines[0], unitPrice: 1 }] })).toBe('card_price_fixed');
  const manualDiscount = { kind: 'percent', basisPoints: 1_000, reason: 'regular' };
  const mixed = { ...place, memberId, lines: [...lines, { sku, quantity: 1 }], manualDiscount };
  const quote = await post('/quotes', mixed).expect(200);
  expect(quote.body.lines.map(({ amount }: { amount: number }) => amount)).toEqual([50_000, 9_000]);
});

interface Sale {
  id: string;
  lines: { id: string }[];
}

function refund(sale: Sale, quantity: number, more: object = {}) {
  const lines = [{ lineId: sale.lines[0]?.id, quantity }];
  return post(`/transactions/${sale.id}/refunds`, { lines, reason: 'wrong size', ...more });
}

test('refunds piece by piece bring principal and bonus back to the card, as if less had been spent', async () => {
  const { memberId, cardId } = await cardWith500({ spendOrder: 'in-proportion' });
  const sale = await sell(memberId, [{ sku, quantity: 3 }], [value(30_000)]);
  expect(await accounts(cardId)).toEqual({ principal: 23_214, bonus: 2_786 });
  const back = [];
  for (const quantity of [1, 2]) back.push((await refund(sale, quantity).expect(201)).body.cards);
  expect(back).toMatchObject([
    [{ principal: 8_929, bonus: 1_071 }],
    [{ principal: 17_857, bonus: 2_143, left: 56_000 }],
  ]);
  expect(await accounts(cardId)).toEqual({ principal: 50_000, bonus: 6_000 });
});

test('what a card has paid is never paid out as cash', async () => {
  const { memberId } = await cardWith500();
  const sale = await sell(memberId, [{ sku, quantity: 1 }], [value(10_000)]);
  const refused = await refund(sale, 1, { tenders: [{ method: 'cash', amount: 10_000 }] }).expect(422);
  expect(refused.body.error.code).toBe('refund_too_much_by_tender');
});

test('a card that is paid back gives the principal that is left, and its bonus is void', async () => {
  const { memberId, sale, cardId } = await cardWith500();
  await sell(memberId, [{ sku, quantity: 2 }], [value(20_000)]);
  const back = (await refund(sale, 1).expect(201)).body;
  expect(back).toMatchObject({
    totals: { list: -50_000, payable: -30_000, paid: -30_000 },
    payments: [{ method: 'card', amount: -30_000 }],
    cards: [{ principal: -30_000, bonus: -6_000, left: 0 }],
    lines: [{ adjustments: [{ source: 'card-value', amount: 20_000 }] }],
  });
  expect(await accounts(cardId)).toEqual({ principal: 0, bonus: 0 });
  const cashier = await tessera.signIn('cashier', { store: place.storeId });
  const { sale: other } = await cardWith500();
  const refused = await tessera
    .as(cashier)
    .post(`/api/checkout/transactions/${other.id}/refunds`)
    .set('Idempotency-Key', randomUUID())
    .send({ lines: [{ lineId: other.lines[0].id, quantity: 1 }], reason: 'wrong size' })
    .expect(403);
  expect(refused.body.error.code).toBe('forbidden');
});

test('a card that is used while it is paid back is never worth both', async () => {
  const { memberId, sale, cardId } = await cardWith500();
  const body = { ...place, memberId, lines: [{ sku, quantity: 1 }], tenders: [value(10_000)] };
  const spends = Array.from({ length: 5 }, () => post('/transactions', body));
  const [back, ...paid] = await Promise.all([refund(sale, 1), ...spends]);
  const spent = 10_000 * paid.filter(({ status }) => status === 201).length;
  expect(back?.status).toBe(201);
  // Principal is spent first: what was spent and what was paid back is exactly what was paid for it.
  expect(spent - back?.body.totals.paid).toBe(50_000);
  expect(await accounts(cardId)).toEqual({ principal: 0, bonus: 0 });
});

async function cardWithSessions(sessionCount = 3, unitPrice = 20_000) {
  const { id: memberId } = await tessera.makeMember();
  const service = await tessera.makeService({ unitPrice: 8_000 });
  const plan = await tessera.makeCardPlan({ kind: 'sessions', unitPrice, sessionCount, services: [service.id] });
  const sale = await sell(memberId, [{ sku: plan.sku, quantity: 1 }], [{ method: 'card', amount: unitPrice }]);
  return { memberId, service, plan, sale, cardId: sale.cards[0].cardId as string };
}

test('a session pays for one piece of a service at its price, and the last one takes what is left of what was paid', async () => {
  const { memberId, service, plan, cardId } = await cardWithSessions();
  const cart = { ...place, memberId, lines: [{ sku: service.sku, quantity: 2 }] };
  const offer = (await post('/quotes', cart).expect(200)).body.cards.sessions;
  expect(offer).toMatchObject([{ cardId, sku: service.sku, left: 3, usable: 2, used: 0 }]);
  const sessions = [{ cardId, sku: service.sku, quantity: 1 }];
  const sale = await sell(memberId, cart.lines, [{ method: 'card', amount: 8_000 }], { sessions });
  expect(sale.lines[0]).toMatchObject({
    amount: 8_000,
    adjustments: [{ source: 'session', code: plan.sku, amount: -8_000 }],
  });
  expect(sale.cards).toMatchObject([{ left: null, sessions: [{ sku: plan.sku, moved: -1, left: 2 }] }]);
  expect(await accounts(cardId)).toEqual({ sessions: 2, deferred: 13_333 });
  const two = [{ cardId, sku: service.sku, quantity: 2 }];
  const free = await sell(memberId, cart.lines, [], { sessions: two });
  expect(free.totals.payable).toBe(0);
  expect(await accounts(cardId)).toEqual({ sessions: 0, deferred: 0 });
  const refused = await post('/transactions', { ...cart, sessions, tenders: [] }).expect(409);
  expect(refused.body.error.code).toBe('session_not_enough');
});

test('of 200 tills that use the last session exactly one succeeds', async () => {
  const { memberId, service, cardId } = await cardWithSessions(1);
  const sessions = [{ cardId, sku: service.sku, quantity: 1 }];
  const body = { ...place, memberId, lines: [{ sku: service.sku, quantity: 1 }], sessions, tenders: [] };
  const answers = await Promise.all(Array.from({ length: 200 }, () => post('/transactions', body)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  const lost = answers.filter(({ status }) => status !== 201);
  expect(new Set(lost.map(({ status, body: { error } }) => `${status} ${error.code}`))).toEqual(
    new Set(['409 session_not_enough']),
  );
  expect(await accounts(cardId)).toEqual({ sessions: 0, deferred: 0 });
});

test('a refund gives sessions back with what was paid for them, piece by piece', async () => {
  const { memberId, service, cardId } = await cardWithSessions();
  const sessions = [{ cardId, sku: service.sku, quantity: 2 }];
  const sale = await sell(memberId, [{ sku: service.sku, quantity: 2 }], [], { sessions });
  await refund(sale, 1).expect(201);
  expect(await accounts(cardId)).toEqual({ sessions: 2, deferred: 13_333 });
  await refund(sale, 1).expect(201);
  expect(await accounts(cardId)).toEqual({ sessions: 3, deferred: 20_000 });
});

test('a session card that is paid back gives what was paid for the sessions that are left', async () => {
  const { memberId, service, sale, cardId } = await cardWithSessions();
  const sessions = [{ cardId, sku: service.sku, quantity: 1 }];
  await sell(memberId, [{ sku: service.sku, quantity: 1 }], [], { sessions });
  expect((await refund(sale, 1).expect(201)).body.totals.paid).toBe(-13_333);
  expect(await accounts(cardId)).toEqual({ sessions: 0, deferred: 0 });
});

test('the member page shows every card with what is behind its balance', async () => {
  const { memberId, cardId, sale } = await cardWith500();
  await sell(memberId, [{ sku, quantity: 1 }], [value(10_000)]);
  const { body } = await tessera.as(token).get(`/api/cards/members/${memberId}`).expect(200);
  expect(body.cards).toMatchObject([
    {
      id: cardId,
      principal: 40_000,
      bonus: 6_000,
      lots: [{ principalSold: 50_000, principal: 40_000 }],
      entries: [
        { kind: 'spent', principal: -10_000, after: 46_000 },
        { kind: 'sold', principal: 50_000, bonus: 6_000, after: 56_000, transactionNumber: sale.number },
      ],
    },
  ]);
  const list = await tessera.as(token).get('/api/backoffice/cards?_sort=openedAt&_order=desc').expect(200);
  expect(list.body.find(({ id }: { id: string }) => id === cardId)).toMatchObject({ principal: 40_000, bonus: 6_000 });
});

test('a card that the law does not allow is not sold, and the refusal names the clause', async () => {
  const { id: memberId } = await tessera.makeMember();
  const plan = await tessera.makeCardPlan({ unitPrice: 500_000, bonus: 1 });
  const cart = { ...place, memberId, lines: [{ sku: plan.sku, quantity: 1 }] };
  const quote = await post('/quotes', cart).expect(200);
  expect(quote.body.cardNotices).toContainEqual(
    expect.objectContaining({ effect: 'block', clause: { zh: '第十八条', en: 'Article 18' } }),
  );
  const refused = await post('/transactions', { ...cart, tenders: [{ method: 'card', amount: 500_000 }] }).expect(422);
  expect(refused.body.error).toMatchObject({
    code: 'card_policy_broken',
    details: { findings: [{ policy: 'prepaid-cards-cn', clause: { en: 'Article 18' } }] },
  });
});

test('a session card without a number of sessions cannot be planned', async () => {
  const plan = { sku: 'NONE', nameZh: '空', nameEn: 'None', kind: 'sessions', unitPrice: 100 };
  const refused = await tessera.as(token).post('/api/backoffice/card-plans').send(plan).expect(422);
  expect(refused.body.error.code).toBe('bad_card_plan');
});
