import { randomUUID } from 'node:crypto';
import { kernel } from '@tessera/kernel/public';
import { points } from '@tessera/points/public';
import { bootTessera, type Tessera } from '../../../config/presets/testing';
import { giveBirthdayGifts } from '../../campaigns/src/services/give-birthday-gifts';
import { members } from '../src/public';
import { judgeMembers } from '../src/services/tiers/judge-members';

let tessera: Tessera;
let token: string;
let place: { storeId: string; tillId: string };
let sku: string;

const DAY_MS = 86_400_000;

beforeAll(async () => {
  tessera = await bootTessera();
  const storeId = await tessera.makeStore();
  place = { storeId, tillId: await tessera.makeTill({ store: storeId }) };
  ({ sku } = await tessera.makeProduct({ unitPrice: 10_000 }));
  await tessera.makePoints({ earningTenders: ['card'] });
  await tessera.makeTier({ code: 'silver', rank: 1 });
  await tessera.makeTier({ code: 'gold', rank: 2, spendFrom: 100_000, discountRate: 1_000, visitsFrom: 100 });
  token = await tessera.signIn('owner');
});
afterAll(() => tessera.close());

const post = (path: string, body: object) =>
  tessera.as(token).post(`/api/checkout${path}`).set('Idempotency-Key', randomUUID()).send(body);
const cartOf = (memberId: string, quantity: number, more: object = {}) => ({
  ...place,
  memberId,
  lines: [{ sku, quantity, ...more }],
});
const quote = async (memberId: string, quantity = 1) =>
  (await post('/quotes', cartOf(memberId, quantity)).expect(200)).body;

async function sell(memberId: string, quantity: number) {
  const { totals } = await quote(memberId, quantity);
  const tenders = [{ method: 'card', amount: totals.payable }];
  return (await post('/transactions', { ...cartOf(memberId, quantity), tenders }).expect(201)).body;
}

function query<Row>(text: string, parameters: readonly unknown[] = []): Promise<Row[]> {
  return kernel(tessera.strapi).database.query(text, [...parameters]);
}

const tierOf = async (memberId: string) =>
  (await tessera.as(token).get(`/api/members/${memberId}/tier`).expect(200)).body;

/** The nightly job, as it would run so many days from now. */
function judge(days = 0) {
  const { database, clock } = kernel(tessera.strapi);
  const desk = { sql: database, tierBook: members(tessera.strapi).tierBook, batch: 2 };
  return judgeMembers(desk, new Date(clock.now().getTime() + days * DAY_MS));
}

/** Is what was counted what was booked? */
async function wrongDays() {
  const [row] = await query<{ wrong: number }>(
    `SELECT count(*)::int AS wrong FROM tessera.member_day d FULL JOIN tessera.member_day_as_booked b
      USING (member_id, business_day, currency)
      WHERE (d.spend, d.points, d.topped_up) IS DISTINCT FROM (b.spend, b.points, b.topped_up)`,
  );
  return row?.wrong;
}

test('the sale that reaches a tier writes it, and the next one has its price with the reason', async () => {
  const { id } = await tessera.makeMember();
  const before = await quote(id);
  expect(before.totals.payable).toBe(10_000);
  expect(before.tier).toMatchObject({
    current: null,
    next: { code: 'silver', missing: [{ measure: 'spend', has: 0, needs: 10_000, missing: 10_000 }] },
  });
  const sale = await sell(id, 1);
  const after = await quote(id, 3);
  expect(after.totals).toMatchObject({ list: 30_000, payable: 28_500 });
  expect(after.lines[0].adjustments).toMatchObject([{ source: 'tier', code: 'silver', amount: -1_500 }]);
  expect(after.tier).toMatchObject({
    current: { code: 'silver', because: 'reached', discountRate: 500 },
    next: {
      code: 'gold',
      missing: [
        { measure: 'spend', missing: 90_000 },
        { measure: 'visits', missing: 99 },
      ],
    },
  });
  expect((await tierOf(id)).history).toMatchObject([{ tier: 'silver', cause: 'rose', transactionId: sale.id }]);
  expect(await wrongDays()).toBe(0);
});

