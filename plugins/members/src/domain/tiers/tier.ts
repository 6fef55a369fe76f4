import type { Label } from './label';

export const TIER_PERIODS = ['days', 'calendar-year'] as const;
/** When a member falls who does not reach his tier any more: after the days of grace, or not before the end of next year. */
export const TIER_REVIEWS = ['daily', 'year-end'] as const;

/** What a tier gives for a birthday: points, a coupon, or both. */
export interface BirthdayGift {
  /** 0 = none. */
  points: number;
  /** So many days they last; null = as long as earned ones. */
  pointsDays: number | null;
  /** documentId of the template; null = no coupon. */
  couponTemplateId: string | null;
  daysBefore: number;
}

/** What an item costs members of a tier. */
export interface TierPrice {
  /** documentId of the product or service. */
  itemId: string;
  /** Of one piece, in minor units of `currency`; it holds only in stores of that currency. */
  unitPrice: number;
  currency: string;
  /** Null: from the beginning, or without an end. */
  validFrom: string | null;
  /** The first instant at which it does not hold. */
  validUntil: string | null;
}

/** A level of membership, as people have set it: how it is reached, how long it holds, what it gives. */
export interface Tier {
  /** documentId. */
  id: string;
  code: string;
  label: Label;
  /** Higher is better; no two are alike. */
  rank: number;
  /** `#RRGGBB` */
  colour: string;
  /** Of `spendFrom` and `topUpFrom`; only what was paid in it counts. */
  currency: string;
  /** Reached with any of these in one period; null = not by that. None at all: given by hand only. Money in minor units. */
  spendFrom: number | null;
  pointsFrom: number | null;
  visitsFrom: number | null;
  topUpFrom: number | null;
  period: (typeof TIER_PERIODS)[number];
  /** Length of a rolling period, the day itself included. */
  periodDays: number;
  review: (typeof TIER_REVIEWS)[number];
  graceDays: number;
  /** Basis points off the list price; 0 = none. */
  discountRate: number;
  /** documentIds of the categories whose goods it takes that off; none = all goods. */
  categoryIds: readonly string[];
  birthdayGift: BirthdayGift | null;
  /** Its price list, by item. */
  prices: ReadonlyMap<string, readonly TierPrice[]>;
}

/**
 * What a member did on one business day in one currency; what was taken back is not in it. Money in minor units; `toppedUp` left out:
 * nothing.
 */
export type MemberDay = readonly [
  businessDay: string,
  currency: string,
  spend: number,
  points: number,
  toppedUp?: number,
];

/** What is known of a member's tier, as `tessera.tier_facts` answers. */
export interface TierHolding {
  /** Of the tiers it is judged by. */
  version: number;
  /** The newest entry of the member's history; null = there is none. */
  recorded: { id: number; tier: string | null } | null;
  /** What was given by hand and not taken away again; `until` is the first instant at which it does not hold. */
  given: { tier: string; until: string | null } | null;
  /** As far back as the tiers look. */
  days: readonly MemberDay[];
}
