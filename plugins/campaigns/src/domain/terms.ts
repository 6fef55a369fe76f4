import type { CalendarPeriod } from '@tessera/kernel/domain';

/** When a used coupon comes back: never, when all its goods are back, or as soon as what is left misses its minimum. */
export const ON_REFUND = ['never', 'all-returned', 'minimum-missed'] as const;

/** How often coupons of one template may be used; null = as often as one likes. */
export interface CouponLimits {
  total: number | null;
  perMember: number | null;
  period: CalendarPeriod;
  perPeriod: number | null;
  perMemberPerPeriod: number | null;
}

/** What a coupon promises: a template as it stood when the coupon was issued. Nothing changes it afterwards. Money in minor units. */
export interface CouponTerms {
  /** documentId of the template, its code and its names. */
  templateId: string;
  code: string;
  label: { zh: string; en: string };
  kind: string;
  args: unknown;
  currency: string;
  /** What its goods must cost together, before any coupon. */
  minimum: number;
  /** documentIds; both empty = everything. */
  goods: { items: readonly string[]; categories: readonly string[] };
  /** documentIds; empty = everywhere. */
  storeIds: readonly string[];
  /** 1 = Monday … 7 = Sunday, of the business day; empty = every day. */
  weekdays: readonly number[];
  /** `HH:MM` on the store's clock; equal or null = the whole day. May pass midnight. */
  hours: { from: string; until: string } | null;
  isCombinable: boolean;
  /** Two coupons of one group are not combined. */
  group: string | null;
  limits: CouponLimits;
  onRefund: (typeof ON_REFUND)[number];
}

/** A template as it stands: what coupons that are issued now promise, and when; as `tessera.coupon_template_terms` answers. */
export interface TemplateTerms {
  isActive: boolean;
  validFrom: string | null;
  validUntil: string | null;
  validDays: number | null;
  /** The clock that its days go by. */
  timeZone: string;
  terms: CouponTerms;
}
