import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { bootTessera, type Tessera } from '../../../config/presets/testing';
import { openDesk, type Desk } from './cards-desk';

let tessera: Tessera;
let desk: Desk;
let cut: string;
let tea: string;
const plans = { points: '', coupons: '', sessions: '' };
let templateId: string;

beforeAll(async () => {
  tessera = await bootTessera();
  desk = await openDesk(tessera);
  await tessera.makePoints({ earningTenders: ['card'], validity: 'days', validityLength: 30 });
  const service = await tessera.makeService({ unitPrice: 8_000 });
  cut = service.sku;
  ({ sku: tea } = await tessera.makeProduct({ unitPrice: 1_000 }));
  templateId = await tessera.makeCouponTemplate({ code: 'ONE', nameEn: 'One off', nameZh: '减一元', validDays: 10 });
  const cuts = { kind: 'sessions', unitPrice: 60_000, sessionCount: 10, services: [service.id], nameEn: 'Ten cuts' };
  const tenCuts = await tessera.makeCardPlan({ ...cuts, validityDays: 60, active: false });
  const make = async (bonus: object) => (await tessera.makeCardPlan({ unitPrice: 10_000, ...bonus })).sku;
  plans.points = await make({ bonusKind: 'points', bonusCount: 55, nameEn: 'Pay 100, get 55 points' });
  plans.coupons = await make({ bonusKind: 'coupons', bonusCount: 3, bonusCoupon: templateId });
  plans.sessions = await make({ bonusKind: 'sessions', bonusCount: 2, bonusPlan: tenCuts.id });
});
afterAll(() => tessera.close());

interface Sale {
  id: string;
  memberId: string;
  lines: { id: string }[];
  cards: { cardId: string }[];
  points: object | null;
  coupons: object[] | null;
}

const sum = (amounts: readonly number[]) => amounts.reduce((all, each) => all + each, 0);
const linesOf = (...skus: string[]) => skus.map((sku) => ({ sku, quantity: 1 }));

async function topUp(lines: { sku: string; quantity: number }[], key: string = randomUUID()) {
  const { id: memberId } = await tessera.makeMember();
  const amount = lines.reduce((all, { quantity }) => all + quantity * 10_000, 0);
  const cart = { ...desk.place, memberId, lines };
  const quote = (await desk.post('/checkout/quotes', cart).expect(200)).body;
  const sale = { ...cart, quoteHash: quote.quoteHash, tenders: [{ method: 'card', amount }] };
  const answer = await desk.post('/checkout/transactions', sale, { key }).expect(201);
  return { memberId, quote, request: sale, sale: answer.body as Sale };
}

function refund(sale: Sale, quantities: number[]) {
  const lines = quantities
    .map((quantity, index) => ({ lineId: sale.lines[index]?.id ?? '', quantity }))
    .filter(({ quantity }) => quantity > 0);
  return desk.post(`/checkout/transactions/${sale.id}/refunds`, { lines, reason: 'moves away' });
}

const couponsOf = (memberId: string) =>
  desk.query<{ code: string; state: string }>(
    'SELECT code, state FROM tessera.coupon WHERE member_id = $1 ORDER BY id',
    [memberId],
  );
const statesOf = async (memberId: string) => (await couponsOf(memberId)).map(({ state }) => state);
const pointsOf = async (memberId: string) =>
  (
    await desk.query<{ balance: number }>(
      `SELECT balance FROM tessera.account WHERE owner_id = $1 AND account = 'points'`,
      [memberId],
    )
  )[0]?.balance ?? 0;
const buyTea = (memberId: string, coupons: string[], quantity = 1) =>
  desk.sell(memberId, [{ sku: tea, quantity }], [{ method: 'transfer', amount: quantity * 1_000 - 100 }], { coupons });

