import { scale } from '@tessera/kernel/domain';

/** Of what a line of a sale put on a card: how much of it there still is. */
export interface LotLeft {
  lineNo: number;
  principal: number;
  bonus: number;
  sessions: number;
}

/** What a refund of a card takes off it; positive. `known` is what it was priced upon: it is priced again when that has changed. */
export interface RefundedLot extends LotLeft {
  known: LotLeft;
}

/**
 * What taking back `quantity` of the `left` pieces of a line takes off its card: their part of what is left, so the last piece takes
 * all of it. Paid back is the unspent principal; bonus and sessions are void in the same proportion.
 */
export function refundLot(known: LotLeft, quantity: number, left: number): RefundedLot {
  const part = (amount: number) => scale(amount, quantity, left);
  return {
    lineNo: known.lineNo,
    principal: part(known.principal),
    bonus: part(known.bonus),
    sessions: part(known.sessions),
    known,
  };
}
