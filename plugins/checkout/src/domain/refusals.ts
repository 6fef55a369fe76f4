import { defineError } from '@tessera/kernel/domain';
import type { Quote } from '../contracts';

/** Why a cart cannot be priced or a sale not booked. All of them leave nothing written. */
export const unknownStore = defineError('unknown_store', 422, 'No such store, or it is closed');
export const unknownTill = defineError('unknown_till', 422, 'No such till in this store, or it is switched off');
export const unknownSku = defineError<{ lineNo: number; sku: string }>(
  'unknown_sku',
  422,
  ({ sku }) => `No item has the number ${sku}`,
);
export const inactiveItem = defineError<{ lineNo: number; sku: string }>(
  'inactive_item',
  422,
  ({ sku }) => `${sku} is not for sale`,
);
export const unknownMember = defineError('unknown_member', 422, 'No such member');
export const memberNotActive = defineError<{ status: string }>(
  'member_not_active',
  422,
  ({ status }) => `The membership is ${status}`,
);
export const unknownStaff = defineError<{ lineNo: number; staffId: string }>(
  'unknown_staff',
  422,
  ({ staffId }) => `Nobody on the staff here is ${staffId}`,
);
export const amountTooLarge = defineError<{ lineNo?: number }>(
  'amount_too_large',
  422,
  'The amount is more than one sale can hold',
);
export const discountTooLarge = defineError<{ discount: number; subtotal: number }>(
  'discount_too_large',
  422,
  'The discount is more than the cart costs',
);
export const tendersMismatch = defineError<{ due: number; tendered: number }>(
  'tenders_mismatch',
  422,
  ({ due, tendered }) => `${due} is to be paid, the tenders add up to ${tendered}`,
);
export const receivedTooLittle = defineError<{ amount: number; received: number }>(
  'received_too_little',
  422,
  'Less cash was handed over than it is to pay for',
);
export const receivedNotCash = defineError<{ method: string }>(
  'received_not_cash',
  422,
  ({ method }) => `Only cash has change, ${method} has not`,
);
export const pointsNotRedeemable = defineError<{ reason: string }>(
  'points_not_redeemable',
  422,
  ({ reason }) => `These points cannot be redeemed on this bill: ${reason}`,
);
export const couponNotUsable = defineError<Quote['rejected'][number]>(
  'coupon_not_usable',
  409,
  ({ code, reason }) => `The coupon ${code} cannot be used on this sale: ${reason}`,
);
export const cardsBusy = defineError(
  'cards_busy',
  409,
  "Others are paying with the same member's cards at this moment: try again",
);
export const cardBonusNotGiven = defineError<{ lineNo: number; reason: 'no-programme' | 'coupon-over' }>(
  'card_bonus_not_given',
  422,
  'What comes with this card is not given at present: its plan has to be changed first',
);
export const unknownHeldCart = defineError('unknown_held_cart', 422, 'No such held cart in this store');
export const heldCartGone = defineError(
  'held_cart_gone',
  409,
  'The held cart was resumed, sold or thrown away meanwhile',
);
export const unknownRefundLine = defineError<{ lineNo?: number; lineId?: string }>(
  'unknown_refund_line',
  422,
  ({ lineNo, lineId }) => `The sale has no line ${lineNo ?? lineId}`,
);
export const refundTooMany = defineError<{ lineNo: number; wanted: number; left: number }>(
  'refund_too_many',
  422,
  ({ wanted, left }) => `${left} can still be taken back, not ${wanted}`,
);
export const nothingToRefund = defineError('nothing_to_refund', 422, 'Say what is to be taken back');
export const notRefundable = defineError('not_refundable', 422, 'Only a sale can be refunded');
export const voidTooLate = defineError<{ businessDay: string; today: string }>(
  'void_too_late',
  422,
  ({ businessDay }) => `The sale belongs to ${businessDay}: from the next business day on it is refunded, not voided`,
);
export const voidAfterRefund = defineError(
  'void_after_refund',
  422,
  'A part of the sale has been taken back: refund what is left',
);
export const refundTendersMismatch = defineError<{ due: number; tendered: number }>(
  'refund_tenders_mismatch',
  422,
  ({ due, tendered }) => `${due} goes back, the tenders add up to ${tendered}`,
);
export const refundTooMuchByTender = defineError<{ method: string; wanted: number; left: number }>(
  'refund_too_much_by_tender',
  422,
  ({ method, left }) => `By ${method} only ${left} can go back`,
);
export const refundRaced = defineError(
  'refund_raced',
  409,
  'Others are refunding the same sale at this moment: try again',
);
export const exchangeElsewhere = defineError(
  'exchange_elsewhere',
  422,
  'Goods are exchanged in the store that sold them',
);
export const exchangeRaced = defineError(
  'exchange_raced',
  409,
  'Others are changing what this exchange depends on at this moment: try again',
);
export const shiftNeeded = defineError(
  'shift_needed',
  409,
  'This store sells within a shift only, and none is open at the till',
);
