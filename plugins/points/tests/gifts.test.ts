import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { kernel } from '@tessera/kernel/public';
import { bootTessera, type Tessera } from '../../../config/presets/testing';

let tessera: Tessera;
let token: string;
let storeId: string;
let tillId: string;

beforeAll(async () => {
  tessera = await bootTessera();
  storeId = await tessera.makeStore();
  tillId = await tessera.makeTill({ store: storeId });
  await tessera.makePoints({ validity: 'days', validityLength: 90 });
  await tessera.makeTier({ code: 'silver', rank: 1, nameZh: '银卡', nameEn: 'Silver' });
  token = await tessera.signIn('owner');
});
afterAll(() => tessera.close());

interface Options {
  key?: string;
  as?: string;
}

function post(path: string, body: object, { key = randomUUID(), as = token }: Options = {}) {
  return tessera.as(as).post(`/api/points${path}`).set('Idempotency-Key', key).send(body);
}

function query<Row>(text: string, parameters: readonly unknown[] = []): Promise<Row[]> {
  return kernel(tessera.strapi).database.query(text, [...parameters]);
}

async function memberWith(points: number): Promise<string> {
  const { id } = await tessera.makeMember({ homeStore: storeId });
  if (points > 0) await post(`/members/${id}/adjustments`, { amount: points, reason: 'to start with' }).expect(201);
  return id;
}

async function giftOf(fields: object, stock?: number): Promise<string> {
  const id = await tessera.makeGift({ counted: stock !== undefined, ...fields });
  if (stock) await post(`/gifts/${id}/stock-moves`, { storeId, kind: 'received', quantity: stock }).expect(201);
  return id;
}

const give = (giftId: string, memberId: string, more: object = {}, options: Options = {}) =>
  post('/gift-handouts', { giftId, memberId, storeId, ...more }, options);

const takeBack = (handoutId: string, more: object = {}, options: Options = {}) =>
  post(`/gift-handouts/${handoutId}/returns`, { reason: 'the wrong colour', ...more }, options);

const offersOf = async (memberId: string, as = token) =>
  (await tessera.as(as).get(`/api/points/members/${memberId}/gifts?storeId=${storeId}`).expect(200)).body;

const pointsOf = async (memberId: string) =>
  (await tessera.as(token).get(`/api/points/members/${memberId}`).expect(200)).body;

async function stockOf(giftId: string): Promise<number | undefined> {
  const { body } = await tessera.as(token).get(`/api/backoffice/gift-stock?giftId=${giftId}`).expect(200);
  return body[0]?.quantity;
}

const lotsOf = (memberId: string) =>
  query<{ remaining: number; expires: Date | null }>(
    'SELECT remaining, expires_at AS expires FROM tessera.point_lot WHERE member_id = $1 ORDER BY expires_at, id',
    [memberId],
  );

/** Two lots, the later one made to end first. */
async function memberWithLots(): Promise<string> {
  const memberId = await memberWith(60);
  await post(`/members/${memberId}/adjustments`, { amount: 50, reason: 'ends sooner' }).expect(201);
  await kernel(tessera.strapi).database.transaction(async (sql) => {
    await sql.query('SET LOCAL session_replication_role = replica');
    await sql.query(
      `UPDATE tessera.point_lot SET expires_at = expires_at - interval '80 days' WHERE member_id = $1 AND amount = 50`,
      [memberId],
    );
  });
  return memberId;
}

async function mergeOf(keptId: string, duplicateId: string): Promise<string> {
  const { body } = await tessera
    .as(token)
    .post(`/api/members/${keptId}/merges`)
    .set('Idempotency-Key', randomUUID())
    .send({ duplicateId, reason: 'the same person' })
    .expect(201);
  return body.id;
}

test('a gift takes the points that end soonest and a piece of stock; taken back, lots and stock are as before', async () => {
  const giftId = await giftOf({ points: 80, nameZh: '马克杯', nameEn: 'Mug' }, 3);
  const memberId = await memberWithLots();
  const before = await lotsOf(memberId);
  const { body: slip } = await give(giftId, memberId, { tillId, points: 80 }).expect(201);
  expect(slip).toMatchObject({ giftId, memberId, tillId, points: 80, label: { zh: '马克杯', en: 'Mug' } });
  expect(slip.number).toMatch(/^S-\w+-G\d{6}-\d+$/);
  expect((await lotsOf(memberId)).map(({ remaining }) => remaining)).toEqual([0, 30]);
  expect(await stockOf(giftId)).toBe(2);
  const seen = await pointsOf(memberId);
  expect(seen.entries[0]).toMatchObject({
    kind: 'gift',
    amount: -80,
    gift: { handoutId: slip.id, number: slip.number, label: { en: 'Mug' } },
    parts: [{ amount: -50 }, { amount: -30 }],
  });

  const { body: back } = await takeBack(slip.id).expect(201);
  expect(back).toMatchObject({ handoutId: slip.id, number: slip.number, points: 80 });
  expect(await lotsOf(memberId)).toEqual(before);
  expect(await stockOf(giftId)).toBe(3);
  expect((await pointsOf(memberId)).entries[0]).toMatchObject({
    kind: 'gift-return',
    amount: 80,
    reason: 'the wrong colour',
    gift: { number: slip.number },
  });
  expect((await takeBack(slip.id).expect(409)).body.error.code).toBe('gift_returned');
});

