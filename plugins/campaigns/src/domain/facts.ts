import type { CouponTerms } from './terms';

/** A coupon at one moment, as `tessera.coupon_facts` answers. Instants ISO-8601 UTC. */
export interface CouponFacts {
  id: number;
  code: string;
  /** Whose it is; null = whoever has the code. */
  memberId: string | null;
  state: 'open' | 'used' | 'void';
  validFrom: string;
  /** The first instant at which it does not count any more; null = it stays. */
  validUntil: string | null;
  /** The till that holds it for its cart; null = nobody, or not any more. */
  heldBy: string | null;
  terms: CouponTerms;
}

/** How often coupons of a template were used: in all, by a member, in a period. Empty texts = all of them. */
export interface CouponUses {
  templateId: string;
  memberId: string;
  period: string;
  used: number;
}

/** Coupons that a transaction gave its member (negative: that a refund made void), as `tessera.coupons_of` answers. */
export interface MovedCoupons {
  label: { zh: string; en: string };
  quantity: number;
  validUntil: string | null;
}

/** Coupons that were given with a line of a sale, as `tessera.coupons_given` answers. */
export interface GivenOfLine {
  lineNo: number;
  /** Pieces of the line that were not taken back. */
  left: number;
  /** Unused coupons. */
  open: number;
}

export interface CouponHolding {
  /** Those whose codes were given, and those that the member has. */
  coupons: readonly CouponFacts[];
  uses: readonly CouponUses[];
}

/** The sale that a coupon is judged for. */
export interface CouponSale {
  storeId: string;
  tillId: string;
  currency: string;
  businessDay: string;
  /** Minutes since midnight on the store's clock. */
  minutes: number;
  memberId: string | null;
  now: Date;
  /** Prices before any coupon. */
  lines: readonly CouponLine[];
}

export interface CouponLine {
  lineNo: number;
  /** documentId of the product or service. */
  itemId: string;
  categoryId: string | null;
  quantity: number;
  amount: number;
}