test('what a top-up is given is told before it is paid, and is there after it is', async () => {
  const { quote, sale, memberId } = await topUp(linesOf(plans.points, plans.coupons, plans.sessions));
  expect(quote.bonuses).toMatchObject([
    { lineNo: 1, kind: 'points', amount: 55 },
    { lineNo: 2, kind: 'coupons', amount: 3, label: { zh: '减一元', en: 'One off' } },
    { lineNo: 3, kind: 'sessions', amount: 2, label: { en: 'Ten cuts' } },
  ]);
  expect(quote.earnings).toMatchObject([{ amount: 55, label: { en: 'Pay 100, get 55 points' } }]);
  for (const { validUntil } of quote.bonuses) expect(Date.parse(validUntil)).toBeGreaterThan(Date.now());
  expect(sale.points).toEqual({ earned: 55, redeemed: 0 });
  expect(sale.coupons).toMatchObject([{ label: { en: 'One off' }, quantity: 3 }]);
  expect(sale.cards).toMatchObject([
    { principal: 30_000, bonus: 0, left: 30_000, sessions: [{ nameEn: 'Ten cuts', moved: 2, left: 2 }] },
  ]);
  expect(await statesOf(memberId)).toEqual(['open', 'open', 'open']);
  const [lot] = await desk.query('SELECT remaining, expires_at FROM tessera.point_lot WHERE member_id = $1', [
    memberId,
  ]);
  expect(lot).toMatchObject({ remaining: 55, expires_at: quote.bonuses[0].validUntil });
  const seen = await tessera.as(desk.token).get(`/api/checkout/transactions/${sale.id}`).expect(200);
  expect(seen.body).toEqual(sale);
  const receipt = await tessera.as(desk.token).get(`/api/checkout/transactions/${sale.id}/receipt?width=80&lang=en`);
  expect(receipt.text).toMatch(/Coupons given.*3 × One off/s);
  const own = await tessera.as(desk.token).get(`/api/campaigns/members/${memberId}/coupons`).expect(200);
  expect(own.body[0].entries).toMatchObject([{ kind: 'issued', transactionId: sale.id }]);
});

test('asked again with the same key, a top-up gives nothing twice', async () => {
  const key = randomUUID();
  const { memberId, request, sale } = await topUp(linesOf(plans.coupons), key);
  const again = await desk.post('/checkout/transactions', request, { key }).expect(201);
  expect(again.body).toEqual(sale);
  expect(await statesOf(memberId)).toHaveLength(3);
});

test('sessions that were given pay for the service, and what is left of them goes with the top-up, without money', async () => {
  const { memberId, sale } = await topUp([{ sku: plans.sessions, quantity: 2 }]);
  const cardId = sale.cards[0]?.cardId ?? '';
  const sessions = [{ cardId, sku: cut, quantity: 1 }];
  await desk.sell(memberId, [{ sku: cut, quantity: 1 }], [], { sessions });
  const back = await refund(sale, [1]).expect(201);
  expect(back.body.totals.paid).toBe(-10_000);
  expect(back.body.cards[0].sessions).toMatchObject([{ moved: -2, left: 1 }]);
  expect((await refund(sale, [1]).expect(201)).body.totals.paid).toBe(-10_000);
  expect(await desk.accounts(cardId)).toEqual({ principal: 0, sessions: 0 });
});

test('coupons that are unused are void with the top-up, in proportion; one that was used stays, and does not come back to life', async () => {
  const { memberId, sale } = await topUp([{ sku: plans.coupons, quantity: 2 }]);
  const [first] = await couponsOf(memberId);
  const bought = await buyTea(memberId, [first?.code ?? '']);
  const half = await refund(sale, [1]).expect(201);
  expect(half.body.coupons).toMatchObject([{ quantity: -3 }]);
  expect(await statesOf(memberId)).toEqual(['used', 'open', 'open', 'void', 'void', 'void']);
  expect((await refund(sale, [1]).expect(201)).body.coupons).toMatchObject([{ quantity: -2 }]);
  const lines = [{ lineId: bought.lines[0].id, quantity: 1 }];
  await desk.post(`/checkout/transactions/${bought.id}/refunds`, { lines, reason: 'too strong' }).expect(201);
  expect(new Set(await statesOf(memberId))).toEqual(new Set(['void']));
});

test('points that were given and are spent are owed when the top-up is taken back', async () => {
  const { memberId, sale } = await topUp([{ sku: plans.points, quantity: 4 }]);
  expect(await pointsOf(memberId)).toBe(220);
  const spend = { redeem: { points: 200 } };
  await desk.sell(memberId, [{ sku: tea, quantity: 1 }], [{ method: 'transfer', amount: 800 }], spend);
  await refund(sale, [4]).expect(201);
  expect(await pointsOf(memberId)).toBe(-200);
});

test('where the programme deducts what was spent, its worth is withheld from the money of the top-up', async () => {
  const spentIs = (whenSpent: string) => desk.query('UPDATE public.points_programmes SET when_spent = $1', [whenSpent]);
  await spentIs('deduct');
  try {
    const { memberId, sale } = await topUp([{ sku: plans.points, quantity: 4 }]);
    const spend = { redeem: { points: 200 } };
    await desk.sell(memberId, [{ sku: tea, quantity: 1 }], [{ method: 'transfer', amount: 800 }], spend);
    const { body } = await refund(sale, [4]).expect(201);
    expect(body.payments).toMatchObject([
      { method: 'card', amount: -39_800 },
      { method: 'spent-points', amount: -200 },
    ]);
    expect(await pointsOf(memberId)).toBe(0);
  } finally {
    await spentIs('debt');
  }
});

