import { defineError } from '@tessera/kernel/domain';

/** Wrong tries in a row before nobody may try again for a while. */
export const PIN_TRIES = 5;
export const PIN_PAUSE_MINUTES = 15;

export const paymentPinNeeded = defineError<{ from: number }>(
  'payment_pin_needed',
  422,
  ({ from }) => `From ${from} on stored value is paid with the member's PIN`,
);
export const paymentPinNotSet = defineError(
  'payment_pin_not_set',
  409,
  'So much stored value is paid with a PIN, and the member has none yet: set one at the counter',
);
/** `left`: tries before it is locked. */
export const paymentPinWrong = defineError<{ left: number }>(
  'payment_pin_wrong',
  403,
  ({ left }) => `The PIN is wrong; ${left} tries are left`,
);
export const paymentPinLocked = defineError<{ until: string }>(
  'payment_pin_locked',
  409,
  ({ until }) => `Too many wrong PINs: try again after ${until}, or set a new one`,
);

/** Does so much stored value need the member's PIN? @param from of the store, in minor units; null = never */
export const needsPaymentPin = (value: number, from: number | null): boolean =>
  from !== null && value > 0 && value >= from;
