import { randomUUID } from 'node:crypto';
import { kernel } from '@tessera/kernel/public';
import { bootTessera, type Tessera } from '../../../config/presets/testing';

let tessera: Tessera;
let token: string;
let storeId: string;
let sku: string;
let cart: { storeId: string; tillId: string; lines: Record<string, unknown>[] };

beforeAll(async () => {
  tessera = await bootTessera();
  storeId = await tessera.makeStore();
  const tillId = await tessera.makeTill({ store: storeId });
  sku = (await tessera.makeProduct({ unitPrice: 10_000 })).sku;
  cart = { storeId, tillId, lines: [{ sku, quantity: 1 }] };
  token = await tessera.signIn('cashier', { store: storeId });
});
afterAll(() => tessera.close());

const CARD = [{ method: 'card', amount: 10_000 }];

function sell(change: Record<string, unknown>, by = token) {
  const body = { ...cart, tenders: CARD, ...change };
  return tessera.as(by).post('/api/checkout/transactions').set('Idempotency-Key', randomUUID()).send(body);
}

async function rows(): Promise<string> {
  const [row] = await kernel(tessera.strapi).database.query<{ n: string }>(`SELECT concat_ws(' ',
    (SELECT count(*) FROM tessera.transaction), (SELECT count(*) FROM tessera.transaction_line), (SELECT count(*) FROM tessera.payment),
    (SELECT count(*) FROM tessera.journal), (SELECT count(*) FROM tessera.posting), (SELECT count(*) FROM tessera.idempotency)) AS n`);
  return row?.n ?? '';
}

/** What is sent → the stable code it is refused with. */
const REFUSED: [string, (given: { sku: string }) => Record<string, unknown>, number, string][] = [
  ['an empty cart', () => ({ lines: [] }), 400, 'invalid_input'],
  ['a negative quantity', ({ sku: one }) => ({ lines: [{ sku: one, quantity: -1 }] }), 400, 'invalid_input'],
  ['a huge quantity', ({ sku: one }) => ({ lines: [{ sku: one, quantity: 10_000 }] }), 400, 'invalid_input'],
  ['half a piece', ({ sku: one }) => ({ lines: [{ sku: one, quantity: 0.5 }] }), 400, 'invalid_input'],
  ['an unknown SKU', () => ({ lines: [{ sku: 'NO-SUCH', quantity: 1 }] }), 422, 'unknown_sku'],
  ['too little money', () => ({ tenders: [{ method: 'card', amount: 9_999 }] }), 422, 'tenders_mismatch'],
  ['too much money', () => ({ tenders: [{ method: 'card', amount: 10_001 }] }), 422, 'tenders_mismatch'],
  ['no money', () => ({ tenders: [] }), 422, 'tenders_mismatch'],
  [
    'an amount beyond the safe integers',
    () => ({ tenders: [{ method: 'card', amount: Number.MAX_SAFE_INTEGER + 2 }] }),
    400,
    'invalid_input',
  ],
  ['an unknown member', () => ({ memberId: 'nosuchmember0000000000000' }), 422, 'unknown_member'],
  ['a field nobody knows', () => ({ total: 1 }), 400, 'invalid_input'],
  ['a negative price', ({ sku: one }) => ({ lines: [{ sku: one, quantity: 1, unitPrice: -1 }] }), 400, 'invalid_input'],
  ['a negative tender', () => ({ tenders: [{ method: 'card', amount: -10_000 }] }), 400, 'invalid_input'],
  ['an unknown way to pay', () => ({ tenders: [{ method: 'barter', amount: 10_000 }] }), 400, 'invalid_input'],
  [
    'staff that nobody knows',
    ({ sku: one }) => ({ lines: [{ sku: one, quantity: 1, staffIds: ['nobody'] }] }),
    422,
    'unknown_staff',
  ],
  [
    'less cash than there is to pay',
    () => ({ tenders: [{ method: 'cash', amount: 10_000, received: 9_999 }] }),
    422,
    'received_too_little',
  ],
  [
    'change for a card',
    () => ({ tenders: [{ method: 'card', amount: 10_000, received: 10_100 }] }),
    422,
    'received_not_cash',
  ],
  [
    'a held cart that is not there',
    () => ({ heldCartId: '00000000-0000-4000-8000-000000000000' }),
    422,
    'unknown_held_cart',
  ],
];

test.each(REFUSED)('%s is refused and nothing is written', async (_what, change, status, code) => {
  const before = await rows();
  const refused = await sell(change({ sku }));
  expect([refused.status, refused.body.error.code]).toEqual([status, code]);
  expect(await rows()).toBe(before);
});

test('an item that is switched off is not sold', async () => {
  const { sku: off } = await tessera.makeProduct({ unitPrice: 10_000, active: false });
  const refused = await sell({ lines: [{ sku: off, quantity: 1 }] }).expect(422);
  expect(refused.body.error.code).toBe('inactive_item');
});

