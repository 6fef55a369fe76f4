import { coupons } from './coupons';
import { manualDiscount } from './manual-discount';
import type { PricingStep } from './pricing';
import { redeemPoints } from './redeem-points';
import { tierPrice } from './tier-price';
import { useSessions } from './use-sessions';

/** What happens to the list prices, in this order (ADR 7); each step sees what the ones before it left. */
export const PRICING_STEPS: readonly PricingStep[] = [tierPrice, useSessions, coupons, manualDiscount, redeemPoints];
