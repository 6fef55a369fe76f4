import { randomUUID } from 'node:crypto';
import { kernel } from '@tessera/kernel/public';
import { bootTessera, type Tessera } from '../../../config/presets/testing';

/** Tables that a sale writes. */
const WRITTEN = [
  'transaction',
  'transaction_line',
  'payment',
  'journal',
  'posting',
  'account',
  'idempotency',
  'held_cart',
];

export interface Shop {
  tessera: Tessera;
  storeId: string;
  tillId: string;
  product: { id: string; sku: string };
  /** Of a cashier of the store. */
  token: string;
  /** Two pieces at ¥19.90: 3,980 to pay. */
  cart: { storeId: string; tillId: string; lines: { sku: string; quantity: number }[] };
  query<Row>(text: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** How many rows each table has that a sale writes. */
  countRows(): Promise<Record<string, number>>;
  /** Sends a sale paid by card, as the cashier unless told otherwise. */
  sell(body: object, options?: { key?: string; token?: string }): ReturnType<ReturnType<Tessera['as']>['post']>;
}

export const CART_PAYABLE = 3_980;

/** A booted server with one store, one till, one product and one cashier. */
export async function openShop(): Promise<Shop> {
  const tessera = await bootTessera();
  const storeId = await tessera.makeStore();
  const tillId = await tessera.makeTill({ store: storeId });
  const product = await tessera.makeProduct({ unitPrice: 1_990 });
  const token = await tessera.signIn('cashier', { store: storeId });
  const { database } = kernel(tessera.strapi);
  const query: Shop['query'] = (text, parameters = []) => database.query(text, [...parameters]);
  return {
    tessera,
    storeId,
    tillId,
    product,
    token,
    cart: { storeId, tillId, lines: [{ sku: product.sku, quantity: 2 }] },
    query,
    async countRows() {
      const counts = WRITTEN.map((table) => `(SELECT count(*)::int FROM tessera.${table}) AS ${table}`);
      const [row] = await query<Record<string, number>>(`SELECT ${counts.join(', ')}`);
      return row ?? {};
    },
    sell: (body, options = {}) =>
      tessera
        .as(options.token ?? token)
        .post('/api/checkout/transactions')
        .set('Idempotency-Key', options.key ?? randomUUID())
        .send({ tenders: [{ method: 'card', amount: CART_PAYABLE }], ...body }),
  };
}