test('a price that was set by hand has no tier price taken off', async () => {
  const { id } = await tessera.makeMember();
  await sell(id, 1);
  const cart = cartOf(id, 1, { unitPrice: 9_900, priceReason: 'scratched' });
  expect((await post('/quotes', cart).expect(200)).body.totals.payable).toBe(9_900);
});

test('what is taken back does not count, whichever way it is split, and the tier goes with the next visit', async () => {
  const { id } = await tessera.makeMember();
  const sale = await sell(id, 2);
  for (const quantity of [1, 1]) {
    const lines = [{ lineId: sale.lines[0].id, quantity }];
    await post(`/transactions/${sale.id}/refunds`, { lines, reason: 'wrong size' }).expect(201);
  }
  expect(await query('SELECT spend, points FROM tessera.member_day WHERE member_id = $1', [id])).toEqual([
    { spend: 0, points: 0 },
  ]);
  expect(await wrongDays()).toBe(0);
  expect((await quote(id)).totals.payable).toBe(10_000);
  await judge();
  expect((await tierOf(id)).history).toMatchObject([
    { tier: null, cause: 'fell' },
    { tier: 'silver', cause: 'rose' },
  ]);
});

test('of 40 sales at once every one is counted, and the history is one chain', async () => {
  const { id } = await tessera.makeMember();
  const body = { ...cartOf(id, 1), tenders: [{ method: 'card', amount: 10_000 }] };
  const answers = await Promise.all(Array.from({ length: 40 }, () => post('/transactions', body)));
  const booked = answers.filter(({ status }) => status === 201).length;
  expect(booked).toBeGreaterThan(0);
  const [day] = await query<{ spend: number }>('SELECT spend FROM tessera.member_day WHERE member_id = $1', [id]);
  expect(day?.spend).toBe(booked * 10_000);
  await judge();
  const { history } = await tierOf(id);
  expect(history.at(-1)).toMatchObject({ tier: 'silver', cause: 'rose' });
  expect(history.length).toBeLessThanOrEqual(2);
  expect(await wrongDays()).toBe(0);
});

test('the job says what time has taken after the days of grace, once, however often it runs', async () => {
  const { id } = await tessera.makeMember();
  await sell(id, 1);
  await judge(390);
  expect((await tierOf(id)).history).toHaveLength(1);
  const runs = await Promise.all([judge(396), judge(396)]);
  expect(runs[0].judged).toBeGreaterThan(0);
  expect(
    (
      await query<{ tier: string | null }>('SELECT tier FROM tessera.member_tier WHERE member_id = $1 ORDER BY id', [
        id,
      ])
    ).map(({ tier }) => tier),
  ).toEqual(['silver', null]);
});

test('the job finds members whom no sale has lifted, such as those of an import', async () => {
  const { id } = await tessera.makeMember();
  await sell(id, 1);
  await kernel(tessera.strapi).database.transaction(async (sql) => {
    await sql.query('SET LOCAL session_replication_role = replica');
    await sql.query('DELETE FROM tessera.member_tier WHERE member_id = $1', [id]);
  });
  await judge();
  expect((await tierOf(id)).history).toMatchObject([{ tier: 'silver', cause: 'rose', transactionId: null }]);
});

