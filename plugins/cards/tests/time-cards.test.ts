import { randomUUID } from 'node:crypto';
import { kernel } from '@tessera/kernel/public';
import { bootTessera, type Tessera } from '../../../config/presets/testing';
import { recogniseDays } from '../src/services/card-jobs';
import { openDesk, type Desk } from './cards-desk';

let tessera: Tessera;
let desk: Desk;
let service: { id: string; sku: string };

beforeAll(async () => {
  tessera = await bootTessera();
  desk = await openDesk(tessera);
  service = await tessera.makeService({ unitPrice: 8_000 });
});
afterAll(() => tessera.close());

const reason = 'asked at the counter';

/** 30 days for ¥300, twice a day, frozen for up to 10 days, shared with one other. */
const monthly = (more: object = {}) => ({
  kind: 'time',
  unitPrice: 30_000,
  validityDays: 30,
  services: [service.id],
  starts: 'sale',
  usesPer: 'day',
  usesLimit: 2,
  freezeDays: 10,
  sharedWith: 1,
  ...more,
});

const useBody = (memberId: string, cardId: string, quantity = 1) => ({
  ...desk.place,
  memberId,
  lines: [{ sku: service.sku, quantity }],
  sessions: [{ cardId, sku: service.sku, quantity }],
  tenders: [],
});
const use = (memberId: string, cardId: string, quantity = 1) =>
  desk.post('/checkout/transactions', useBody(memberId, cardId, quantity));
const refund = (sale: { id: string; lines: { id: string }[] }, more: object = {}) => {
  const lines = sale.lines.map(({ id }) => ({ lineId: id, quantity: 1 }));
  return desk.post(`/checkout/transactions/${sale.id}/refunds`, { lines, reason, ...more });
};
const care = (cardId: string, act: string, more: object = {}) =>
  desk.post(`/cards/${cardId}/${act}`, { reason, ...more });

/** As if so many days had passed since: what began then began earlier. */
async function daysAgo(cardId: string, days: number): Promise<void> {
  await desk.query(
    `UPDATE tessera.card_lot SET started_on = started_on - $2::int, valid_until = valid_until - make_interval(days => $2::int)
    WHERE card_id = $1 AND kind = 'time'`,
    [cardId, days],
  );
  await desk.query(`UPDATE tessera.card SET blocked_on = blocked_on - $2::int WHERE id = $1`, [cardId, days]);
}

async function runJob(): Promise<void> {
  await recogniseDays(kernel(tessera.strapi).database, new Date());
}

const lotOf = async (memberId: string) => (await desk.cardsOf(memberId)).cards[0].lots[0];

/** What the store has earned by days of that card. */
async function earnedBy(cardId: string): Promise<number> {
  const [row] = await desk.query<{ amount: number }>(
    `SELECT coalesce(-sum(m.principal), 0)::int AS amount FROM tessera.card_move m JOIN tessera.card_lot l ON l.id = m.lot_id
    WHERE l.card_id = $1 AND m.kind = 'elapsed'`,
    [cardId],
  );
  return row?.amount ?? 0;
}

test('a time card covers a service at its value, as often as a day allows, and moves no money by it', async () => {
  const { memberId, cardId, sku } = await desk.sellPlan(monthly());
  const cart = { ...desk.place, memberId, lines: [{ sku: service.sku, quantity: 3 }] };
  const offer = (await desk.post('/checkout/quotes', cart).expect(200)).body.cards.sessions;
  expect(offer).toMatchObject([{ cardId, sku: service.sku, left: 2, usable: 2 }]);
  const sale = (await use(memberId, cardId, 2).expect(201)).body;
  expect(sale).toMatchObject({
    totals: { payable: 0 },
    lines: [{ adjustments: [{ source: 'session', code: sku, amount: -16_000 }] }],
    cards: [{ sessions: [{ sku, moved: -2, left: null }] }],
  });
  expect(await desk.accounts(cardId)).toEqual({ deferred: 30_000 });
  const refused = await use(memberId, cardId).expect(409);
  expect(refused.body.error.code).toBe('session_not_enough');
  await refund(sale).expect(201);
  expect(await lotOf(memberId)).toMatchObject({ time: { usesNow: 1 } });
  await use(memberId, cardId).expect(201);
});

