import { described } from '@tessera/backoffice/domain';
import { z } from 'zod';
import { multiplierArg } from './args';
import { earnRuleKind } from './kind';

const argsSchema = z.strictObject({
  multiplier: multiplierArg,
  tiers: described(z.array(z.string().trim().min(1).max(32)).min(1).max(20), {
    label: { zh: '等级编码', en: 'Codes of tiers' },
  }),
});

/** Multiplies what members of certain tiers earn. */
export const tier = earnRuleKind({
  code: 'tier',
  label: { zh: '会员等级', en: 'Tier' },
  argsSchema,
  evaluate: ({ multiplier, tiers }, { member }) =>
    member.tier !== null && tiers.includes(member.tier) ? { kind: 'multiplier', basisPoints: multiplier } : null,
});
