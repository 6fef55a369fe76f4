import type { PricingStep } from './pricing';

/** A shop without a points programme says so. */
export const redeemPoints: PricingStep = (pricing, { cart }) => {
  if (!cart.redeem?.points) return pricing;
  return { ...pricing, rejected: [...pricing.rejected, { code: 'points', reason: 'points_not_offered' }] };
};
