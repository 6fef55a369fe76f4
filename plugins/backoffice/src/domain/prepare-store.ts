import { defineError, isTimeZone } from '@tessera/kernel/domain';

export const invalidTimeZone = defineError<{ field: string }>(
  'invalid_time_zone',
  400,
  'That is not a time zone of the IANA list, like Asia/Shanghai',
);
export const invalidCurrency = defineError<{ field: string }>(
  'invalid_currency',
  400,
  'That is not a currency of ISO 4217, like CNY',
);

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Offsets such as `+08:00` are no zones: they know no summer time, and PostgreSQL reads their sign the other way round. */
function isNamedTimeZone(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Za-z]/.test(value) && isTimeZone(value);
}

/**
 * What is written of a store, unchanged: its business days and its money depend on both codes.
 * @throws invalid_time_zone, invalid_currency (400)
 */
export function prepareStore(data: Record<string, unknown>): Record<string, unknown> {
  const { timeZone, currency } = data;
  if (timeZone !== undefined && !isNamedTimeZone(timeZone)) throw invalidTimeZone({ field: 'timeZone' });
  const isCurrency = typeof currency === 'string' && CURRENCIES.has(currency);
  if (currency !== undefined && !isCurrency) throw invalidCurrency({ field: 'currency' });
  return data;
}
