import { z } from 'zod';
import { pointsArg } from './args';
import { earnRuleKind, giftOf } from './kind';

const argsSchema = z.strictObject({ points: pointsArg });

/** A welcome: so many points for the first sale of a member. */
export const firstPurchase = earnRuleKind({
  code: 'first-purchase',
  label: { zh: '首次消费', en: 'First purchase' },
  argsSchema,
  evaluate: ({ points }, sale) => (sale.member.isFirstPurchase ? giftOf(points, sale) : null),
});
