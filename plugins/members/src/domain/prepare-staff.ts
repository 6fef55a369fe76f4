import { invalidPhone, normalisePhone } from './normalise-phone';

/**
 * What is about to be written of a staff profile, its phone in E.164 as a member's is.
 * @param defaultCountry ISO 3166 code for a number without a country
 * @throws invalid_phone (400)
 */
export function prepareStaff(data: Record<string, unknown>, defaultCountry: string): Record<string, unknown> {
  const { phone } = data;
  if (phone === undefined) return data;
  if (phone === null || phone === '') return { ...data, phone: null };
  if (typeof phone !== 'string') throw invalidPhone({ field: 'phone' });
  return { ...data, phone: normalisePhone(phone, defaultCountry) };
}
