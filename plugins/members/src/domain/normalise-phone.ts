import { defineError } from '@tessera/kernel/domain';
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** Never repeats the number: messages reach logs. */
export const invalidPhone = defineError<{ field: string }>('invalid_phone', 400, 'That is not a phone number');

// The full metadata: with the small one a mobile number of 12 digits passes.
const FIELD = { field: 'phone' };
const LONGEST = 40;

/**
 * A number as people write it → E.164, e.g. `138 1234 5678` → `+8613812345678`.
 * @param defaultCountry ISO 3166 code for numbers without a country, e.g. `CN`
 * @throws invalid_phone (400) for what cannot be dialled, and for a number with an extension
 */
export function normalisePhone(input: string, defaultCountry: string): string {
  const text = input.normalize('NFKC').trim();
  if (!isSupportedCountry(defaultCountry)) throw new RangeError(`unknown country ${defaultCountry}`);
  if (text.length > LONGEST) throw invalidPhone(FIELD);
  const phone = parsePhoneNumberFromString(text, { defaultCountry, extract: false });
  if (!phone?.isValid() || phone.ext) throw invalidPhone(FIELD);
  return phone.number;
}

/** The digits a member says at the counter. */
export function lastFourDigits(phone: string): string {
  return phone.slice(-4);
}