test('a plan whose coupons are over is not sold, in so many words', async () => {
  const other = await tessera.makeCouponTemplate({ code: 'OVER', active: false });
  const plan = await tessera.makeCardPlan({ bonusKind: 'coupons', bonusCount: 1, bonusCoupon: other });
  const { id: memberId } = await tessera.makeMember();
  const refused = await desk
    .post('/checkout/quotes', { ...desk.place, memberId, lines: linesOf(plan.sku) })
    .expect(422);
  expect(refused.body.error).toMatchObject({ code: 'card_bonus_not_given', details: { reason: 'coupon-over' } });
});

test.each([
  ['bonusKind', { kind: 'sessions', sessionCount: 5, bonusKind: 'points', bonusCount: 5 }],
  ['bonus', { bonus: 100, bonusKind: 'points', bonusCount: 5 }],
  ['bonusInstalments', { bonusInstalments: 3, bonusKind: 'points', bonusCount: 5 }],
  ['bonusCount', { bonusKind: 'points' }],
  ['bonusCouponId', { bonusKind: 'coupons', bonusCount: 5 }],
  ['bonusPlanId', { bonusKind: 'sessions', bonusCount: 5 }],
])('a plan that does not say what it gives is refused at %s', async (field, bonus) => {
  const plan = { sku: `P-${field}`, nameZh: '充值', nameEn: 'Top-up', unitPrice: 10_000, ...bonus };
  const refused = await desk.post('/backoffice/card-plans', plan).expect(422);
  expect(refused.body.error).toMatchObject({ code: 'bad_card_plan', details: { field } });
});

test('however a top-up is split into refunds, all of what was given goes with it', async () => {
  const pieces = fc.integer({ min: 1, max: 4 });
  const order = fc.array(fc.nat(2), { minLength: 3, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.tuple(pieces, pieces, pieces), order, async (bought, steps) => {
      const skus = [plans.points, plans.coupons, plans.sessions];
      const lines = skus.map((sku, index) => ({ sku, quantity: bought[index] ?? 1 }));
      const { memberId, sale } = await topUp(lines);
      const left: number[] = [...bought];
      let paid = 0;
      const back = async (quantities: number[]) => {
        if (quantities.every((quantity) => quantity === 0)) return;
        paid += (await refund(sale, quantities).expect(201)).body.totals.paid;
        quantities.forEach((quantity, index) => (left[index] = (left[index] ?? 0) - quantity));
      };
      for (const step of steps) await back(left.map((pieces) => Math.min(pieces, step)));
      await back([...left]);
      expect(paid).toBe(-sum(bought) * 10_000);
      expect(await pointsOf(memberId)).toBe(0);
      expect(new Set(await statesOf(memberId))).toEqual(new Set(['void']));
      expect(await desk.accounts(sale.cards[0]?.cardId ?? '')).toMatchObject({ principal: 0, sessions: 0 });
    }),
    { numRuns: 12 },
  );
});

test('of twelve refunds at once of a top-up of four pieces, and a sale that uses a coupon, each coupon ends once', async () => {
  const { memberId, sale } = await topUp([{ sku: plans.coupons, quantity: 4 }]);
  const [coupon] = await couponsOf(memberId);
  const use = { ...desk.place, memberId, lines: linesOf(tea), coupons: [coupon?.code] };
  const tenders = [{ method: 'transfer', amount: 900 }];
  const [bought, ...refunds] = await Promise.all([
    desk.post('/checkout/transactions', { ...use, tenders }),
    ...Array.from({ length: 12 }, () => refund(sale, [1])),
  ]);
  expect(refunds.filter(({ status }) => status === 201)).toHaveLength(4);
  expect([201, 409]).toContain(bought.status);
  const states = await statesOf(memberId);
  expect(states.filter((state) => state === 'used')).toHaveLength(bought.status === 201 ? 1 : 0);
  expect(states.filter((state) => state === 'open')).toEqual([]);
  const voided = refunds.flatMap(({ body }) => body.coupons ?? []).map(({ quantity }) => -quantity);
  expect(sum(voided)).toBe(states.filter((state) => state === 'void').length);
});
