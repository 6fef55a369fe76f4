import { lotDates, type LotDates, type Validity } from './lot-dates';

/** Lots of what is given, not earned, have a rule that begins so; they count towards no cap. */
export const GIFT_RULE = 'gift:';

/**
 * When points that are given now count: at once, whatever earned ones wait for, and so many days; without a number as long as earned
 * ones, or for ever when there is no programme.
 */
export function giftDates(
  programme: Validity | null,
  days: number | null,
  at: { now: Date; timeZone: string },
): LotDates {
  if (days !== null) return lotDates({ pendingDays: 0, validity: 'days', validityLength: days }, at);
  return lotDates({ ...(programme ?? { validity: 'forever', validityLength: 0 }), pendingDays: 0 }, at);
}