test('the same key answers the same, whatever has become of the gift; another request under it is refused', async () => {
  const giftId = await giftOf({ points: 10, limitPerMember: 1 }, 1);
  const memberId = await memberWith(10);
  const key = randomUUID();
  const first = await give(giftId, memberId, {}, { key }).expect(201);
  const returnKey = randomUUID();
  const back = await takeBack(first.body.id, {}, { key: returnKey }).expect(201);
  await give(giftId, memberId).expect(201);
  const again = await give(giftId, memberId, {}, { key }).expect(201);
  expect(again.body).toEqual(first.body);
  expect(again.headers['idempotent-replayed']).toBe('true');
  expect((await takeBack(first.body.id, {}, { key: returnKey }).expect(201)).body).toEqual(back.body);
  const other = await give(giftId, memberId, { tillId }, { key }).expect(422);
  expect(other.body.error.code).toBe('idempotency_key_reused');
  expect(await stockOf(giftId)).toBe(0);
});

test('of 200 members who want the last one at once exactly one gets it, and of 60 tills that serve one member one does', async () => {
  const giftId = await giftOf({ points: 10 }, 1);
  const members = await Promise.all(Array.from({ length: 20 }, () => memberWith(10)));
  const wanted = Array.from({ length: 200 }, (_each, index) => give(giftId, members[index % 20] as string));
  const answers = await Promise.all(wanted);
  const codes = answers.map(({ status, body }) => (status === 201 ? '201' : `${status} ${body.error.code}`));
  expect(codes.filter((code) => code === '201')).toHaveLength(1);
  expect(new Set(codes)).toEqual(new Set(['201', '409 gift_out_of_stock']));
  expect(await stockOf(giftId)).toBe(0);

  const once = await giftOf({ points: 10, limitPerMemberPerPeriod: 1, limitPeriod: 'day' });
  const rich = await memberWith(10_000);
  const tries = await Promise.all(Array.from({ length: 60 }, () => give(once, rich)));
  const results = tries.map(({ status, body }) => (status === 201 ? '201' : `${status} ${body.error.code}`));
  expect(results.filter((code) => code === '201')).toHaveLength(1);
  expect(new Set(results)).toEqual(new Set(['201', '409 gift_limit_reached']));
  expect(await pointsOf(rich)).toMatchObject({ available: 9_990 });
});

test('each refusal names the condition that failed, and moves nothing', async () => {
  const elsewhere = await tessera.makeStore();
  const memberId = await memberWith(100);
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  const [tier] = await query<{ id: string }>(`SELECT document_id AS id FROM public.tiers WHERE code = 'silver'`);
  const cases: [expected: string, fields: object, stock?: number][] = [
    ['422 gift_not_offered', { active: false }],
    ['422 gift_not_here', { stores: [elsewhere] }],
    ['422 gift_not_now', { validFrom: tomorrow }],
    ['422 gift_not_now', { validUntil: new Date(Date.now() - 1_000).toISOString() }],
    ['422 gift_tier_too_low', { minimumTier: tier?.id }],
    ['409 gift_out_of_stock', {}, 0],
    ['409 points_not_enough', { points: 101 }],
  ];
  for (const [expected, fields, stock] of cases) {
    const { status, body } = await give(await giftOf(fields, stock), memberId);
    expect(`${status} ${body.error?.code}`).toBe(expected);
  }
  const giftId = await giftOf({});
  const changed = await give(giftId, memberId, { points: 90 }).expect(409);
  expect(changed.body.error).toMatchObject({ code: 'gift_price_changed', details: { points: 100 } });
  const frozen = await tessera.makeMember({ status: 'frozen' });
  expect((await give(giftId, frozen.id).expect(422)).body.error.code).toBe('member_not_active');
  const otherTill = await tessera.makeTill({ store: elsewhere });
  expect((await give(giftId, memberId, { tillId: otherTill }).expect(422)).body.error.code).toBe('unknown_till');
  expect(await pointsOf(memberId)).toMatchObject({ available: 100 });
});

