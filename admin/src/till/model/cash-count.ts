import type { Denomination, Pieces } from '@tessera/checkout/contracts';
import { sum } from '@tessera/kernel/domain';
import { parseAmount } from './parse-amount';

/** What is typed into the fields of a count: per coin and note how many, as text. */
export type CountTexts = Readonly<Record<string, string>>;

/** The field for the whole sum, where the currency has no list of coins and notes. */
export const WHOLE = 'whole';

export function denominationKey({ form, value }: Denomination): string {
  return `${form}-${value}`;
}

const MOST_PIECES = 100_000;

/** How many were typed; nothing = none; null for what is no number of pieces. */
export function parsePieces(text: string): number | null {
  const plain = text.normalize('NFKC').trim();
  if (plain === '') return 0;
  const count = /^\d{1,6}$/.test(plain) ? Number(plain) : NaN;
  return count <= MOST_PIECES ? count : null;
}

/** The count as the server takes it, or null while a field holds no number. */
export function toPieces(texts: CountTexts, known: readonly Denomination[], decimals: number): Pieces[] | null {
  if (known.length === 0) {
    const text = texts[WHOLE] ?? '';
    const amount = text.trim() === '' ? 0 : parseAmount(text, decimals);
    if (amount === null) return null;
    return amount === 0 ? [] : [{ value: amount, form: 'note', count: 1 }];
  }
  const pieces = known.map(({ value, form }) => ({
    value,
    form,
    count: parsePieces(texts[denominationKey({ value, form })] ?? ''),
  }));
  if (pieces.some(({ count }) => count === null)) return null;
  return pieces.filter((one): one is Pieces => one.count !== null && one.count > 0);
}

/** What the pieces are worth together. */
export function worthOf(pieces: readonly Pieces[]): number {
  return sum(pieces.map(({ value, count }) => value * count));
}