test.each(['closed', 'frozen'])('a member whose account is %s is not sold to', async (status) => {
  const member = await tessera.makeMember({ status });
  const refused = await sell({ memberId: member.id }).expect(422);
  expect(refused.body.error.code).toBe('member_not_active');
});

test.each([
  ['a line', 1, 9_999],
  ['a cart', 3, 20],
])('%s above the largest amount is refused and nothing is written', async (_what, lines, quantity) => {
  const { sku: dear } = await tessera.makeProduct({ unitPrice: 2_000_000_000 });
  const before = await rows();
  const refused = await sell({ lines: Array.from({ length: lines }, () => ({ sku: dear, quantity })) });
  expect([refused.status, refused.body.error.code]).toEqual([422, 'amount_too_large']);
  expect(await rows()).toBe(before);
});

test('a store that is closed sells nothing', async () => {
  const closed = await tessera.makeStore({ active: false });
  const before = await rows();
  const where = { storeId: closed, tillId: await tessera.makeTill({ store: closed }) };
  const refused = await sell(where, await tessera.signIn('owner')).expect(422);
  expect(refused.body.error.code).toBe('unknown_store');
  expect(await rows()).toBe(before);
});

test('a discount above what the cart costs is refused, whoever gives it', async () => {
  const manualDiscount = { kind: 'amount', amount: 10_001, reason: 'gift' };
  const refused = await sell({ manualDiscount }, await tessera.signIn('owner')).expect(422);
  expect(refused.body.error.code).toBe('discount_too_large');
});

test('a discount in money is measured by its rate, rounded against the discount', async () => {
  const discount = (amount: number) => ({
    manualDiscount: { kind: 'amount', amount, reason: 'scratched box' },
    tenders: [{ method: 'card', amount: 10_000 - amount }],
  });
  const refused = await sell(discount(1_001)).expect(403);
  expect(refused.body.error.details.reasons[0].limit).toEqual({ key: 'rate', allowed: 1_000, asked: 1_001 });
  await sell(discount(1_000)).expect(201);
});

test('a price lowered by a cashier needs approval, a quote of it as well', async () => {
  const lowered = { ...cart, lines: [{ sku, quantity: 1, unitPrice: 9_995 }] };
  const refused = await tessera.as(token).post('/api/checkout/quotes').send(lowered).expect(403);
  expect(refused.body.error).toMatchObject({
    code: 'approval_required',
    details: {
      permission: 'checkout.override-price',
      reasons: [{ limit: { key: 'reduction', allowed: 0, asked: 5 } }],
    },
  });
});

test('a till of another store does not sell here', async () => {
  const tillId = await tessera.makeTill({ store: await tessera.makeStore() });
  const refused = await sell({ tillId }).expect(422);
  expect(refused.body.error.code).toMatch(/till/);
});

test('a cashier of another store is refused with the reason, and the trail says so', async () => {
  const stranger = await tessera.signIn('cashier', { store: await tessera.makeStore() });
  const before = await rows();
  const refused = await sell({}, stranger).expect(403);
  expect(refused.body.error.code).toBe('forbidden');
  expect(refused.body.error.details.reasons).toMatchObject([{ code: 'outside_scope' }]);
  expect(await rows()).toBe(before);
  const [line] = await kernel(tessera.strapi).database.query<{ effect: string; rule: string }>(
    `SELECT effect, rule FROM tessera.audit WHERE action = 'checkout.sell' ORDER BY id DESC LIMIT 1`,
  );
  expect(line).toEqual({ effect: 'deny', rule: 'outside_scope' });
});

test('a discount within the limit is booked, explained and on the trail', async () => {
  const manualDiscount = { kind: 'percent', basisPoints: 1_000, reason: 'scratched box' };
  const sale = await sell({ manualDiscount, tenders: [{ method: 'card', amount: 9_000 }] }).expect(201);
  expect(sale.body.lines[0].adjustments).toMatchObject([
    { source: 'manual-discount', amount: -1_000, reason: 'scratched box' },
  ]);
  const [line] = await kernel(tessera.strapi).database.query<Record<string, unknown>>(
    `SELECT effect, reason FROM tessera.audit WHERE action = 'checkout.discount' AND subject_id = $1`,
    [sale.body.id],
  );
  expect(line).toEqual({ effect: 'allow', reason: 'scratched box' });
});

test('a discount above the limit asks for approval and says whose', async () => {
  const manualDiscount = { kind: 'percent', basisPoints: 2_000, reason: 'friend' };
  const refused = await sell({ manualDiscount, tenders: [{ method: 'card', amount: 8_000 }] }).expect(403);
  expect(refused.body.error.code).toBe('approval_required');
  expect(refused.body.error.details.reasons[0].limit).toEqual({ key: 'rate', allowed: 1_000, asked: 2_000 });
  const couldAllow = refused.body.error.details.couldAllow.map((role: { en: string }) => role.en);
  expect(couldAllow).toEqual(expect.arrayContaining(['Owner', 'Senior cashier']));
  expect(couldAllow).not.toContain('Cashier');
});