test('the till is told what a member can have first, and of the others why not', async () => {
  const memberId = await memberWith(500);
  const [can, dear, gone] = [
    await giftOf({ points: 500 }),
    await giftOf({ points: 501 }),
    await giftOf({ points: 1 }, 0),
  ];
  const { gifts, available } = await offersOf(memberId);
  expect(available).toBe(500);
  const of = (id: string) => gifts.find(({ giftId }: { giftId: string }) => giftId === id);
  expect(of(can)).toMatchObject({ refusal: null, stock: null, left: null });
  expect(of(dear).refusal).toEqual({ reason: 'points_not_enough', missing: 1 });
  expect(of(gone)).toMatchObject({ refusal: { reason: 'gift_out_of_stock' }, stock: 0 });
  const refused = gifts.map(({ refusal }: { refusal: object | null }) => refusal !== null);
  expect(refused).toEqual([...refused].sort());
});

test('a cashier hands out within limits, takes back on the same day, and asks beyond', async () => {
  const cashier = await tessera.signIn('cashier', { store: storeId });
  const memberId = await memberWith(5_000);
  const dear = await give(await giftOf({ points: 2_001 }), memberId, {}, { as: cashier }).expect(403);
  expect(dear.body.error).toMatchObject({ code: 'approval_required', details: { permission: 'gifts.give' } });
  const { body: slip } = await give(await giftOf({ points: 2_000 }), memberId, { tillId }, { as: cashier }).expect(201);
  await kernel(tessera.strapi).database.transaction(async (sql) => {
    await sql.query('SET LOCAL session_replication_role = replica');
    await sql.query(`UPDATE tessera.gift_handout SET business_day = business_day - 1 WHERE id = $1`, [slip.id]);
  });
  expect((await takeBack(slip.id, {}, { as: cashier }).expect(403)).body.error.code).toBe('approval_required');
  const elsewhere = await tessera.signIn('store-manager', { store: await tessera.makeStore() });
  expect((await takeBack(slip.id, {}, { as: elsewhere }).expect(403)).body.error.code).toBe('forbidden');
  const manager = await tessera.signIn('store-manager', { store: storeId });
  await takeBack(slip.id, {}, { as: manager }).expect(201);
  const [line] = await query<{ reason: string }>(
    `SELECT reason FROM tessera.audit WHERE action = 'gifts.take-back' AND effect = 'allow' AND subject_id = $1`,
    [slip.id],
  );
  expect(line?.reason).toBe('the wrong colour');
});

test('what is given at a till belongs to its open shift, and a store that wants one gets none without', async () => {
  const strict = await tessera.makeStore({ needsOpenShift: true });
  const till = await tessera.makeTill({ store: strict });
  const memberId = await memberWith(100);
  const giftId = await giftOf({});
  const ask = () => give(giftId, memberId, { storeId: strict, tillId: till });
  expect((await ask().expect(409)).body.error.code).toBe('shift_needed');
  const shift = await tessera
    .as(token)
    .post('/api/checkout/shifts')
    .set('Idempotency-Key', randomUUID())
    .send({ storeId: strict, tillId: till, float: [] })
    .expect(201);
  const { body: slip } = await ask().expect(201);
  const [row] = await query<{ shift: string }>('SELECT shift_id AS shift FROM tessera.gift_handout WHERE id = $1', [
    slip.id,
  ]);
  expect(row?.shift).toBe(shift.body.id);
});

test('stock comes in, is corrected with a reason within a limit, and never falls below nothing', async () => {
  const giftId = await giftOf({}, 20);
  const manager = await tessera.signIn('store-manager', { store: storeId });
  const correct = (quantity: number, more: object = { reason: 'counted' }) =>
    post(`/gifts/${giftId}/stock-moves`, { storeId, kind: 'corrected', quantity, ...more }, { as: manager });
  expect((await correct(-2, {}).expect(400)).body.error.code).toBe('invalid_input');
  expect((await correct(-11).expect(403)).body.error.code).toBe('approval_required');
  await correct(-10).expect(201);
  await correct(-9).expect(201);
  expect((await correct(-2).expect(409)).body.error.code).toBe('gift_stock_too_low');
  expect(await stockOf(giftId)).toBe(1);
  const { body: moves } = await tessera
    .as(manager)
    .get(`/api/backoffice/gift-stock-moves?giftId=${giftId}`)
    .expect(200);
  expect(moves).toMatchObject([
    { kind: 'corrected', quantity: -9, reason: 'counted' },
    { kind: 'corrected', quantity: -10, reason: 'counted' },
    { kind: 'received', quantity: 20 },
  ]);
  await expect(query(`UPDATE tessera.gift_stock_move SET quantity = 1`)).rejects.toThrow('history');
  const uncounted = await giftOf({});
  const refused = await post(`/gifts/${uncounted}/stock-moves`, { storeId, kind: 'received', quantity: 1 }).expect(422);
  expect(refused.body.error.code).toBe('gift_not_counted');
});

