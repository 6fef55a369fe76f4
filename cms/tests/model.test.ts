import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Client } from 'pg';
import { kernel } from '@tessera/kernel/public';
import { points } from '@tessera/points/public';
import { bootTessera, type Tessera } from '../../config/presets/testing';
import { repository } from '../../config/presets/testing/strapi-environment';
import { readChecks, runChecks } from '../launch/reconcile/run-checks';
import {
  bookGift,
  bookGiftBack,
  bookRefund,
  bookSale,
  emptyModel,
  GIFT,
  heir,
  mergeInto,
  OFF,
  PIECE,
  REDEEMED,
  refusalOf,
  runOut,
  TOP_UP,
  type ShopModel,
  type SoldLine,
} from './shop-model';

const RUNS = 15;
const MOST_ACTS = 40;
const MEMBERS = 3;

let tessera: Tessera;
let token: string;
let place: { storeId: string; tillId: string };
let goods: { product: string; service: string; value: string; sessions: string };
let templateId: string;

beforeAll(async () => {
  tessera = await bootTessera();
  const storeId = await tessera.makeStore();
  place = { storeId, tillId: await tessera.makeTill({ store: storeId }) };
  await tessera.makePoints({ earningTenders: ['card'] });
  const service = await tessera.makeService({ unitPrice: PIECE });
  const { principal, bonus, sessions: sessionCount } = TOP_UP;
  const ten = { kind: 'sessions', unitPrice: 2_500, sessionCount, services: [service.id] };
  goods = {
    product: (await tessera.makeProduct({ unitPrice: PIECE })).sku,
    service: service.sku,
    value: (await tessera.makeCardPlan({ unitPrice: principal, bonus })).sku,
    sessions: (await tessera.makeCardPlan(ten)).sku,
  };
  templateId = await tessera.makeCouponTemplate({ args: { amount: OFF } });
  token = await tessera.signIn('owner');
});
afterAll(() => tessera.close());

function query<Row>(text: string, parameters: readonly unknown[] = []): Promise<Row[]> {
  return kernel(tessera.strapi).database.query(text, [...parameters]);
}

function send(path: string, body: object, key: string) {
  return tessera.as(token).post(`/api${path}`).set('Idempotency-Key', key).send(body);
}

/** Books, and remembers how to ask for the same again. */
async function act<Answer>(model: ShopModel, path: string, body: object): Promise<Answer> {
  const key = randomUUID();
  const answer = await send(path, body, key);
  if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  model.last = { path, key, body, answer: answer.body };
  return answer.body as Answer;
}

/** What the ledger says that this member has. */
async function holdings(memberId: string) {
  const [row] = await query<{ points: number; value: number; sessions: number }>(
    `SELECT coalesce((SELECT balance FROM tessera.account WHERE owner_id = $1 AND account = 'points'), 0) AS points,
      coalesce(sum(a.balance) FILTER (WHERE a.account IN ('principal', 'bonus')), 0)::bigint AS value,
      coalesce(sum(a.balance) FILTER (WHERE a.account = 'sessions'), 0)::bigint AS sessions
    FROM tessera.card c JOIN tessera.account a ON a.owner_id = c.id::text AND a.owner_type = 'card' WHERE c.member_id = $1`,
    [memberId],
  );
  return row;
}

async function stockOf(giftId: string): Promise<number> {
  const [row] = await query<{ balance: number }>(
    `SELECT balance FROM tessera.account WHERE unit = $1 AND account = 'gift-stock'`,
    [giftId],
  );
  return row?.balance ?? 0;
}

async function agree(model: ShopModel): Promise<void> {
  expect(await stockOf(model.gift.id)).toBe(model.gift.stock);
  for (const { id, points: held, value, sessions } of model.people) {
    expect(await holdings(id)).toEqual({ points: held, value, sessions });
  }
}

type Act = fc.AsyncCommand<ShopModel, object>;

/** An act on the server and on the model, which agree afterwards. */
function command(name: string, check: (model: ShopModel) => boolean, run: (model: ShopModel) => Promise<void>): Act {
  return {
    check,
    async run(model) {
      await run(model);
      await agree(model);
    },
    toString: () => name,
  };
}

const isActive = (model: ShopModel, place: number) => model.people[place]?.mergedInto === null;

interface SaleWish {
  buyer: number;
  quantity: number;
  paidBy: SoldLine['paidBy'];
  redeems: boolean;
  usesCoupon: boolean;
}

