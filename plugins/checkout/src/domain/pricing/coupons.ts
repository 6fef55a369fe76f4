import type { PricingStep } from './pricing';

/** Codes this shop does not know are named, not silently ignored. */
export const coupons: PricingStep = (pricing, { cart }) => {
  if (!cart.coupons?.length) return pricing;
  const unknown = cart.coupons.map((code) => ({ code, reason: 'unknown_coupon' }));
  return { ...pricing, rejected: [...pricing.rejected, ...unknown] };
};
