import i18next from 'i18next';
import { useStore } from '../providers/me';

const formats = new Map<string, Intl.NumberFormat>();

function formatFor(currency: string): Intl.NumberFormat {
  const key = `${i18next.language} ${currency}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(i18next.language, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  });
  formats.set(key, made);
  return made;
}

/** Digits after the point: 2 for CNY, 0 for JPY. */
export function decimalsOf(currency: string): number {
  return formatFor(currency).resolvedOptions().maximumFractionDigits ?? 2;
}

/** `¥` for CNY. */
export function symbolOf(currency: string): string {
  return (
    formatFor(currency)
      .formatToParts(0)
      .find((part) => part.type === 'currency')?.value ?? currency
  );
}

/** Minor units → `¥1,234.50`; a minus stands in front. */
export function formatMoney(minor: number, currency: string): string {
  return formatFor(currency).format(minor / 10 ** decimalsOf(currency));
}

/** Basis points → `6 %` in the way of the language. */
export function formatRate(basisPoints: number): string {
  return new Intl.NumberFormat(i18next.language, { style: 'percent', maximumFractionDigits: 2 }).format(
    basisPoints / 10_000,
  );
}

/** The formats of one currency, for a screen that shows no other. */
export interface Money {
  currency: string;
  /** Decimal places of the currency. */
  decimals: number;
  /** Minor units → `¥1,234.50`. */
  format(minor: number): string;
  /** Minor units → what an amount field shows: `1234.50`. */
  plain(minor: number): string;
  /** Basis points → `12.5 %`. */
  percent(basisPoints: number): string;
}

/** All formats of `currency`, in the language of the moment. */
export function moneyIn(currency: string): Money {
  const decimals = decimalsOf(currency);
  return {
    currency,
    decimals,
    format: (minor) => formatMoney(minor, currency),
    plain: (minor) => (minor / 10 ** decimals).toFixed(decimals),
    percent: formatRate,
  };
}

/** Currency of the store one works in. */
export function useCurrency(): string {
  return useStore()?.currency ?? 'CNY';
}