/** What of the wish this member can do; a session pays for all of its line. */
function termsOf(model: ShopModel, { buyer, quantity, paidBy, redeems, usesCoupon }: SaleWish) {
  const isPlain = paidBy === 'session';
  const redeemed = redeems && !isPlain && heir(model, buyer).points >= REDEEMED ? REDEEMED : 0;
  const coupon = (usesCoupon && !isPlain && model.coupons[0]) || null;
  const amount = isPlain ? 0 : quantity * PIECE - (redeemed ? OFF : 0) - (coupon ? OFF : 0);
  return { redeemed, coupon, amount, earned: paidBy === 'card' ? amount / 100 : 0 };
}

const sell = (wish: SaleWish): Act =>
  command(
    `sell ${JSON.stringify(wish)}`,
    (model) => {
      const { value, sessions } = heir(model, wish.buyer);
      const { amount } = termsOf(model, wish);
      if (!isActive(model, wish.buyer)) return false;
      if (wish.paidBy === 'session') return sessions >= wish.quantity;
      return wish.paidBy === 'card' || value >= amount;
    },
    async (model) => {
      const { buyer, quantity, paidBy } = wish;
      const terms = termsOf(model, wish);
      const { redeemed, coupon, amount } = terms;
      const memberId = heir(model, buyer).id;
      const sku = paidBy === 'session' ? goods.service : goods.product;
      const body = {
        ...place,
        memberId,
        lines: [{ sku, quantity }],
        ...(redeemed ? { redeem: { points: redeemed } } : {}),
        ...(coupon ? { coupons: [coupon] } : {}),
        ...(paidBy === 'session' ? { sessions: await sessionsOf(memberId, quantity) } : {}),
        tenders: amount > 0 ? [{ method: paidBy, amount }] : [],
      };
      const sale = await act<{ id: string; lines: { id: string }[] }>(model, '/checkout/transactions', body);
      const line = { id: sale.id, lineId: sale.lines[0]?.id ?? '', buyer, paidBy, quantity, back: 0, isPast: false };
      bookSale(model, { ...line, ...terms });
    },
  );

/** Which of the member's cards has that many sessions left; he buys them on one. */
async function sessionsOf(memberId: string, quantity: number) {
  const cards = await query<{ id: string; left: number }>(
    `SELECT c.id, coalesce(sum(a.balance), 0)::int AS left FROM tessera.card c
    JOIN tessera.account a ON a.owner_id = c.id::text AND a.account = 'sessions' WHERE c.member_id = $1 GROUP BY c.id ORDER BY c.id`,
    [memberId],
  );
  let open = quantity;
  return cards.flatMap(({ id: cardId, left }) => {
    const used = Math.min(open, left);
    open -= used;
    return used > 0 ? [{ cardId, sku: goods.service, quantity: used }] : [];
  });
}

const topUp = (buyer: number, what: 'value' | 'sessions'): Act =>
  command(
    `top up ${what} of ${buyer}`,
    (model) => isActive(model, buyer),
    async (model) => {
      const person = heir(model, buyer);
      const lines = [{ sku: goods[what], quantity: 1 }];
      const tenders = [{ method: 'transfer', amount: what === 'value' ? TOP_UP.principal : 2_500 }];
      await act(model, '/checkout/transactions', { ...place, memberId: person.id, lines, tenders });
      if (what === 'value') person.value += TOP_UP.principal + TOP_UP.bonus;
      else person.sessions += TOP_UP.sessions;
    },
  );

function refundable({ sales }: ShopModel, pick: number): SoldLine | undefined {
  const open = sales.filter(({ quantity, back, isPast }) => back < quantity && !isPast);
  return open[pick % Math.max(1, open.length)];
}

const refund = (pick: number, share: number): Act =>
  command(
    `refund ${pick} ${share}`,
    (model) => refundable(model, pick) !== undefined,
    async (model) => {
      const sale = refundable(model, pick) as SoldLine;
      const quantity = 1 + (share % (sale.quantity - sale.back));
      const body = { lines: [{ lineId: sale.lineId, quantity }], reason: 'changed his mind' };
      const booked = await act<{ totals: { paid: number } }>(model, `/checkout/transactions/${sale.id}/refunds`, body);
      expect(booked.totals.paid + bookRefund(model, sale, quantity)).toBe(0);
    },
  );

const give = (who: number): Act =>
  command(
    `give ${who} a gift`,
    (model) => isActive(model, who),
    async (model) => {
      const body = { ...place, giftId: model.gift.id, memberId: heir(model, who).id };
      const expected = refusalOf(model, who);
      if (expected === null) {
        bookGift(model, who, (await act<{ id: string }>(model, '/points/gift-handouts', body)).id);
      } else {
        const refused = await send('/points/gift-handouts', body, randomUUID()).expect(409);
        expect(refused.body.error.code).toBe(expected);
      }
    },
  );

