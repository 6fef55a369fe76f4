import { applyCoupons, savingOf, type CouponOutcome } from './apply-coupons';
import type { CouponFacts, CouponHolding, CouponSale } from './facts';
import { judgeCoupon, type Refused } from './judge-coupon';

/** A coupon that the member has and the cart does not: what it would save, or why it cannot be used. */
export interface CouponOffer {
  coupon: CouponFacts;
  /** By how much the cart would get cheaper with it; 0 = not at all, and `refused` says why. */
  saving: number;
  refused: Refused | null;
}

function offer(
  coupon: CouponFacts,
  codes: readonly string[],
  holding: CouponHolding,
  sale: CouponSale,
  now: number,
): CouponOffer {
  const refused = judgeCoupon(coupon, sale, holding.uses);
  if (refused) return { coupon, saving: 0, refused };
  const outcome = applyCoupons([...codes, coupon.code], holding, sale);
  const saving = savingOf(outcome) - now;
  if (saving > 0) return { coupon, saving, refused: null };
  const { code: _, ...why } = outcome.rejected.find(({ code }) => code === coupon.code) ?? {
    code: coupon.code,
    reason: 'coupon_nothing_left' as const,
  };
  return { coupon, saving: 0, refused: why };
}

/** The member's other coupons for this cart: best saving first, then those that cannot be used, each with the reason. */
export function offerCoupons(
  codes: readonly string[],
  holding: CouponHolding,
  sale: CouponSale,
  outcome: CouponOutcome,
): CouponOffer[] {
  const given = new Set(codes);
  const saved = savingOf(outcome);
  return holding.coupons
    .filter(({ code, memberId }) => memberId !== null && memberId === sale.memberId && !given.has(code))
    .map((coupon) => offer(coupon, codes, holding, sale, saved))
    .sort((a, b) => b.saving - a.saving || a.coupon.id - b.coupon.id);
}
