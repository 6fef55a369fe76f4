const formatters = new Map<string, Intl.NumberFormat>();

function formatterFor(currency: string): Intl.NumberFormat {
  const known = formatters.get(currency);
  if (known) return known;
  const made = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  formatters.set(currency, made);
  return made;
}

/** Minor units as people read them, e.g. `formatMinor(123456, 'CNY')` is `¥1,234.56`. @param currency ISO 4217 code */
export function formatMinor(amount: number, currency: string): string {
  const formatter = formatterFor(currency);
  return formatter.format(amount / 10 ** (formatter.resolvedOptions().maximumFractionDigits ?? 2));
}
