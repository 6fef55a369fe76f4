import { performance } from 'node:perf_hooks';
import { decide, type Policy } from '@tessera/access/domain';
import { createHttpClient } from './http-client';
import { percentile } from './percentiles';

const CALLS = 20_000;

/** `decide()` on the question of a sale with a real cashier's policy. @returns microseconds */
export async function measureDecide(
  url: string,
  token: string,
  storeId: string,
): Promise<{ p50: number; p99: number }> {
  const { body } = await createHttpClient(url, token)({ path: '/api/access/me' });
  const { policy } = body as { policy: Policy };
  const request = { permission: 'checkout.sell', now: new Date(), records: [{ storeId }], amounts: { amount: 12_345 } };
  const taken: number[] = [];
  for (let call = 0; call < CALLS; call++) {
    const start = performance.now();
    const { effect } = decide(policy, request);
    taken.push((performance.now() - start) * 1_000);
    if (effect !== 'allow') throw new Error(`the cashier's sale was decided as ${effect}`);
  }
  const ascending = taken.slice(CALLS / 10).sort((a, b) => a - b);
  return { p50: percentile(ascending, 0.5), p99: percentile(ascending, 0.99) };
}
