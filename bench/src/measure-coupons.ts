import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { type CouponFacts, type CouponTerms } from '@tessera/campaigns/domain';
import { createHttpClient } from './http-client';

const BATCH = 100_000;
const NO_LIMITS = { total: 100, perMember: 5, period: 'day', perPeriod: 50, perMemberPerPeriod: 2 } as const;

/** Ten coupons of every kind, some of a group, some never combined, for different goods. */
export function tenCoupons(): CouponFacts[] {
  const kinds: Pick<CouponTerms, 'kind' | 'args'>[] = [
    { kind: 'fixed', args: { amount: 1_000 } },
    { kind: 'percent', args: { rate: 2_000, cap: 3_000 } },
    { kind: 'free-item', args: { pieces: 1 } },
  ];
  return Array.from({ length: 10 }, (_, index) => ({
    id: index + 1,
    code: `C0DE0000000${index}`,
    memberId: 'member1',
    state: 'open',
    validFrom: '2026-01-01T00:00:00.000Z',
    validUntil: null,
    heldBy: null,
    terms: {
      templateId: `template${index}`,
      code: `T${index}`,
      label: { zh: '券', en: 'Coupon' },
      ...(kinds[index % kinds.length] as (typeof kinds)[number]),
      currency: 'CNY',
      minimum: index * 100,
      goods: { items: index % 2 === 0 ? [] : ['item1', 'item2'], categories: ['category1'] },
      storeIds: [],
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      hours: { from: '08:00', until: '22:00' },
      isCombinable: index % 5 !== 4,
      group: index < 4 ? 'autumn' : null,
      limits: NO_LIMITS,
      onRefund: 'all-returned',
    },
  }));
}

/** A batch of 100,000 codes, over HTTP. @returns milliseconds */
export async function measureBatch(url: string, ownerToken: string): Promise<number> {
  const http = createHttpClient(url, ownerToken);
  const template = { code: 'BENCH', nameZh: '立减', nameEn: 'Off', kind: 'fixed', args: { amount: 100 } };
  const made = await http({ method: 'POST', path: '/api/backoffice/coupon-templates', body: template });
  const { id: templateId } = made.body as { id: string };
  const start = performance.now();
  await http({
    method: 'POST',
    path: '/api/campaigns/coupon-batches',
    body: { templateId, count: BATCH, reason: 'bench' },
    headers: { 'idempotency-key': randomUUID() },
  });
  return performance.now() - start;
}