test('a tier is reached by topping up, and a top-up that is taken back in whatever pieces counts as never made', async () => {
  const rank = 9;
  const tierId = await tessera.makeTier({ code: 'saver', rank, spendFrom: null, topUpFrom: 100_000, discountRate: 0 });
  try {
    const { id } = await tessera.makeMember();
    const plan = await tessera.makeCardPlan({ unitPrice: 50_000, bonus: 6_000 });
    const topUp = { ...place, memberId: id, lines: [{ sku: plan.sku, quantity: 3 }] };
    const before = (await post('/quotes', topUp).expect(200)).body;
    expect(before.tier.next).toMatchObject({ code: 'silver' });
    const tenders = [{ method: 'card', amount: 150_000 }];
    const sale = (await post('/transactions', { ...topUp, tenders }).expect(201)).body;
    expect(await tierOf(id)).toMatchObject({
      current: { code: 'saver', because: 'reached' },
      history: [{ tier: 'saver' }],
    });
    const goods = { ...cartOf(id, 2), tenders: [{ method: 'stored-value', amount: 20_000 }] };
    await post('/transactions', goods).expect(201);
    const days = () =>
      query('SELECT spend, topped_up AS "toppedUp" FROM tessera.member_day WHERE member_id = $1', [id]);
    expect(await days()).toEqual([{ spend: 20_000, toppedUp: 150_000 }]);
    for (const [quantity, toppedUp] of [
      [1, 100_000],
      [2, 0],
    ]) {
      const lines = [{ lineId: sale.lines[0].id, quantity }];
      await post(`/transactions/${sale.id}/refunds`, { lines, reason: 'moves away' }).expect(201);
      expect(await days()).toEqual([{ spend: 20_000, toppedUp }]);
    }
    expect((await tierOf(id)).current).toMatchObject({ code: 'silver' });
    expect(await wrongDays()).toBe(0);
  } finally {
    await query('UPDATE public.tiers SET active = false WHERE document_id = $1', [tierId]);
  }
});

test('counting all of it anew gives the same', async () => {
  const all = () => query('SELECT * FROM tessera.member_day ORDER BY member_id, business_day, currency');
  const before = await all();
  await query('SELECT tessera.rebuild_member_days()');
  expect(await all()).toEqual(before);
});

function assign(memberId: string, body: object, as = token) {
  return tessera
    .as(as)
    .post(`/api/members/${memberId}/tier`)
    .send({ reason: 'an old friend', ...body });
}

test('a tier is given by hand with a reason, holds at the till, and can be taken back', async () => {
  const { id } = await tessera.makeMember();
  const until = new Date(Date.now() + 30 * DAY_MS).toISOString();
  const given = await assign(id, { tier: 'gold', until }).expect(201);
  expect(given.body).toMatchObject({
    current: { code: 'gold', because: 'given', holdsUntil: until.slice(0, 10) },
    history: [{ tier: 'gold', cause: 'given', reason: 'an old friend' }],
  });
  expect((await quote(id)).totals.payable).toBe(9_000);
  await judge();
  expect((await tierOf(id)).history).toHaveLength(1);
  const taken = await assign(id, { tier: null, reason: 'by mistake' }).expect(201);
  expect(taken.body).toMatchObject({ current: null, history: [{ tier: null, cause: 'withdrawn' }, { tier: 'gold' }] });
  expect((await quote(id)).totals.payable).toBe(10_000);
});

test('a tier that would change nothing, or is none, is not given', async () => {
  const { id } = await tessera.makeMember();
  await sell(id, 1);
  const codeOf = async (body: object) => (await assign(id, body).expect(422)).body.error.code;
  expect(await codeOf({ tier: 'silver' })).toBe('tier_not_higher');
  expect(await codeOf({ tier: 'platinum' })).toBe('unknown_tier');
  expect(await codeOf({ tier: 'gold', until: '2020-01-01T00:00:00Z' })).toBe('tier_until_past');
  expect(await codeOf({ tier: null })).toBe('no_tier_given');
});

test('a manager gives tiers to members of the own store only', async () => {
  const manager = await tessera.signIn('store-manager', { store: place.storeId });
  const [own, foreign] = await Promise.all([
    tessera.makeMember({ homeStore: place.storeId }),
    tessera.makeMember({ homeStore: await tessera.makeStore() }),
  ]);
  await assign(own.id, { tier: 'gold' }, manager).expect(201);
  expect((await assign(foreign.id, { tier: 'gold' }, manager).expect(403)).body.error.code).toBe('forbidden');
});

