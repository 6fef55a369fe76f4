import {
  applyCoupons,
  maskedCouponCode,
  normalCouponCode,
  offerCoupons,
  type AppliedCoupon,
  type CouponOffer,
  type CouponSale,
} from '@tessera/campaigns/domain';
import { businessDayOf, minutesOfDay } from '@tessera/kernel/domain';
import type { Quote } from '../../contracts';
import type { OpenLine, Pricing, PricingContext, PricingStep } from './pricing';

/** Codes of a cart as they are stored. */
export function couponCodesOf({ coupons = [] }: { coupons?: readonly string[] | undefined }): string[] {
  return [...new Set(coupons.map(normalCouponCode).filter(Boolean))];
}

function saleOf(lines: Pricing['lines'], { cart, facts, store, member, now }: PricingContext): CouponSale {
  return {
    storeId: store.id,
    tillId: cart.tillId,
    currency: store.currency,
    businessDay: businessDayOf(now, store.timeZone, store.dayCutoff),
    minutes: minutesOfDay(now, store.timeZone),
    memberId: member?.id ?? null,
    now,
    lines: lines.map(({ lineNo, itemId, sku, quantity, amount }) => ({
      lineNo,
      itemId,
      categoryId: facts.categories?.[sku] ?? null,
      quantity,
      amount,
    })),
  };
}

/** The bill shows enough of a code to recognise the coupon by, for it may come back. */
function takeOffLine(line: OpenLine, { coupon, shares }: AppliedCoupon): OpenLine {
  const taken = shares.find(({ lineNo }) => lineNo === line.lineNo)?.taken ?? 0;
  if (taken === 0) return line;
  const { code, label } = coupon.terms;
  const adjustment = { source: 'coupon' as const, code, label, amount: -taken, reason: maskedCouponCode(coupon.code) };
  return { ...line, adjustments: [...line.adjustments, adjustment], amount: line.amount - taken };
}

function toOffer({ coupon, saving, refused }: CouponOffer): Quote['couponOffers'][number] {
  const { code, validUntil, terms } = coupon;
  return { code, label: terms.label, validUntil, saving, ...refused, reason: refused?.reason ?? null };
}

/** What the coupons take off; each that does not apply is named with the condition that failed. */
export const coupons: PricingStep = (pricing, context) => {
  const codes = couponCodesOf(context.cart);
  const holding = context.facts.coupons ?? { coupons: [], uses: [] };
  if (codes.length === 0 && holding.coupons.length === 0) return pricing;
  const sale = saleOf(pricing.lines, context);
  const outcome = applyCoupons(codes, holding, sale);
  const lines = outcome.applied.reduce<readonly OpenLine[]>(
    (left, applied) => left.map((line) => takeOffLine(line, applied)),
    pricing.lines,
  );
  return {
    ...pricing,
    lines,
    coupons: outcome.applied,
    couponOffers: offerCoupons(codes, holding, sale, outcome).map(toOffer),
    rejected: [...pricing.rejected, ...outcome.rejected],
  };
};
