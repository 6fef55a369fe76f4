import { described } from '@tessera/backoffice/domain';
import { z } from 'zod';
import { pointsArg } from './args';
import { earnRuleKind, giftOf } from './kind';

const argsSchema = z.strictObject({
  points: pointsArg,
  minimum: described(z.int().min(0).max(100_000_000).default(0), {
    label: { zh: '最低消费', en: 'From a sale of' },
    unit: 'minor',
  }),
});

/** So many points for coming: once per member and business day. */
export const perVisit = earnRuleKind({
  code: 'per-visit',
  label: { zh: '每次到店', en: 'Per visit' },
  argsSchema,
  evaluate({ points, minimum }, sale, { earnedToday }) {
    return earnedToday > 0 || sale.counted < minimum ? null : giftOf(points, sale);
  },
});
