/**
 * What other plugins may use of campaigns goes with their own statements: `tessera.coupon_facts(codes, member, now, offered)` in the
 * load of a sale, `tessera.use_coupons(jsonb)` (`CouponsMove`) after its journal was posted, `tessera.coupons_of_refund(sale)` in the
 * load of a refund. `tessera.coupon_template_terms(id)` (`TemplateTerms`) tells what a sale that gives coupons promises, `tessera.coupons_given(sale)`
 * what of them its refund voids, `tessera.coupons_of(transaction)` what became of them. Prices are made by `applyCoupons` and `offerCoupons` of the domain.
 */
export type { CouponHolding, CouponsMove, StandingUse } from './domain';
