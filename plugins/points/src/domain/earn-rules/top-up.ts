import { described } from '@tessera/backoffice/domain';
import { scaleDown } from '@tessera/kernel/domain';
import { z } from 'zod';
import { pointsArg } from './args';
import { earnRuleKind } from './kind';

const argsSchema = z.strictObject({
  points: pointsArg,
  amount: described(z.int().min(1).max(100_000_000), {
    label: { zh: '每充值满', en: 'For every … topped up' },
    unit: 'minor',
  }),
});

/**
 * So many points for every so much principal that counting money tops up in one sale; what is left over earns nothing. A gift, so no
 * multiplier multiplies it: nothing is spent yet. Where stored value is a counting tender itself, its money earns again when it is spent.
 */
export const topUp = earnRuleKind({
  code: 'top-up',
  label: { zh: '按充值金额', en: 'Per money topped up' },
  argsSchema,
  evaluate({ points, amount }, { toppedUp, lines }) {
    const times = scaleDown(toppedUp, 1, amount);
    return { kind: 'gift', points: times * points, weights: lines.map((line) => line.toppedUp) };
  },
});
