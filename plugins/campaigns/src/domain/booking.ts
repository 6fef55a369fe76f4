import type { AppliedCoupon, CouponShare } from './apply-coupons';
import type { LimitCounter } from './limit-counters';

/** One use of a coupon, as `tessera.use_coupons(jsonb)` takes it. */
export interface CouponUse {
  couponId: number;
  amount: number;
  shares: readonly CouponShare[];
  counters: readonly LimitCounter[];
}

/** What a transaction does to coupons: a sale uses them, a refund gives some back. See the top of the migration. */
export interface CouponsMove {
  transactionId: string;
  memberId: string | null;
  tillId: string;
  staffId: string;
  staffName: string;
  occurredAt: string;
  /** Of a sale. */
  uses?: readonly CouponUse[];
  /** Of a refund: the sale, and the coupons that come back. */
  refunds?: string;
  givenBack?: readonly number[];
}

export function toCouponUse({ coupon, taken, shares, counters }: AppliedCoupon): CouponUse {
  return { couponId: coupon.id, amount: taken, shares, counters };
}
