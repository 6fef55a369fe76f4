/** ¥1,000,000,000.00: as in the contract. */
const MOST = 100_000_000_000;

/**
 * What a person typed as money → minor units; `12.5`, `12,50`, `１２．５` and `1,234.50` are understood.
 * Null for anything that is not an amount with at most `decimals` places.
 */
export function parseAmount(text: string, decimals: number): number | null {
  const plain = text.normalize('NFKC').replace(/[\s¥$€£]/g, '');
  const grouped = plain.replace(/,(?=\d{3}(\D|$))/g, '').replace(',', '.');
  const match = /^(\d{0,12})(?:\.(\d*))?$/.exec(grouped);
  if (!match || grouped === '' || grouped === '.') return null;
  const fraction = match[2] ?? '';
  if (fraction.length > decimals) return null;
  const minor = Number(`${match[1] ?? ''}${fraction.padEnd(decimals, '0')}` || '0');
  return Number.isSafeInteger(minor) && minor <= MOST ? minor : null;
}

/** Typed percentage → basis points (`7.5` → 750); null outside 0.01–100. */
export function parsePercent(text: string): number | null {
  const basisPoints = parseAmount(text.replace('%', ''), 2);
  return basisPoints !== null && basisPoints >= 1 && basisPoints <= 10_000 ? basisPoints : null;
}
