import { randomUUID } from 'node:crypto';
import { kernel } from '@tessera/kernel/public';
import { bootTessera, type Tessera } from '../../../config/presets/testing';

let tessera: Tessera;
let token: string;
let place: { storeId: string; tillId: string };
let otherTill: string;
let sku: string;

beforeAll(async () => {
  tessera = await bootTessera();
  const storeId = await tessera.makeStore();
  place = { storeId, tillId: await tessera.makeTill({ store: storeId }) };
  otherTill = await tessera.makeTill({ store: storeId });
  ({ sku } = await tessera.makeProduct({ unitPrice: 5_000 }));
  token = await tessera.signIn('owner');
});
afterAll(() => tessera.close());

function query<Row>(text: string, parameters: readonly unknown[] = []): Promise<Row[]> {
  return kernel(tessera.strapi).database.query(text, [...parameters]);
}

const cartOf = (more: object = {}) => ({ ...place, lines: [{ sku, quantity: 2 }], ...more });

function post(path: string, body: object, options: { key?: string; as?: string } = {}) {
  return tessera
    .as(options.as ?? token)
    .post(`/api${path}`)
    .set('Idempotency-Key', options.key ?? randomUUID())
    .send(body);
}

const quoteOf = async (more: object) => (await post('/checkout/quotes', cartOf(more)).expect(200)).body;

function sell(amount: number, more: object = {}, key: string = randomUUID()) {
  return post('/checkout/transactions', { ...cartOf(more), tenders: [{ method: 'card', amount }] }, { key });
}

interface Line {
  id: string;
  quantity: number;
}

function refund(sale: { id: string; lines: Line[] }, quantity: number) {
  const lines = [{ lineId: sale.lines[0]?.id, quantity }];
  return post(`/checkout/transactions/${sale.id}/refunds`, { lines, reason: 'wrong size' });
}

/** A batch of codes for whoever has them. */
async function batch(templateId: string, count = 1): Promise<string[]> {
  const made = await post('/campaigns/coupon-batches', { templateId, count, reason: 'leaflet' }).expect(201);
  expect(made.body).toMatchObject({ templateId, count });
  return codesOf(made.body.id);
}

async function codesOf(issueId: string): Promise<string[]> {
  const rows = await query<{ code: string }>('SELECT code FROM tessera.coupon WHERE issue_id = $1 ORDER BY id', [
    issueId,
  ]);
  return rows.map(({ code }) => code);
}

async function stateOf(code: string): Promise<string | undefined> {
  return (await query<{ state: string }>('SELECT state FROM tessera.coupon WHERE code = $1', [code]))[0]?.state;
}

const usesOf = async (templateId: string) =>
  (await query<{ used: number }>('SELECT used FROM tessera.coupon_counter WHERE template_id = $1', [templateId])).map(
    ({ used }) => used,
  );

test('a coupon takes its amount off, says so on every line and is used once', async () => {
  const templateId = await tessera.makeCouponTemplate({ args: { amount: 1_001 }, minimum: 10_000 });
  const [code = ''] = await batch(templateId);
  const spoken = `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`.toLowerCase();
  const quote = await quoteOf({ coupons: [spoken] });
  expect(quote.totals).toMatchObject({ list: 10_000, payable: 8_999 });
  expect(quote.coupons).toMatchObject([{ code, taken: 1_001 }]);
  expect(quote.lines[0].adjustments).toMatchObject([
    { source: 'coupon', amount: -1_001, reason: `…${code.slice(-4)}` },
  ]);

  const key = randomUUID();
  const sale = await sell(8_999, { coupons: [code] }, key).expect(201);
  const again = await sell(8_999, { coupons: [code] }, key).expect(201);
  expect(again.body).toEqual(sale.body);
  expect(again.headers['idempotent-replayed']).toBe('true');
  expect(await stateOf(code)).toBe('used');
  const late = await sell(8_999, { coupons: [code] }).expect(409);
  expect(late.body.error).toMatchObject({ code: 'coupon_not_usable', details: { code, reason: 'coupon_used' } });
});

test('a coupon whose minimum is missed says what is missing, and a sale that counts on it is not booked', async () => {
  const [code = ''] = await batch(await tessera.makeCouponTemplate({ minimum: 12_000 }));
  const quote = await quoteOf({ coupons: [code, 'NONE'] });
  expect(quote.rejected).toEqual([
    { code, reason: 'coupon_minimum_not_met', minimum: 12_000, missing: 2_000 },
    { code: 'N0NE', reason: 'coupon_unknown' },
  ]);
  expect((await sell(10_000, { coupons: [code] }).expect(409)).body.error.details.missing).toBe(2_000);
  expect(await stateOf(code)).toBe('open');
});

test('of 200 sales that use one coupon at once exactly one is booked, and the others are told that it is used', async () => {
  const templateId = await tessera.makeCouponTemplate({ limitTotal: 5 });
  const [code = ''] = await batch(templateId);
  const tills = [place.tillId, otherTill];
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) => sell(9_900, { tillId: tills[index % 2], coupons: [code] })),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  const lost = answers.filter(({ status }) => status !== 201);
  expect(
    new Set(lost.map(({ status, body: { error } }) => `${status} ${error.code} ${error.details?.reason}`)),
  ).toEqual(new Set(['409 coupon_not_usable coupon_used']));
  expect(await usesOf(templateId)).toEqual([1]);
});

