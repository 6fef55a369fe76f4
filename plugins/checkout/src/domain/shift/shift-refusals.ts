import { defineError } from '@tessera/kernel/domain';
import type { ShiftTender } from './shift-contracts';

/** Why a shift cannot be opened, changed or closed. */
export const shiftAlreadyOpen = defineError<{ shiftId: string }>(
  'shift_already_open',
  409,
  'A shift is open at this till: take it over or close it',
);
export const shiftClosed = defineError('shift_closed', 409, 'The shift is closed: nothing joins it any more');
export const alreadyHolder = defineError('already_holder', 409, 'The shift is yours already');
export const unknownDenomination = defineError<{ value: number; form: string }>(
  'unknown_denomination',
  422,
  ({ value, form }) => `There is no ${form} of ${value} in this currency`,
);
export const countTooLarge = defineError('count_too_large', 422, 'That is more cash than a drawer holds');
/** Tells what should be there, because the count is in by then. */
export const differenceReasonNeeded = defineError<{
  tenders: Pick<ShiftTender, 'method' | 'expected' | 'counted' | 'difference'>[];
}>('difference_reason_needed', 422, 'What was counted is not what should be there: say why');
