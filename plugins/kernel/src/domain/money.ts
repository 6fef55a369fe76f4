/**
 * Amounts are integers in minor units (¥1.23 = 123) and must stay safe integers.
 * Rates and percentages are integers in basis points (10 % = 1000).
 */
export type Minor = number;
export type BasisPoints = number;

export const BASIS_POINTS = 10_000;

/** True for an integer that can be added to another one without losing a unit. */
export function isMinor(value: unknown): value is Minor {
  return Number.isSafeInteger(value);
}

/** Integer product that refuses to leave the safe range. @throws RangeError */
export function multiply(amount: Minor, quantity: number): Minor {
  const product = amount * quantity;
  if (!Number.isSafeInteger(product)) throw new RangeError('amount leaves the safe integer range');
  return product;
}

/** Sum that refuses to leave the safe range. @throws RangeError */
export function sum(amounts: readonly Minor[]): Minor {
  let total = 0;
  for (const amount of amounts) {
    total += amount;
    if (!Number.isSafeInteger(total)) throw new RangeError('amount leaves the safe integer range');
  }
  return total;
}

/**
 * `amount × numerator ÷ denominator`, rounded half away from zero, exact for any safe operands
 * (BigInt inside: the product may exceed 2^53 though the result does not).
 */
export function scale(amount: Minor, numerator: number, denominator: number): Minor {
  if (denominator <= 0) throw new RangeError('denominator must be positive');
  const product = BigInt(amount) * BigInt(numerator);
  const divisor = BigInt(denominator);
  const magnitude = product < 0n ? -product : product;
  const rounded = (magnitude * 2n + divisor) / (divisor * 2n);
  const result = Number(product < 0n ? -rounded : rounded);
  if (!Number.isSafeInteger(result)) throw new RangeError('amount leaves the safe integer range');
  return result === 0 ? 0 : result;
}

/** `amount × numerator ÷ denominator` of amounts that are not negative, rounded down, exact for any safe operands. @throws RangeError */
export function scaleDown(amount: Minor, numerator: number, denominator: number): Minor {
  if (denominator <= 0 || amount < 0 || numerator < 0) throw new RangeError('only amounts that are not negative');
  const result = Number((BigInt(amount) * BigInt(numerator)) / BigInt(denominator));
  if (!Number.isSafeInteger(result)) throw new RangeError('amount leaves the safe integer range');
  return result;
}

/** Share of an amount: `percentOf(2500, 1000)` is 10 % of ¥25.00 = 250. */
export function percentOf(amount: Minor, rate: BasisPoints): Minor {
  return scale(amount, rate, BASIS_POINTS);
}

/** The tax contained in a tax-inclusive amount: `gross × rate ÷ (1 + rate)`. */
export function taxIncluded(gross: Minor, rate: BasisPoints): Minor {
  return scale(gross, rate, BASIS_POINTS + rate);
}

/** Nearest multiple of `increment` (Swedish rounding for cash), halves away from zero. */
export function roundToIncrement(amount: Minor, increment: Minor): Minor {
  if (increment <= 1) return amount;
  return multiply(scale(amount, 1, increment), increment);
}

/**
 * Splits `amount` by `weights` so that the shares sum to it exactly (largest remainder, earlier index first on a tie).
 * All-zero weights share evenly. Negative amounts mirror positive ones. @throws RangeError on a negative weight.
 */
export function prorate(amount: Minor, weights: readonly number[]): Minor[] {
  if (weights.length === 0) return [];
  if (weights.some((weight) => weight < 0 || !Number.isSafeInteger(weight))) {
    throw new RangeError('weights must be non-negative integers');
  }
  if (amount < 0) return prorate(-amount, weights).map((share) => (share === 0 ? 0 : -share));
  const given = weights.map(BigInt);
  const givenTotal = given.reduce((total, weight) => total + weight, 0n);
  const parts = givenTotal === 0n ? weights.map(() => 1n) : given;
  const total = givenTotal === 0n ? BigInt(weights.length) : givenTotal;
  const shares = parts.map((part) => (BigInt(amount) * part) / total);
  const remainders = parts.map((part, index) => ({ index, rest: (BigInt(amount) * part) % total }));
  let left = amount - Number(shares.reduce((acc, share) => acc + share, 0n));
  remainders.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  const result = shares.map(Number);
  for (const { index } of remainders) {
    if (left === 0) break;
    result[index] = (result[index] ?? 0) + 1;
    left -= 1;
  }
  return result;
}
