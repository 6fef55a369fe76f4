import { randomUUID } from 'node:crypto';
import type { BenchDatabase } from './environment';
import type { Shop } from './generate-shop';
import { createHttpClient, type HttpClient } from './http-client';
import type { Load } from './run-load';
import { makeCarts, type Cart } from './sale-cart';

/** One cart of each till; its member has a card and points enough for thousands of sales. */
const CARTS_PER_TILL = 25;
/** Each sale uses up one: more than the rounds can sell. */
const CODES = 40_000;
const POINTS = 100;
/** What 100 points and what a coupon take off, in minor units. */
const POINTS_WORTH = 100;
const COUPON_WORTH = 100;
/** As much as the law lets a named card hold. */
const ON_CARD = 500_000;
/** What the card pays of a sale; the terminal takes the rest, or a card would be empty after a few. */
const BY_VALUE = 100;

type LoyalCart = Omit<Cart, 'tenders'> & { tenders: object[]; redeem: { points: number } };

async function makeProgramme(owner: HttpClient): Promise<void> {
  const names = { nameZh: '积分', nameEn: 'Points' };
  const earningTenders = ['cash', 'card', 'transfer', 'stored-value'];
  const worth = { redeemPoints: POINTS, redeemValue: POINTS_WORTH, redeemMin: POINTS, redeemStep: POINTS };
  await owner({
    method: 'POST',
    path: '/api/backoffice/points-programmes',
    body: { code: 'BENCH', ...names, ...worth, redeemMaxShare: 10_000, earningTenders, active: true },
  });
  const args = { points: 1, amount: 100 };
  const rule = { code: 'BENCH', ...names, kind: 'per-money', args };
  await owner({ method: 'POST', path: '/api/backoffice/earn-rules', body: rule });
}

async function makeCodes(owner: HttpClient, database: BenchDatabase): Promise<string[]> {
  const body = { code: 'LOYAL', nameZh: '立减', nameEn: 'Off', kind: 'fixed', args: { amount: COUPON_WORTH } };
  const template = (await owner({ method: 'POST', path: '/api/backoffice/coupon-templates', body })).body;
  const issued = await owner({
    method: 'POST',
    path: '/api/campaigns/coupon-batches',
    body: { templateId: (template as { id: string }).id, count: CODES, reason: 'bench' },
    headers: { 'idempotency-key': randomUUID() },
  });
  const coupons = await database.run<{ code: string }>('SELECT code FROM tessera.coupon WHERE issue_id = $1', [
    (issued.body as { id: string }).id,
  ]);
  return coupons.map(({ code }) => code);
}

/** A card with stored value, and points, for every member of these carts. */
async function equip(owner: HttpClient, carts: readonly Cart[]): Promise<void> {
  const plan = { sku: 'BENCH-CARD', nameZh: '储值卡', nameEn: 'Card', unitPrice: ON_CARD };
  await owner({ method: 'POST', path: '/api/backoffice/card-plans', body: plan });
  const ofMembers = new Map(carts.map((cart) => [cart.memberId, cart]));
  for (const [memberId, { storeId, tillId }] of ofMembers) {
    const headers = () => ({ 'idempotency-key': randomUUID() });
    await owner({
      method: 'POST',
      path: '/api/checkout/transactions',
      body: {
        storeId,
        tillId,
        memberId,
        lines: [{ sku: plan.sku, quantity: 1 }],
        tenders: [{ method: 'transfer', amount: ON_CARD }],
      },
      headers: headers(),
    });
    await owner({
      method: 'POST',
      path: `/api/points/members/${memberId}/adjustments`,
      body: { storeId, amount: 1_000_000, reason: 'bench' },
      headers: headers(),
    });
  }
}

function toLoyal({ tenders, ...cart }: Cart): LoyalCart {
  const amount = (tenders[0]?.amount ?? 0) - POINTS_WORTH - COUPON_WORTH;
  const byValue = Math.min(BY_VALUE, amount);
  const parts = [
    { method: 'stored-value', amount: byValue },
    { method: 'card', amount: amount - byValue },
  ];
  return { ...cart, redeem: { points: POINTS }, tenders: parts.filter((part) => part.amount > 0) };
}

/** The sale with everything that members own: a coupon, points redeemed and earned, paid by stored value and by card. */
export async function prepareLoyalSales(
  url: string,
  owner: string,
  tokens: readonly string[],
  { database, shop, seed, seconds }: { database: BenchDatabase; shop: Shop; seed: number; seconds: number },
): Promise<Load> {
  const http = createHttpClient(url, owner);
  const carts = await makeCarts(database, shop, seed + 1, CARTS_PER_TILL);
  await makeProgramme(http);
  await equip(http, carts.flat());
  const codes = await makeCodes(http, database);
  const tills = tokens.map((token, till) => ({
    client: createHttpClient(url, token),
    carts: (carts[till] ?? []).map(toLoyal),
  }));
  return {
    workers: tills.length,
    seconds,
    async act(worker, turn) {
      const till = tills[worker];
      const code = codes.pop();
      if (!till || !code) throw new Error('the coupons have run out');
      await till.client({
        method: 'POST',
        path: '/api/checkout/transactions',
        body: { ...till.carts[turn % till.carts.length], coupons: [code] },
        headers: { 'idempotency-key': randomUUID() },
      });
    },
  };
}
