import { scale, sum } from '@tessera/kernel/domain';
import type { CouponShare } from './apply-coupons';
import type { CouponTerms } from './terms';

/** A use of a coupon that stands: what `tessera.coupons_of_refund` answers. */
export interface StandingUse {
  couponId: number;
  onRefund: CouponTerms['onRefund'];
  minimum: number;
  shares: readonly CouponShare[];
}

/** What the goods of a use still cost before any coupon, when so many pieces of each line are left. */
function baseLeft(shares: readonly CouponShare[], left: ReadonlyMap<number, number>): number {
  return sum(shares.map(({ lineNo, base, quantity }) => scale(base, left.get(lineNo) ?? 0, quantity)));
}

function comesBack({ onRefund, minimum, shares }: StandingUse, left: ReadonlyMap<number, number>): boolean {
  if (onRefund === 'never') return false;
  const isAllBack = shares.every(({ lineNo, taken }) => taken === 0 || (left.get(lineNo) ?? 0) === 0);
  return isAllBack || (onRefund === 'minimum-missed' && baseLeft(shares, left) < minimum);
}

/**
 * Which coupons a refund gives back, by the terms of when they were issued and the prices that were booked.
 * @param left pieces of each line that the customer keeps after it
 */
export function couponsGivenBack(uses: readonly StandingUse[], left: ReadonlyMap<number, number>): number[] {
  return uses.filter((use) => comesBack(use, left)).map(({ couponId }) => couponId);
}
