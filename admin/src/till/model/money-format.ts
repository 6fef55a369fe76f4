export interface Money {
  currency: string;
  /** Decimal places of the currency. */
  decimals: number;
  /** Minor units → `¥1,234.50`, the minus in front. */
  format(amount: number): string;
  /** Minor units → what an amount field shows: `1234.50`. */
  plain(amount: number): string;
  /** Basis points → `12.5 %`. */
  percent(rate: number): string;
}

/** Money and percentages of one store in one language. */
export function moneyIn(currency: string, language: string): Money {
  const options = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const;
  const formatter = new Intl.NumberFormat(language, options);
  const decimals = formatter.resolvedOptions().maximumFractionDigits ?? 2;
  const unit = 10 ** decimals;
  const percentFormatter = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 });
  return {
    currency,
    decimals,
    format: (amount) => formatter.format(amount / unit),
    plain: (amount) => (amount / unit).toFixed(decimals),
    percent: (rate) => percentFormatter.format(rate / 10_000),
  };
}
