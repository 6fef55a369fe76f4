import type { Tier, TierPrice } from './tier';

function holds({ validFrom, validUntil }: TierPrice, instant: string): boolean {
  return (validFrom === null || validFrom <= instant) && (validUntil === null || validUntil > instant);
}

/** What a piece of an item costs a member of the tier by its price list; of several entries that hold the lowest. Null = it is not on it. */
export function tierPriceOf(
  { prices }: Pick<Tier, 'prices'>,
  itemId: string,
  { currency, now }: { currency: string; now: Date },
): number | null {
  const entries = prices.get(itemId);
  if (!entries) return null;
  const instant = now.toISOString();
  const holding = entries.filter((entry) => entry.currency === currency && holds(entry, instant));
  return holding.length > 0 ? Math.min(...holding.map(({ unitPrice }) => unitPrice)) : null;
}