const giveBack = (pick: number): Act => {
  const of = ({ kept }: ShopModel) => {
    const open = kept.filter(({ isPast }) => !isPast);
    return open[pick % Math.max(1, open.length)];
  };
  return command(
    `give gift ${pick} back`,
    (model) => of(model) !== undefined,
    async (model) => {
      const gift = of(model) as ShopModel['kept'][number];
      await act(model, `/points/gift-handouts/${gift.id}/returns`, { reason: 'changed his mind' });
      bookGiftBack(model, gift);
    },
  );
};

/** The clock of the database is not ours to turn: the lots are made to have ended. */
function endLots(memberId: string): Promise<void> {
  return kernel(tessera.strapi).database.transaction(async (sql) => {
    await sql.query('SET LOCAL session_replication_role = replica');
    await sql.query(
      `UPDATE tessera.point_lot SET available_from = now() - interval '2 days', expires_at = now() - interval '1 second'
      WHERE member_id = $1`,
      [memberId],
    );
  });
}

const expire = (who: number, isDue: boolean): Act =>
  command(
    `expire ${isDue ? `all of ${who}` : 'what is due'}`,
    () => true,
    async (model) => {
      if (isDue) {
        await endLots(heir(model, who).id);
        runOut(model, who);
      }
      await points(tessera.strapi).expireLots(kernel(tessera.strapi).clock.now());
      model.last = null;
    },
  );

const merge = (kept: number, duplicate: number): Act =>
  command(
    `merge ${duplicate} into ${kept}`,
    (model) => kept !== duplicate && isActive(model, kept) && isActive(model, duplicate),
    async (model) => {
      const [into, from] = [model.people[kept], model.people[duplicate]];
      const body = { duplicateId: from?.id, reason: 'the same person' };
      await act(model, `/members/${into?.id}/merges`, body);
      mergeInto(model, kept, duplicate);
    },
  );

const retry = (): Act =>
  command(
    'ask for the last again',
    ({ last }) => last !== null,
    async ({ last }) => {
      const { path, body, key, answer } = last as NonNullable<ShopModel['last']>;
      const again = await send(path, body, key);
      expect([again.status, again.headers['idempotent-replayed']]).toEqual([201, 'true']);
      expect(again.body).toEqual(answer);
    },
  );

const person = fc.nat(MEMBERS - 1);
const sales = fc.record({
  buyer: person,
  quantity: fc.integer({ min: 1, max: 7 }),
  paidBy: fc.constantFrom('card' as const, 'stored-value' as const, 'session' as const),
  redeems: fc.boolean(),
  usesCoupon: fc.boolean(),
});
const acts = fc.commands(
  [
    sales.map(sell),
    sales.map(sell),
    fc.tuple(fc.nat(50), fc.nat(6)).map(([pick, share]) => refund(pick, share)),
    fc.tuple(fc.nat(50), fc.nat(6)).map(([pick, share]) => refund(pick, share)),
    person.map(give),
    person.map(give),
    fc.nat(50).map(giveBack),
    fc.tuple(person, fc.constantFrom('value' as const, 'sessions' as const)).map(([who, what]) => topUp(who, what)),
    fc.tuple(person, fc.boolean()).map(([who, isDue]) => expire(who, isDue)),
    fc.tuple(person, person).map(([kept, duplicate]) => merge(kept, duplicate)),
    fc.constant(null).map(retry),
  ],
  { maxCommands: MOST_ACTS, size: 'max' },
);

async function freshModel(): Promise<ShopModel> {
  const memberIds = await Promise.all(Array.from({ length: MEMBERS }, async () => (await tessera.makeMember()).id));
  const batch = { templateId, count: 3, reason: 'leaflet' };
  const issued = await send('/campaigns/coupon-batches', batch, randomUUID()).expect(201);
  const codes = await query<{ code: string }>('SELECT code FROM tessera.coupon WHERE issue_id = $1 ORDER BY id', [
    issued.body.id,
  ]);
  const { points: price, stock, limit } = GIFT;
  const giftId = await tessera.makeGift({ points: price, counted: true, limitPerMember: limit });
  const delivery = { storeId: place.storeId, kind: 'received', quantity: stock };
  await send(`/points/gifts/${giftId}/stock-moves`, delivery, randomUUID()).expect(201);
  return emptyModel(
    memberIds,
    codes.map(({ code }) => code),
    giftId,
  );
}

test('whatever is sold, refunded, topped up, redeemed, given for points, expired, merged and asked again, every balance is what a few sums say', async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (commands) => {
      const model = await freshModel();
      await fc.asyncModelRun(() => ({ model, real: {} }), commands);
    }),
    { numRuns: RUNS },
  );
  const client = new Client({ connectionString: tessera.databaseUrl });
  await client.connect();
  const findings = await runChecks(client, readChecks(repository)).finally(() => client.end());
  expect(findings.filter(({ count }) => count > 0)).toEqual([]);
});
