import { defineError, type TesseraError } from '@tessera/kernel/domain';
import type { GiftRefusal, RefusedGift } from './judge-gift';

/** What cannot change while the customer waits is 422, what others may have changed is 409. */
const MESSAGES: Record<GiftRefusal, [status: number, message: string]> = {
  gift_not_offered: [422, 'The gift is not offered any more'],
  gift_not_here: [422, 'The gift is not given in this store'],
  gift_not_now: [422, 'The gift is not given at this time'],
  gift_tier_too_low: [422, 'The gift is for members of a higher tier'],
  gift_limit_reached: [409, 'The member has had as many of this gift as he may'],
  gift_out_of_stock: [409, 'There is none of this gift left in the store'],
  points_not_enough: [409, 'The member has fewer points than the gift takes'],
};

/** The refusal with its reason as its code; details say by how much. */
export function giftRefused({ reason, ...details }: RefusedGift): TesseraError {
  const [status, message] = MESSAGES[reason];
  return defineError<Omit<RefusedGift, 'reason'>>(reason, status, message)(details);
}

export const giftPriceChanged = defineError<{ points: number }>(
  'gift_price_changed',
  409,
  ({ points }) => `The gift takes ${points} points now`,
);
export const giftReturned = defineError('gift_returned', 409, 'This gift was taken back already');
export const giftMemberNotActive = defineError('member_not_active', 422, 'The membership is not active');
export const giftStoreUnknown = defineError('unknown_store', 422, 'No such store, or it is closed');
export const giftTillUnknown = defineError('unknown_till', 422, 'No such till in this store, or it is switched off');
export const giftNeedsShift = defineError('shift_needed', 409, 'Open a shift at this till first');
export const giftNotCounted = defineError('gift_not_counted', 422, 'Stock of this gift is not counted');
export const giftStockTooLow = defineError(
  'gift_stock_too_low',
  409,
  'There is less of this gift in the store than is to be taken away',
);
