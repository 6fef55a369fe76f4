import { defineError } from '@tessera/kernel/domain';

export const unknownTier = defineError<{ tier: string }>('unknown_tier', 422, ({ tier }) => `There is no tier ${tier}`);
export const tierNotHigher = defineError<{ tier: string; current: string }>(
  'tier_not_higher',
  422,
  ({ current }) => `The member is ${current} already`,
);
export const noTierGiven = defineError('no_tier_given', 422, 'Nothing was given to this member by hand');
export const tierUntilPast = defineError('tier_until_past', 422, 'It would have ended already');
export const tierRaced = defineError('tier_raced', 409, 'The tier has changed meanwhile: look again');