test('a price list counts from the next quote on, is on the trail with each change, and refunds read what was booked', async () => {
  const { id } = await tessera.makeMember();
  await assign(id, { tier: 'gold' }).expect(201);
  const { body: gold } = await tessera.as(token).get('/api/backoffice/tiers?code=gold').expect(200);
  const { body: products } = await tessera.as(token).get(`/api/backoffice/products?sku=${sku}`).expect(200);
  const entry = { tierId: gold[0].id, productId: products[0].id, unitPrice: 8_001 };
  const made = (await tessera.as(token).post('/api/backoffice/tier-prices').send(entry).expect(201)).body;
  expect(made).toMatchObject({ name: `gold · ${sku}`, version: 1 });
  const sale = await sell(id, 3);
  expect(sale.lines[0].adjustments).toMatchObject([{ source: 'tier', code: 'gold', reason: '¥100.00 → ¥80.01' }]);

  const change = (body: object, version: number) =>
    tessera.as(token).patch(`/api/backoffice/tier-prices/${made.id}`).set('If-Match', `"${version}"`).send(body);
  await change({ unitPrice: 1_000 }, 1).expect(200);
  await change({ unitPrice: 2_000 }, 1).expect(409);
  expect((await change({ serviceId: products[0].id }, 2)).status).toBeGreaterThanOrEqual(400);
  expect((await quote(id)).totals.payable).toBe(1_000);
  const trail = await query<{ before: object; after: object }>(
    `SELECT before, after FROM tessera.audit WHERE subject_id = $1 AND action = 'tier-prices.change'`,
    [made.id],
  );
  expect(trail).toMatchObject([{ before: { unitPrice: 8_001 }, after: { unitPrice: 1_000 } }]);
  let returned = 0;
  for (const quantity of [1, 2]) {
    const lines = [{ lineId: sale.lines[0].id, quantity }];
    const back = await post(`/transactions/${sale.id}/refunds`, { lines, reason: 'wrong size' }).expect(201);
    returned += back.body.totals.payable;
  }
  expect(Math.abs(returned)).toBe(24_003);
  await change({ active: false }, 2).expect(200);
  expect((await quote(id)).totals.payable).toBe(9_000);
});

test('a tier that is switched off is not had by anybody from the next quote on', async () => {
  const { id } = await tessera.makeMember();
  await sell(id, 1);
  await query(`UPDATE public.tiers SET active = false WHERE code = 'silver'`);
  try {
    expect((await quote(id)).totals.payable).toBe(10_000);
  } finally {
    await query(`UPDATE public.tiers SET active = true WHERE code = 'silver'`);
  }
  expect((await quote(id)).totals.payable).toBe(9_500);
});

/** Noon of a day in the store's time zone. */
const noon = (day: string) => new Date(`${day}T04:00:00Z`);
const NEXT_YEAR = new Date().getUTCFullYear() + 1;

/** The job of that day, on so many nodes at once. */
function celebrate(day: string, nodes = 1) {
  const { database } = kernel(tessera.strapi);
  const { tierBook } = members(tessera.strapi);
  const desk = { sql: database, tierBook, giftOf: points(tessera.strapi).giftOf, batch: 2 };
  return Promise.all(Array.from({ length: nodes }, () => giveBirthdayGifts(desk, noon(day))));
}

const giftsOf = (memberId: string) =>
  query<{ year: number; points: number; hasCoupon: boolean }>(
    `SELECT year, points, issue_id IS NOT NULL AS "hasCoupon" FROM tessera.birthday_gift WHERE member_id = $1 ORDER BY id`,
    [memberId],
  );

/** Somebody with the tier whose gift is 500 points for 30 days and a coupon, three days before. */
async function celebrant(birthday: string, more: object = {}): Promise<string> {
  const { id } = await tessera.makeMember({ birthday, ...more });
  await assign(id, { tier: 'friend' }).expect(201);
  return id;
}

