import { defineError, sum } from '@tessera/kernel/domain';
import type { PointsShare, PointsTerms } from './booking';
import { pointsWithin, worthOf } from './programme';

export const pointsAlreadySpent = defineError<{ missing: number }>(
  'points_already_spent',
  422,
  ({ missing }) => `The member has spent ${missing} of the points that this sale gave`,
);

/** What the member has of points when a sale is refunded, as `tessera.points_of_refund` answers. */
export interface RefundHolding {
  /** Whose the points are today: the sale's member, or whom he was merged into. */
  memberId: string;
  /** Left in the lots of the sale. */
  own: number;
  /** May be negative. */
  balance: number;
  /** Of the lots of the sale, expired and not yet set against a refund. */
  expired: number;
  /** Of what earlier refunds of the sale took back: withheld in money. */
  paidFor: number;
}

/** The money of a refund, in minor units. */
export interface RefundMoney {
  /** What goes back before anything is withheld. */
  due: number;
  /** What is withheld is a multiple of it: the smallest coin, or 1. */
  step: number;
}

export interface PointsOfRefund {
  /** Negative: what is taken back of the points earned, and given back of the points redeemed. */
  earned: number;
  redeemed: number;
  /** Of what is taken back: what had expired, so that nobody has it. */
  writtenOff: number;
  /** Of what is taken back: spent, and made good by money that is withheld. */
  paidFor: number;
  /** That money, in minor units. */
  withheld: number;
  shares: readonly PointsShare[];
  terms: PointsTerms;
  /** It is priced again when this does not hold any more at the moment of booking. */
  known: RefundHolding;
}

const negative = (amount: number): number => (amount === 0 ? 0 : -amount);

/**
 * What is withheld for points that were spent: their worth at the redeem rate of the sale, as running totals over its refunds, so that every
 * split withholds the same; never more than goes back. What less than a coin is worth is the member's.
 */
function withhold(missing: number, terms: PointsTerms, { paidFor: before }: RefundHolding, { due, step }: RefundMoney) {
  if (terms.whenSpent !== 'deduct' || terms.redeemValue <= 0) return { paidFor: 0, withheld: 0 };
  const valueOf = (points: number) => Math.floor(worthOf(points, terms) / step) * step;
  const most = due + valueOf(before);
  const isCovered = valueOf(before + missing) <= most;
  const paidFor = isCovered ? missing : Math.max(0, pointsWithin(most, terms) - before);
  return { paidFor, withheld: valueOf(before + paidFor) - valueOf(before) };
}

/**
 * What a refund does to points, by the terms of the sale: `shares` (negative) are the part of what it earned and redeemed. Points
 * that expired unused are not asked for again; for points that were spent, the terms say whether the member owes them, their
 * worth is withheld from the money (and he owes what that does not cover), or the goods are not taken back.
 * @throws points_already_spent (422)
 */
export function refundPoints(
  shares: readonly PointsShare[],
  terms: PointsTerms,
  holding: RefundHolding,
  money: RefundMoney,
): PointsOfRefund | null {
  const takeBack = -sum(shares.map((share) => share.earned));
  const giveBack = -sum(shares.map((share) => share.redeemed));
  if (takeBack === 0 && giveBack === 0) return null;
  const own = Math.min(takeBack, holding.own);
  const writtenOff = Math.min(takeBack - own, holding.expired);
  const others = Math.max(0, holding.balance + giveBack - own);
  const missing = Math.max(0, takeBack - own - writtenOff - others);
  if (missing > 0 && terms.whenSpent === 'refuse') throw pointsAlreadySpent({ missing });
  const settled = withhold(missing, terms, holding, money);
  return {
    earned: negative(takeBack),
    redeemed: negative(giveBack),
    writtenOff,
    ...settled,
    shares,
    terms,
    known: holding,
  };
}
