import { described } from '@tessera/backoffice/domain';
import { prorate, sum } from '@tessera/kernel/domain';
import { z } from 'zod';
import { couponKind } from './kind';

const argsSchema = z.strictObject({
  amount: described(z.int().min(1).max(1_000_000_000), { label: { zh: '减免金额', en: 'Takes off' }, unit: 'minor' }),
});

/** A sum of money, but never more than its goods cost. */
export const fixed = couponKind({
  code: 'fixed',
  label: { zh: '立减', en: 'Fixed amount' },
  argsSchema,
  takeOff({ amount }, lines) {
    const amounts = lines.map((line) => line.amount);
    return prorate(Math.min(amount, sum(amounts)), amounts);
  },
});
