/** What an earn rule may look at: one sale, as it was paid. Money in minor units. */
export interface EarningSale {
  lines: readonly EarningLine[];
  /** What counting payments paid of the bill: `Σ lines.counted`. */
  counted: number;
  /** What counting payments paid for stored value: `Σ lines.toppedUp`. */
  toppedUp: number;
  member: EarningMember;
  /** Store time. */
  moment: EarningMoment;
}

export interface EarningLine {
  sku: string;
  categoryId: string | null;
  quantity: number;
  /** What counting payments paid of this line; of a card nothing. */
  counted: number;
  /** What counting payments paid for the stored value that this line sells. */
  toppedUp: number;
}

export interface EarningMember {
  /** 1–12; null = not known. */
  birthMonth: number | null;
  /** Never bought anything before. */
  isFirstPurchase: boolean;
  /** Code of the tier; null = none. */
  tier: string | null;
}

export interface EarningMoment {
  businessDay: string;
  /** 1 = Monday … 7 = Sunday, of the business day. */
  weekday: number;
  /** 1–12, of the business day. */
  month: number;
  /** Minutes since midnight on the clock. */
  minutes: number;
}

/**
 * What a rule gives. `points` are what multipliers multiply, `gift` is not; both are shared among the lines by `weights`, so
 * that a refund takes back what its goods have earned. `multiplier` is in basis points: 20 000 = twice as many.
 */
export type EarnEffect =
  | { kind: 'points' | 'gift'; points: number; weights: readonly number[] }
  | { kind: 'multiplier'; basisPoints: number };
