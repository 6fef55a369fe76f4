import type { BenchDatabase } from './environment';
import type { Shop } from './generate-shop';

export interface Cart {
  storeId: string;
  tillId: string;
  memberId: string;
  lines: { sku: string; quantity: number }[];
  tenders: { method: 'card'; amount: number }[];
}

const LINES = 3;

/** mulberry32: small, seeded, good enough to pick goods. */
export function randomIntegers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** For every till `count` carts of three different goods for a member, paid by card to the last unit. */
export async function makeCarts(database: BenchDatabase, shop: Shop, seed: number, count: number): Promise<Cart[][]> {
  const products = await database.run<{ sku: string; price: number }>(
    'SELECT sku, unit_price::int AS price FROM products ORDER BY id',
  );
  const members = await database.run<{ id: string }>(
    'SELECT document_id AS id FROM members WHERE id % 17 = 0 LIMIT 20000',
  );
  const pick = randomIntegers(seed);
  return shop.tillIds.map((tillId) =>
    Array.from({ length: count }, (): Cart => {
      const first = pick(products.length);
      const goods = Array.from({ length: LINES }, (_, line) => ({
        product: products[(first + line * 101) % products.length] as (typeof products)[number],
        quantity: 1 + pick(3),
      }));
      const amount = goods.reduce((total, { product, quantity }) => total + product.price * quantity, 0);
      return {
        storeId: shop.storeId,
        tillId,
        memberId: members[pick(members.length)]?.id ?? '',
        lines: goods.map(({ product, quantity }) => ({ sku: product.sku, quantity })),
        tenders: [{ method: 'card', amount }],
      };
    }),
  );
}