test('of 200 tills that take the last use of a day exactly one succeeds', async () => {
  const { memberId, cardId } = await desk.sellPlan(monthly());
  await use(memberId, cardId).expect(201);
  const answers = await Promise.all(Array.from({ length: 200 }, () => use(memberId, cardId)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  const lost = answers.filter(({ status }) => status !== 201);
  expect(new Set(lost.map(({ status, body: { error } }) => `${status} ${error.code}`))).toEqual(
    new Set(['409 session_not_enough']),
  );
  expect(await lotOf(memberId)).toMatchObject({ time: { usesNow: 2, usesLimit: 2 } });
});

test('a period that waits for the first use begins with it', async () => {
  const { memberId, cardId } = await desk.sellPlan(monthly({ starts: 'first-use', usesPer: null, usesLimit: null }));
  expect(await lotOf(memberId)).toMatchObject({ validUntil: null, time: { startedOn: null } });
  await use(memberId, cardId, 5).expect(201);
  const { validUntil, time } = await lotOf(memberId);
  expect(time.startedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
  const days = (Date.parse(validUntil) - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(29);
  expect(days).toBeLessThan(30.1);
});

test('days that are over become revenue once, whenever the job runs, and the end takes the rest', async () => {
  const { cardId } = await desk.sellPlan(monthly({ unitPrice: 10_000 }));
  await runJob();
  expect(await earnedBy(cardId)).toBe(0);
  await daysAgo(cardId, 7);
  await Promise.all([runJob(), runJob()]);
  await runJob();
  expect(await earnedBy(cardId)).toBe(2_333);
  expect(await desk.accounts(cardId)).toEqual({ deferred: 7_667 });
  await daysAgo(cardId, 40);
  await runJob();
  expect(await earnedBy(cardId)).toBe(10_000);
  expect(await desk.accounts(cardId)).toEqual({ deferred: 0 });
  const rows = await desk.query<{ account: string; balance: number }>(
    `SELECT account, balance FROM tessera.account WHERE owner_type = 'store' AND owner_id = $1 AND account = 'time-revenue'`,
    [desk.place.storeId],
  );
  expect(rows[0]?.balance).toBeLessThanOrEqual(-10_000);
});

test('a freeze pushes the end out by its days, at most as the plan says, and no day is earned meanwhile', async () => {
  const { memberId, cardId } = await desk.sellPlan(monthly());
  await care(cardId, 'freeze').expect(201);
  const before = await lotOf(memberId);
  expect((await use(memberId, cardId)).body.error.code).toBe('card_blocked');
  await daysAgo(cardId, 4);
  await runJob();
  expect(await earnedBy(cardId)).toBe(0);
  const thawed = (await care(cardId, 'unfreeze').expect(201)).body;
  expect(thawed.lots).toEqual([{ id: before.id, validUntil: before.validUntil }]);
  expect(await lotOf(memberId)).toMatchObject({ time: { frozenDays: 4 } });
  await care(cardId, 'freeze').expect(201);
  await daysAgo(cardId, 20);
  await runJob();
  // of 20 days 6 stand still: 10 in all
  expect(await earnedBy(cardId)).toBe(14_000);
  await care(cardId, 'unfreeze').expect(201);
  expect(await lotOf(memberId)).toMatchObject({ time: { frozenDays: 10 } });
  await runJob();
  expect(await earnedBy(cardId)).toBe(14_000);
});

test('a member of the family whom it is shared with uses it, a stranger does not, and nobody pays with it', async () => {
  const { memberId, cardId } = await desk.sellPlan(monthly());
  const [child, stranger] = [await tessera.makeMember(), await tessera.makeMember()];
  expect((await use(child.id, cardId)).body.error.code).toBe('session_not_usable');
  await care(cardId, 'share', { memberId: child.id }).expect(201);
  expect((await care(cardId, 'share', { memberId: stranger.id })).body.error.code).toBe('card_not_shareable');
  await use(child.id, cardId).expect(201);
  await use(memberId, cardId).expect(201);
  expect((await use(child.id, cardId)).body.error.code).toBe('session_not_enough');
  expect(await desk.cardsOf(memberId)).toMatchObject({
    cards: [{ guests: [{ memberNo: child.memberNo }], acts: [{ kind: 'share', toMemberNo: child.memberNo }] }],
  });
  await care(cardId, 'unshare', { memberId: child.id }).expect(201);
  expect((await use(child.id, cardId)).body.error.code).toBe('session_not_usable');
});

test('a member whom it is shared with and who was merged uses it under his other number, until the merge is undone', async () => {
  const { memberId, cardId } = await desk.sellPlan(monthly());
  const [child, grown] = [await tessera.makeMember(), await tessera.makeMember()];
  const guests = async () => (await desk.cardsOf(memberId)).cards[0].guests as { memberId: string; memberNo: string }[];
  const merge = async (keptId: string, duplicateId: string) =>
    (await desk.post(`/members/${keptId}/merges`, { duplicateId, reason }).expect(201)).body.id as string;
  const undo = (keptId: string, mergeId: string) =>
    desk.post(`/members/${keptId}/merges/${mergeId}/undo`, { reason }).expect(201);
  await care(cardId, 'share', { memberId: child.id }).expect(201);
  const first = await merge(grown.id, child.id);
  await use(grown.id, cardId).expect(201);
  expect(await guests()).toEqual([{ memberId: grown.id, memberNo: grown.memberNo }]);
  await undo(grown.id, first);
  expect(await guests()).toEqual([{ memberId: child.id, memberNo: child.memberNo }]);
  expect((await use(grown.id, cardId)).body.error.code).toBe('session_not_usable');
  await merge(grown.id, child.id);
  await care(cardId, 'unshare', { memberId: grown.id }).expect(201);
  expect((await use(grown.id, cardId)).body.error.code).toBe('session_not_usable');
  await care(cardId, 'share', { memberId: grown.id }).expect(201);
  await merge(memberId, grown.id);
  expect(await guests()).toEqual([]);
});

test('a refund pays the days that are not over; a day that was used is over', async () => {
  const unused = await desk.sellPlan(monthly());
  expect((await refund(unused.sale).expect(201)).body.totals.paid).toBe(-30_000);
  const { memberId, cardId, sale } = await desk.sellPlan(monthly());
  await daysAgo(cardId, 10);
  await use(memberId, cardId).expect(201);
  const back = (await refund(sale).expect(201)).body;
  expect(back).toMatchObject({
    totals: { paid: -19_000 },
    lines: [{ adjustments: [{ source: 'card-value', amount: 11_000 }] }],
  });
  expect(await earnedBy(cardId)).toBe(11_000);
  expect(await desk.accounts(cardId)).toEqual({ deferred: 0 });
  expect((await use(memberId, cardId)).body.error.code).toBe('session_not_enough');
  expect(await lotOf(memberId)).toMatchObject({ time: { isRefunded: true } });
});

test('a card whose terms pay nothing back is taken back only untouched', async () => {
  const untouched = await desk.sellPlan(monthly({ refundTerms: 'none' }));
  expect((await refund(untouched.sale).expect(201)).body.totals.paid).toBe(-30_000);
  const { memberId, cardId, sale } = await desk.sellPlan(monthly({ refundTerms: 'none' }));
  await use(memberId, cardId).expect(201);
  expect((await refund(sale).expect(422)).body.error.code).toBe('card_not_refundable');
});

test('a refund that meets the job gives back and earns exactly what was paid', async () => {
  const { cardId, sale } = await desk.sellPlan(monthly({ unitPrice: 10_001 }));
  await daysAgo(cardId, 11);
  const [back] = await Promise.all([refund(sale), runJob(), runJob()]);
  expect(back.status).toBe(201);
  expect((await earnedBy(cardId)) - back.body.totals.paid).toBe(10_001);
  expect(await desk.accounts(cardId)).toEqual({ deferred: 0 });
});

async function packageOf(unitPrice: number) {
  const other = await tessera.makeService({ unitPrice: 12_000 });
  const cuts = await tessera.makeCardPlan({
    kind: 'sessions',
    unitPrice: 20_000,
    sessionCount: 3,
    services: [service.id],
  });
  const dyes = await tessera.makeCardPlan({
    kind: 'sessions',
    unitPrice: 10_000,
    sessionCount: 1,
    services: [other.id],
  });
  const month = await tessera.makeCardPlan(monthly());
  const parts = [cuts.id, dyes.id, month.id];
  return { other, cuts, dyes, month, ...(await desk.sellPlan({ kind: 'package', unitPrice, parts })) };
}

test('a package is one line that puts a lot of each part on the card, its price split by what they cost alone', async () => {
  const { memberId, cardId, cuts, dyes, month, sale } = await packageOf(50_000);
  expect(sale.lines).toHaveLength(1);
  const [{ lots }] = (await desk.cardsOf(memberId)).cards;
  const shares = Object.fromEntries(lots.map((lot: { sku: string; principal: number }) => [lot.sku, lot.principal]));
  expect(shares).toEqual({ [cuts.sku]: 16_667, [dyes.sku]: 8_333, [month.sku]: 25_000 });
  expect(await desk.accounts(cardId)).toEqual({ deferred: 50_000, sessions: expect.any(Number) });
  const two = { ...desk.place, memberId, lines: [{ sku: sale.lines[0].sku, quantity: 2 }], tenders: [] };
  expect((await desk.post('/checkout/transactions', two)).body.error.code).toBe('card_one_at_a_time');
});

test('a package that is paid back gives what is left of each part', async () => {
  const { memberId, cardId, other, sale } = await packageOf(50_000);
  await daysAgo(cardId, 3);
  const body = {
    ...useBody(memberId, cardId),
    lines: [{ sku: other.sku, quantity: 1 }],
    sessions: [{ cardId, sku: other.sku, quantity: 1 }],
  };
  const used = (await desk.post('/checkout/transactions', body).expect(201)).body;
  const back = (await refund(sale).expect(201)).body;
  // 50,000 less the dye (8,333) and 3 of 30 days (2,500)
  expect(back.totals.paid).toBe(-39_167);
  expect(await desk.accounts(cardId)).toMatchObject({ deferred: 0 });
  // what was used can still be given back: it returns to the card
  await refund(used).expect(201);
  expect(await desk.accounts(cardId)).toMatchObject({ deferred: 8_333 });
});

test.each([
  [{ kind: 'time' }, 'validityDays'],
  [{ kind: 'time', validityDays: 30, usesLimit: 2 }, 'usesLimit'],
  [{ kind: 'package' }, 'parts'],
])('the plan %j is refused: %s', async (more, field) => {
  const plan = { sku: `X-${randomUUID().slice(0, 8)}`, nameZh: '空', nameEn: 'None', unitPrice: 100, ...more };
  const refused = await tessera.as(desk.token).post('/api/backoffice/card-plans').send(plan).expect(422);
  expect(refused.body.error).toMatchObject({ code: 'bad_card_plan', details: { field } });
});

test('a package is planned in the back office from session cards and time cards, and from nothing else', async () => {
  const [value, cuts] = [
    await tessera.makeCardPlan(),
    await tessera.makeCardPlan({ kind: 'sessions', sessionCount: 1, services: [service.id] }),
  ];
  const month = await tessera.makeCardPlan(monthly());
  const create = (partsIds: string[]) => {
    const names = { sku: `PK-${randomUUID().slice(0, 8)}`, nameZh: '套餐', nameEn: 'Package' };
    const plan = { ...names, kind: 'package', unitPrice: 40_000, partsIds };
    return tessera.as(desk.token).post('/api/backoffice/card-plans').send(plan);
  };
  expect((await create([cuts.id, value.id])).body.error).toMatchObject({ details: { field: 'parts' } });
  const made = await create([cuts.id, month.id]).expect(201);
  expect(made.body.partsIds).toEqual(expect.arrayContaining([cuts.id, month.id]));
});