test('two numbers of one person share their limits, and what the duplicate got goes back to whom he is today', async () => {
  const giftId = await giftOf({ points: 40, limitPerMember: 1 }, 5);
  const [keptId, duplicateId] = [await memberWith(100), await memberWith(40)];
  const { body: slip } = await give(giftId, duplicateId).expect(201);
  await mergeOf(keptId, duplicateId);
  const refused = await give(giftId, keptId).expect(409);
  expect(refused.body.error).toMatchObject({ code: 'gift_limit_reached', details: { limit: 1, endsOn: null } });
  expect((await offersOf(keptId)).handouts).toMatchObject([{ id: slip.id, returned: null }]);
  expect((await pointsOf(keptId)).entries.find(({ kind }: { kind: string }) => kind === 'gift')).toMatchObject({
    gift: { number: slip.number },
  });
  await takeBack(slip.id).expect(201);
  expect(await pointsOf(keptId)).toMatchObject({ available: 140 });
  await give(giftId, keptId).expect(201);
});

test('whoever is forgotten is named in no reason of a gift, and a gift with history is archived, not deleted', async () => {
  const giftId = await giftOf({}, 1);
  const { id: memberId } = await tessera.makeMember({ name: '欧阳锋', homeStore: storeId });
  await post(`/members/${memberId}/adjustments`, { amount: 100, reason: 'to start with' }).expect(201);
  const { body: slip } = await give(giftId, memberId).expect(201);
  await takeBack(slip.id, { reason: '欧阳锋 did not want it' }).expect(201);
  const forget = { reason: 'asked for it', balances: 'leave' };
  await tessera.as(token).post(`/api/members/${memberId}/anonymisation`).send(forget).expect(201);
  const reasons = await query<{ reason: string }>(
    `SELECT reason FROM tessera.gift_return WHERE handout_id = $1 UNION ALL SELECT reason FROM tessera.gift_stock_move WHERE gift_id = $2 AND reason IS NOT NULL`,
    [slip.id, giftId],
  );
  expect(reasons).toEqual([{ reason: '— did not want it' }, { reason: '— did not want it' }]);
  const gift = await tessera.as(token).get(`/api/backoffice/gifts/${giftId}`).expect(200);
  const version = gift.body.version as number;
  const gone = await tessera.as(token).delete(`/api/backoffice/gifts/${giftId}`).set('If-Match', `"${version}"`);
  expect(gone.status).toBe(200);
  expect((await tessera.as(token).get(`/api/backoffice/gifts/${giftId}`).expect(200)).body.archived).toBe(true);
});

test('a gift that was taken from lots of a merged number comes back after the two are two again', async () => {
  const giftId = await giftOf({ points: 40 }, 2);
  const [keptId, duplicateId] = [await memberWith(0), await memberWith(40)];
  const early = (await give(giftId, duplicateId).expect(201)).body;
  await post(`/members/${duplicateId}/adjustments`, { amount: 40, reason: 'more' }).expect(201);
  const merge = await mergeOf(keptId, duplicateId);
  const late = (await give(giftId, keptId).expect(201)).body;
  await takeBack(early.id).expect(201);
  const undo = `/api/members/${keptId}/merges/${merge}/undo`;
  await tessera.as(token).post(undo).set('Idempotency-Key', randomUUID()).send({ reason: 'two after all' }).expect(201);
  // what came back while they were one lies in the lot of the duplicate
  expect((await pointsOf(duplicateId)).available).toBe(40);
  await takeBack(late.id).expect(201);
  expect([(await pointsOf(keptId)).available, (await pointsOf(duplicateId)).available]).toEqual([40, 40]);
  expect(await stockOf(giftId)).toBe(2);
});

test.each([
  'gift-stock-is-moves',
  'gifts-are-points',
  'gifts-within-limits',
  'lots-are-balance',
  'lots-are-moves',
  'earned-once',
])('after all of this the proof %s holds', async (name) => {
  const proof = readFileSync(resolve(__dirname, `../src/store/checks/${name}.sql`), 'utf8');
  expect(await query(proof)).toEqual([]);
});