test('of many sales at once no more than the limit of the template get their coupon', async () => {
  const templateId = await tessera.makeCouponTemplate({ limitTotal: 3 });
  const codes = await batch(templateId, 20);
  const answers = await Promise.all(
    codes.map((code, index) => sell(9_900, { tillId: index % 2 ? place.tillId : otherTill, coupons: [code] })),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
  const reasons = answers.filter(({ status }) => status === 409).map(({ body }) => body.error.details.reason);
  expect(new Set(reasons)).toEqual(new Set(['coupon_limit_total']));
  expect(await usesOf(templateId)).toEqual([3]);
});

test('a refund of everything gives the coupon back, once; pieces of it do not', async () => {
  const templateId = await tessera.makeCouponTemplate({ args: { amount: 1_001 }, limitTotal: 1 });
  const [code = ''] = await batch(templateId);
  const sale = (await sell(8_999, { coupons: [code] }).expect(201)).body;
  const first = (await refund(sale, 1).expect(201)).body;
  expect(await stateOf(code)).toBe('used');
  const second = (await refund(sale, 1).expect(201)).body;
  expect(first.totals.payable + second.totals.payable).toBe(-8_999);
  expect(await stateOf(code)).toBe('open');
  expect(await usesOf(templateId)).toEqual([0]);
  await sell(8_999, { coupons: [code] }).expect(201);
});

test('a coupon comes back as soon as what is left misses its minimum, where its terms say so, and never twice', async () => {
  const terms = { minimum: 10_000, onRefund: 'minimum-missed', limitTotal: 9 };
  const templateId = await tessera.makeCouponTemplate(terms);
  const [code = ''] = await batch(templateId);
  const sale = (await sell(9_900, { coupons: [code] }).expect(201)).body;
  await refund(sale, 1).expect(201);
  expect(await stateOf(code)).toBe('open');
  await sell(9_900, { coupons: [code] }).expect(201);
  await refund(sale, 1).expect(201);
  expect(await stateOf(code)).toBe('used');
  expect(await usesOf(templateId)).toEqual([1]);
});

test("a member's coupons are offered for the cart, best saving first, each other one with its reason", async () => {
  const { id: memberId } = await tessera.makeMember();
  const small = await tessera.makeCouponTemplate({ args: { amount: 500 } });
  const large = await tessera.makeCouponTemplate({ kind: 'percent', args: { rate: 2_000, cap: 1_500 } });
  const missed = await tessera.makeCouponTemplate({ minimum: 50_000 });
  for (const templateId of [small, missed, large]) {
    await post('/campaigns/coupon-issues', { templateId, memberIds: [memberId], reason: 'birthday' }).expect(201);
  }
  const quote = await quoteOf({ memberId });
  expect(quote.couponOffers).toMatchObject([
    { saving: 1_500, reason: null },
    { saving: 500, reason: null },
    { saving: 0, reason: 'coupon_minimum_not_met', missing: 40_000 },
  ]);
  expect(quote.totals.payable).toBe(10_000);
  const { code } = quote.couponOffers[0];
  const other = await tessera.makeMember();
  expect((await quoteOf({ memberId: other.id, coupons: [code] })).rejected).toEqual([
    { code, reason: 'coupon_of_other_member' },
  ]);
  expect((await quoteOf({ coupons: [code] })).rejected).toEqual([{ code, reason: 'coupon_needs_member' }]);
});

test('what a coupon promises does not change with its template', async () => {
  const templateId = await tessera.makeCouponTemplate({ args: { amount: 700 } });
  const [code = ''] = await batch(templateId);
  await query(`UPDATE public.coupon_templates SET args = '{"amount":1}' WHERE document_id = $1`, [templateId]);
  expect((await quoteOf({ coupons: [code] })).coupons).toMatchObject([{ taken: 700 }]);
});

test('a template whose kind does not understand its arguments is refused', async () => {
  const template = { code: 'BAD', nameZh: '券', nameEn: 'Coupon', kind: 'percent', args: { amount: 5 } };
  const refused = await post('/backoffice/coupon-templates', template).expect(422);
  expect(refused.body.error.code).toBe('bad_coupon_template');
});

const couponsOf = async (memberId: string) =>
  (await tessera.as(token).get(`/api/campaigns/members/${memberId}/coupons`).expect(200)).body;

test('a code that somebody brings becomes the coupon of one member, and its page tells its story', async () => {
  const templateId = await tessera.makeCouponTemplate();
  const [code = ''] = await batch(templateId);
  const [first, second] = [await tessera.makeMember(), await tessera.makeMember()];
  const claim = (memberId: string) => post('/campaigns/coupon-claims', { code: code.toLowerCase(), memberId });
  const answers = await Promise.all([claim(first.id), claim(second.id)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const [owner, other] = answers[0]?.status === 200 ? [first.id, second.id] : [second.id, first.id];
  expect((await claim(owner).expect(200)).body).toMatchObject({ code, status: 'usable' });
  expect((await claim(other).expect(409)).body.error.details.reason).toBe('coupon_of_other_member');
  const sale = (await sell(9_900, { memberId: owner, coupons: [code] }).expect(201)).body;
  await refund(sale, 2).expect(201);
  expect(await couponsOf(owner)).toMatchObject([
    {
      code,
      status: 'usable',
      entries: [
        { kind: 'given-back' },
        { kind: 'used', transactionId: sale.id, amount: 100 },
        { kind: 'claimed' },
        { kind: 'issued', reason: 'leaflet' },
      ],
    },
  ]);
});

test('a void coupon is void with its reason; what was used is not voided with the rest of its batch', async () => {
  const templateId = await tessera.makeCouponTemplate();
  const made = await post('/campaigns/coupon-batches', { templateId, count: 3, reason: 'leaflet' }).expect(201);
  const [used = '', single = '', rest = ''] = await codesOf(made.body.id);
  await sell(9_900, { coupons: [used] }).expect(201);
  const [{ id } = { id: 0 }] = await query<{ id: number }>('SELECT id FROM tessera.coupon WHERE code = $1', [single]);
  const reason = { reason: 'leaked' };
  expect((await post(`/campaigns/coupons/${id}/void`, reason).expect(200)).body).toEqual({ voided: 1 });
  expect((await post(`/campaigns/coupons/${id}/void`, reason).expect(200)).body).toEqual({ voided: 0 });
  expect((await post(`/campaigns/coupon-issues/${made.body.id}/void`, reason).expect(200)).body).toEqual({ voided: 1 });
  expect(await Promise.all([used, single, rest].map(stateOf))).toEqual(['used', 'void', 'void']);
  expect((await quoteOf({ coupons: [rest] })).rejected).toEqual([{ code: rest, reason: 'coupon_void' }]);
});

test('20,000 codes are made at once, all different, and downloaded', async () => {
  const templateId = await tessera.makeCouponTemplate({ validDays: 30 });
  const key = randomUUID();
  const body = { templateId, count: 20_000, reason: 'leaflet' };
  const made = await post('/campaigns/coupon-batches', body, { key }).expect(201);
  const again = await post('/campaigns/coupon-batches', body, { key }).expect(201);
  expect(again.body).toEqual(made.body);
  const file = await tessera.as(token).get(`/api/campaigns/coupon-issues/${made.body.id}/codes.csv`).expect(200);
  const [head, ...rows] = file.text.trimEnd().split('\r\n');
  expect(head).toBe('code,status,valid_from,valid_until');
  expect(new Set(rows.map((row) => row.slice(0, 14))).size).toBe(20_000);
  expect(rows[0]).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4},usable,/);
});

test('more coupons than a person may issue need consent, and each is on the trail with its reason', async () => {
  const templateId = await tessera.makeCouponTemplate();
  const marketing = await tessera.signIn('marketing');
  const body = { templateId, count: 10_001, reason: 'leaflet' };
  expect((await post('/campaigns/coupon-batches', body, { as: marketing }).expect(403)).body.error.code).toBe(
    'approval_required',
  );
  const made = await post('/campaigns/coupon-batches', { ...body, count: 2 }, { as: marketing }).expect(201);
  const [line] = await query<{ action: string; reason: string; amount: number }>(
    'SELECT action, reason, amount FROM tessera.audit WHERE subject_id = $1',
    [made.body.id],
  );
  expect(line).toEqual({ action: 'coupons.issue', reason: 'leaflet', amount: 2 });
  const listed = await tessera.as(marketing).get(`/api/backoffice/coupons?issueId=${made.body.id}`).expect(200);
  expect(listed.body).toMatchObject([{ status: 'usable' }, { status: 'usable' }]);
});

test('a coupon in the cart of one till is held for it, until its sale, its clearing or its time', async () => {
  const [code = '', second = ''] = await batch(await tessera.makeCouponTemplate(), 2);
  const hold = (tillId: string, codes: string[]) =>
    tessera.as(token).put('/api/campaigns/coupon-holds').send({ tillId, codes }).expect(200);
  expect((await hold(place.tillId, [code])).body.held).toEqual([code]);
  expect((await hold(otherTill, [code])).body.held).toEqual([]);
  const elsewhere = { tillId: otherTill, coupons: [code] };
  expect((await quoteOf(elsewhere)).rejected).toEqual([{ code, reason: 'coupon_held' }]);
  expect((await sell(9_900, elsewhere).expect(409)).body.error.details.reason).toBe('coupon_held');
  await hold(place.tillId, [second]);
  await sell(9_900, elsewhere).expect(201);
  await query(`UPDATE tessera.coupon SET held_until = '2020-01-01' WHERE code = $1`, [second]);
  await sell(9_900, { tillId: otherTill, coupons: [second] }).expect(201);
});
