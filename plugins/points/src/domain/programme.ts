import { scaleDown } from '@tessera/kernel/domain';

export const VALIDITIES = ['forever', 'days', 'months', 'year-end'] as const;
/** What happens when earned points are taken back and the member has spent them: he owes them, gets less money back, or keeps the goods. */
export const WHEN_SPENT = ['debt', 'deduct', 'refuse'] as const;

/** The points programme of a shop, as its people have set it. Points are whole numbers, money is in minor units of `currency`. */
export interface Programme {
  code: string;
  currency: string;
  /** So many points … */
  redeemPoints: number;
  /** … take so much off a bill. */
  redeemValue: number;
  redeemMin: number;
  redeemStep: number;
  /** Basis points of the bill that points may pay. */
  redeemMaxShare: number;
  pendingDays: number;
  validity: (typeof VALIDITIES)[number];
  validityLength: number;
  /** Payment methods that earn. */
  earningTenders: string[];
  capPerSale: number | null;
  /** Per member and business day. */
  capPerDay: number | null;
  whenSpent: (typeof WHEN_SPENT)[number];
}

/** What points are worth was fixed when a sale was booked. */
export type PointsWorth = Pick<Programme, 'redeemPoints' | 'redeemValue'>;

/** What so many points take off a bill, in minor units; a part of a unit is the shop's. */
export function worthOf(points: number, { redeemPoints, redeemValue }: PointsWorth): number {
  return scaleDown(points, redeemValue, redeemPoints);
}

/** The most points whose worth is not above an amount. */
export function pointsWithin(amount: number, { redeemPoints, redeemValue }: PointsWorth): number {
  return scaleDown(amount, redeemPoints, redeemValue);
}