let templateId: string;
test('a birthday gift is given once, whatever runs how often, and points and coupon say what they are', async () => {
  templateId = await tessera.makeCouponTemplate({ validDays: 14 });
  const gift = { birthdayPoints: 500, birthdayPointsDays: 30, birthdayCoupon: templateId, birthdayDaysBefore: 3 };
  await tessera.makeTier({ code: 'friend', rank: 99, spendFrom: null, discountRate: 0, ...gift });
  const id = await celebrant('1990-06-15');
  await celebrate(`${NEXT_YEAR}-06-11`);
  expect(await giftsOf(id)).toEqual([]);
  const runs = await celebrate(`${NEXT_YEAR}-06-12`, 4);
  expect(runs.reduce((total, { given }) => total + given, 0)).toBe(1);
  for (const day of ['12', '15', '22']) await celebrate(`${NEXT_YEAR}-06-${day}`);
  expect(await giftsOf(id)).toEqual([{ year: NEXT_YEAR, points: 500, hasCoupon: true }]);

  const { entries } = (await tessera.as(token).get(`/api/points/members/${id}`).expect(200)).body;
  const parts = [{ label: { en: expect.stringMatching(/^Birthday gift · friend/) }, amount: 500 }];
  expect(entries).toMatchObject([{ kind: 'earned', amount: 500, staffName: null, parts }]);
  expect(entries[0].parts[0].expiresAt).toBe(`${NEXT_YEAR}-07-12T16:00:00.000Z`);
  const { body: coupons } = await tessera.as(token).get(`/api/campaigns/members/${id}/coupons`).expect(200);
  expect(coupons).toMatchObject([{ entries: [{ kind: 'birthday-gift', staffName: null, reason: null }] }]);
});

test('nobody has a second gift by moving his birthday, and a corrected one costs nobody the next', async () => {
  const id = await celebrant('1990-12-30');
  const move = (birthday: string) =>
    tessera.strapi.documents('api::member.member').update({ documentId: id, data: { birthday } as never });
  await celebrate(`${NEXT_YEAR}-12-30`);
  for (const [birthday, day] of [
    ['1990-12-31', `${NEXT_YEAR}-12-31`],
    ['1990-01-02', `${NEXT_YEAR + 1}-01-02`],
    ['1990-10-20', `${NEXT_YEAR + 1}-10-20`],
  ] as const) {
    await move(birthday);
    await celebrate(day);
    expect((await giftsOf(id)).map(({ year }) => year)).toEqual([NEXT_YEAR]);
  }
  await move('1990-11-10');
  await celebrate(`${NEXT_YEAR + 1}-11-10`);
  expect((await giftsOf(id)).map(({ year }) => year)).toEqual([NEXT_YEAR, NEXT_YEAR + 1]);
});

test('who is not active gets none, two who became one get one, and a birthday that is entered late is made up for', async () => {
  const [frozen, forgotten, kept, late] = await Promise.all(
    ['1991', '1992', '1993', '1994'].map((year) => celebrant(`${year}-03-05`)),
  );
  const duplicate = await celebrant('1993-03-05');
  const own = (path: string, body: object) =>
    tessera.as(token).post(`/api/members${path}`).set('Idempotency-Key', randomUUID()).send(body);
  const update = (documentId = '', data: object) =>
    tessera.strapi.documents('api::member.member').update({ documentId, data: data as never });
  await update(frozen, { status: 'frozen' });
  await update(late, { birthday: null });
  await update(kept, { birthday: null });
  await own(`/${forgotten}/anonymisation`, { reason: 'asked for it', balances: 'leave' }).expect(201);
  await celebrate(`${NEXT_YEAR}-03-05`);
  await update(kept, { birthday: '1993-03-05' });
  await own(`/${kept}/merges`, { duplicateId: duplicate, reason: 'the same person' }).expect(201);
  await update(late, { birthday: '1994-03-05' });
  await celebrate(`${NEXT_YEAR}-03-09`);
  const counts = await Promise.all(
    [frozen, forgotten, kept, duplicate, late].map(async (id = '') => (await giftsOf(id)).length),
  );
  expect(counts).toEqual([0, 0, 0, 1, 1]);
});

test('while the coupon of a gift is not issued the whole gift is withheld, which the job says, and made up for', async () => {
  const id = await celebrant('1990-09-09');
  const issued = (active: boolean) =>
    query('UPDATE public.coupon_templates SET active = $2 WHERE document_id = $1', [templateId, active]);
  await issued(false);
  expect(await celebrate(`${NEXT_YEAR}-09-09`)).toEqual([{ given: 0, points: 0, coupons: 0, withheld: 1 }]);
  expect(await giftsOf(id)).toEqual([]);
  await issued(true);
  expect(await celebrate(`${NEXT_YEAR}-09-10`)).toEqual([{ given: 1, points: 500, coupons: 1, withheld: 0 }]);
});
