import { sum } from '@tessera/kernel/domain';
import { MAX_CASH, type Denomination, type Pieces } from './shift-contracts';
import { countTooLarge, unknownDenomination } from './shift-refusals';

/** What the pieces are worth together. */
export function worthOf(pieces: readonly Pieces[]): number {
  return sum(pieces.map(({ value, count }) => value * count));
}

const nameOf = ({ value, form }: Denomination): string => `${form} ${value}`;

/**
 * A count as it is kept: each denomination once, in the order of `known`, without those that are not there.
 * @param known of the currency; empty: a currency we have no list of, whatever is given is taken
 * @throws unknown_denomination, count_too_large (422)
 */
export function countCash(given: readonly Pieces[], known: readonly Denomination[]): Pieces[] {
  const stranger = given.find((pieces) => known.length > 0 && !known.some((one) => nameOf(one) === nameOf(pieces)));
  if (stranger) throw unknownDenomination({ value: stranger.value, form: stranger.form });
  const counts = new Map<string, Pieces>();
  for (const { value, form } of known.length > 0 ? known : given)
    counts.set(nameOf({ value, form }), { value, form, count: 0 });
  for (const pieces of given) {
    const counted = counts.get(nameOf(pieces));
    if (counted) counted.count += pieces.count;
  }
  const kept = [...counts.values()].filter(({ count }) => count > 0);
  if (worthOf(kept) > MAX_CASH) throw countTooLarge(undefined);
  return kept;
}
