interface Formatter {
  format(amount: number): string;
  /** Minor units in a major one. */
  scale: number;
}

const formatters = new Map<string, Formatter>();

/** Asking a formatter for its decimals costs as much as formatting, so both are kept. */
function formatterFor(currency: string): Formatter {
  const known = formatters.get(currency);
  if (known) return known;
  const number = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  const scale = 10 ** (number.resolvedOptions().maximumFractionDigits ?? 2);
  const made = { format: (amount: number) => number.format(amount), scale };
  formatters.set(currency, made);
  return made;
}

/** Minor units as people read them, e.g. `formatMinor(123456, 'CNY')` is `¥1,234.56`. @param currency ISO 4217 code */
export function formatMinor(amount: number, currency: string): string {
  const { format, scale } = formatterFor(currency);
  return format(amount / scale);
}
