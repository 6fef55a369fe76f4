import { defineError, scale } from '@tessera/kernel/domain';
import type { LotKind } from './plan';

export const cardNotRefundable = defineError<{ lineNo: number }>(
  'card_not_refundable',
  422,
  'By the terms under which it was sold nothing is paid back once it was used',
);

/** Of what a line of a sale put on a card: how much of it there still is. */
export interface LotLeft {
  lineNo: number;
  /** Of a package, which of its parts. */
  part: number;
  kind: LotKind;
  principal: number;
  bonus: number;
  sessions: number;
  /** By the terms under which it was sold. */
  isRefundable: boolean;
}

/** What a refund of a card takes off it; positive. `known` is what it was priced upon: it is priced again when that has changed. */
export interface RefundedLot extends Omit<LotLeft, 'isRefundable'> {
  known: LotLeft;
  /** Of the pieces that were left, so many: what of a bonus is still to come is void in the same proportion. */
  quantity: number;
  left: number;
}

/**
 * What taking back `quantity` of the `left` pieces of a line takes off its card: their part of what is left, so the last piece takes
 * all of it. Paid back is the unspent principal; bonus and sessions are void in the same proportion.
 * @throws card_not_refundable (422)
 */
export function refundLot(known: LotLeft, quantity: number, left: number): RefundedLot {
  const { lineNo, part, kind } = known;
  if (!known.isRefundable) throw cardNotRefundable({ lineNo });
  const share = (amount: number) => scale(amount, quantity, left);
  return {
    lineNo,
    part,
    kind,
    principal: share(known.principal),
    bonus: share(known.bonus),
    sessions: share(known.sessions),
    known,
    quantity,
    left,
  };
}
