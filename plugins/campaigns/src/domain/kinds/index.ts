import { fixed } from './fixed';
import { freeItem } from './free-item';
import type { CouponKind } from './kind';
import { percent } from './percent';

/**
 * Every kind there is, in the order in which coupons of a cart take off: what is free first, a share of the rest, sums of money
 * last. A new kind is a file of its own and a line here (and an option of `kind` in the coupon template's schema).
 */
export const COUPON_KINDS: readonly CouponKind[] = [freeItem, percent, fixed];
