export type { Label } from './label';
export { judgeTier, type TierStanding } from './judge-tier';
export { measuresOn, MEASURES, type Measure, type Measures } from './measures';
export { missingToNext, type MissingToNext } from './missing-to-next';
export { tierMove, type TierMove } from './tier-move';
export {
  TIER_PERIODS,
  TIER_REVIEWS,
  type BirthdayGift,
  type MemberDay,
  type Tier,
  type TierHolding,
  type TierPrice,
} from './tier';
export { standingView, viewOfStanding } from './standing-view';
export { noTierGiven, tierNotHigher, tierRaced, tierUntilPast, unknownTier } from './tier-refusals';
export { badTierPrice, prepareTierPrice, type PricedBy, type StoredTierPrice } from './prepare-tier-price';
export { tierPriceOf } from './tier-price-of';
