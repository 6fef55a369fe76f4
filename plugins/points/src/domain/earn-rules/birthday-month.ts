import { z } from 'zod';
import { multiplierArg } from './args';
import { earnRuleKind } from './kind';

const argsSchema = z.strictObject({ multiplier: multiplierArg });

/** Multiplies what a member earns in the month of his birthday. */
export const birthdayMonth = earnRuleKind({
  code: 'birthday-month',
  label: { zh: '生日月', en: 'Birthday month' },
  argsSchema,
  evaluate: ({ multiplier }, { member, moment }) =>
    member.birthMonth === moment.month ? { kind: 'multiplier', basisPoints: multiplier } : null,
});
