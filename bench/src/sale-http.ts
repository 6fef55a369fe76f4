import { randomUUID } from 'node:crypto';
import { createHttpClient } from './http-client';
import type { Load } from './run-load';
import type { Cart } from './sale-cart';

/** `POST /api/checkout/transactions`, every till with the session of its own cashier. */
export function httpSales(url: string, tokens: readonly string[], carts: readonly Cart[][], seconds: number): Load {
  const clients = tokens.map((token) => createHttpClient(url, token));
  return {
    workers: clients.length,
    seconds,
    async act(till, turn) {
      const ofTill = carts[till] ?? [];
      await clients[till]?.({
        method: 'POST',
        path: '/api/checkout/transactions',
        body: ofTill[turn % ofTill.length],
        headers: { 'idempotency-key': randomUUID() },
      });
    },
  };
}
