import type { Posting } from '@tessera/ledger/domain';

interface GiftPlace {
  storeId: string;
  /** Null: not at a till. */
  tillId: string | null;
}

export interface GiftMove extends GiftPlace {
  giftId: string;
  memberId: string;
  points: number;
  isCounted: boolean;
}

/** The account that has what a store holds of a gift; its unit is the gift. It has a floor of 0. */
export const GIFT_STOCK = 'gift-stock';

const stock = (
  account: string,
  { storeId, giftId }: Pick<GiftMove, 'storeId' | 'giftId'>,
  amount: number,
): Posting => ({
  ownerType: 'store',
  ownerId: storeId,
  account,
  unit: giftId,
  amount,
});

/** Points go from the member to the till (or the store), a piece goes the other way; `pieces` −1: all of it back. */
export function giftPostings(move: GiftMove, pieces: 1 | -1): Posting[] {
  const { memberId, storeId, tillId, points, isCounted } = move;
  const gifted = { account: 'points-gifted', unit: 'points', amount: pieces * points };
  return [
    { ownerType: 'member', ownerId: memberId, account: 'points', unit: 'points', amount: -pieces * points },
    tillId === null
      ? { ownerType: 'store', ownerId: storeId, ...gifted }
      : { ownerType: 'till', ownerId: tillId, ...gifted },
    ...(isCounted ? [stock(GIFT_STOCK, move, -pieces), stock('gifts-given', move, pieces)] : []),
  ];
}

/** Pieces come in, or a count says how many there really are. */
export function stockPostings(
  place: { storeId: string; giftId: string },
  kind: 'received' | 'corrected',
  quantity: number,
): Posting[] {
  return [stock(GIFT_STOCK, place, quantity), stock(`gifts-${kind}`, place, -quantity)];
}
