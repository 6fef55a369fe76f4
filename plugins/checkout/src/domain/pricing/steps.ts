import { coupons } from './coupons';
import { manualDiscount } from './manual-discount';
import type { PricingStep } from './pricing';
import { redeemPoints } from './redeem-points';

/** What happens to the list prices, in this order (ADR 7); each step sees what the ones before it left. */
export const PRICING_STEPS: readonly PricingStep[] = [coupons, manualDiscount, redeemPoints];
