import type { AppliedCoupon, CouponShare } from './apply-coupons';
import type { LimitCounter } from './limit-counters';
import type { CouponTerms } from './terms';

/** One use of a coupon, as `tessera.use_coupons(jsonb)` takes it. */
export interface CouponUse {
  couponId: number;
  amount: number;
  shares: readonly CouponShare[];
  counters: readonly LimitCounter[];
}

/** Coupons that come with a line of a sale, as `tessera.grant_coupons(jsonb)` takes them. Whoever sells it issues them. */
export interface GivenCoupons {
  /** Of the issue: a UUIDv7. */
  id: string;
  lineNo: number;
  /** Of the line; a refund voids what is unused by the pieces that it takes back. */
  pieces: number;
  templateId: string;
  terms: CouponTerms;
  validFrom: string;
  validUntil: string | null;
  /** What they came with. */
  reason: string;
  codes: readonly string[];
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
  issued?: readonly GivenCoupons[];
  /** Of a refund: the sale, and the coupons that come back. */
  refunds?: string;
  givenBack?: readonly number[];
  /** Pieces of lines that coupons were given with. */
  takenBack?: readonly { lineNo: number; quantity: number }[];
}

export function toCouponUse({ coupon, taken, shares, counters }: AppliedCoupon): CouponUse {
  return { couponId: coupon.id, amount: taken, shares, counters };
}
