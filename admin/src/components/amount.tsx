import { formatMoney, useCurrency } from './money';

/** An amount of minor units; below zero in the danger colour. */
export function Amount({ minor, currency }: { minor: number; currency?: string | undefined }) {
  const own = useCurrency();
  return (
    <span className="amount" style={minor < 0 ? { color: 'var(--ant-color-error)' } : undefined}>
      {formatMoney(minor, currency ?? own)}
    </span>
  );
}
