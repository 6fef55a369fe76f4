import { described } from '@tessera/backoffice/domain';
import { scaleDown } from '@tessera/kernel/domain';
import { z } from 'zod';
import { pointsArg } from './args';
import { earnRuleKind } from './kind';

const argsSchema = z.strictObject({
  points: pointsArg,
  amount: described(z.int().min(1).max(100_000_000), { label: { zh: '每满金额', en: 'For every' }, unit: 'minor' }),
});

/** So many points for every so much money, of the whole sale; what is left over earns nothing. */
export const perMoney = earnRuleKind({
  code: 'per-money',
  label: { zh: '按消费金额', en: 'Per money spent' },
  argsSchema,
  evaluate({ points, amount }, { counted, lines }) {
    const times = scaleDown(counted, 1, amount);
    return { kind: 'points', points: times * points, weights: lines.map((line) => line.counted) };
  },
});
