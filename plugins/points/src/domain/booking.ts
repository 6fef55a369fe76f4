import type { Posting } from '@tessera/ledger/domain';
import type { EarnedLot } from './earn';
import type { Programme } from './programme';
import type { RefundHolding } from './refund-points';

/** Of one line of a sale: what it earned, and how many points paid for it. Of a refund: negative. */
export interface PointsShare {
  lineNo: number;
  earned: number;
  redeemed: number;
}

/** What was agreed about points when a sale was booked; its refunds go by this, not by today's programme. */
export type PointsTerms = Pick<Programme, 'redeemPoints' | 'redeemValue' | 'whenSpent'>;

/** What `tessera.move_points(jsonb)` takes: see the top of its migration. */
export interface PointsMove {
  kind: 'sale' | 'refund';
  journalId: string;
  memberId: string;
  storeId: string;
  businessDay: string;
  occurredAt: string;
  earned: number;
  redeemed: number;
  shares: readonly PointsShare[];
  terms: PointsTerms;
  /** Of a sale: what it earned. */
  lots?: readonly Omit<EarnedLot, 'byLine' | 'isCapped'>[];
  /** Of a refund: the sale, what is written off or paid for, and what was known when it was priced. */
  refunds?: string;
  writtenOff?: number;
  paidFor?: number;
  known?: RefundHolding;
}

/** Postings of points, in the journal of the transaction: the till gives and takes back, the member has. */
export function pointsPostings(
  owner: { memberId: string; tillId: string },
  moved: { earned: number; redeemed: number },
): Posting[] {
  const { memberId, tillId } = owner;
  const pair = (account: string, amount: number): Posting[] =>
    amount === 0
      ? []
      : [
          { ownerType: 'member', ownerId: memberId, account: 'points', unit: 'points', amount },
          { ownerType: 'till', ownerId: tillId, account, unit: 'points', amount: -amount },
        ];
  return [...pair('points-redeemed', -moved.redeemed), ...pair('points-granted', moved.earned)];
}
