import { described } from '@tessera/backoffice/domain';
import { percentOf, prorate, sum } from '@tessera/kernel/domain';
import { z } from 'zod';
import { couponKind } from './kind';

const argsSchema = z.strictObject({
  rate: described(z.int().min(1).max(10_000), {
    label: { zh: '减免比例(八折为 20%)', en: 'Percentage off' },
    unit: 'basis-points',
  }),
  cap: described(z.int().min(1).max(1_000_000_000).optional(), {
    label: { zh: '最多减免', en: 'At most' },
    unit: 'minor',
  }),
});

/** A share of what its goods cost, up to a cap. */
export const percent = couponKind({
  code: 'percent',
  label: { zh: '折扣', en: 'Percentage' },
  argsSchema,
  takeOff({ rate, cap }, lines) {
    const amounts = lines.map((line) => line.amount);
    const share = percentOf(sum(amounts), rate);
    return prorate(cap === undefined ? share : Math.min(share, cap), amounts);
  },
});
