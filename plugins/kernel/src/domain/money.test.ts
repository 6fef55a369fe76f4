import fc from 'fast-check';
import { multiply, percentOf, prorate, roundToIncrement, scale, sum, taxIncluded } from './money';

const amount = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });
const weights = fc.array(fc.integer({ min: 0, max: 1_000_000_000 }), { minLength: 1, maxLength: 30 });

test.each([
  // amount, basis points, share
  [2500, 1000, 250],
  [999, 1500, 150],
  [-999, 1500, -150],
  [1, 5000, 1],
  [-1, 5000, -1],
  [1, 4999, 0],
  [0, 10_000, 0],
])('%i at %i basis points is %i, halves away from zero', (whole, rate, share) => {
  expect(percentOf(whole, rate)).toBe(share);
});

test.each([
  [10_600, 600, 600],
  [1, 600, 0],
  [11_300, 1300, 1300],
  [-10_600, 600, -600],
])('a price of %i at %i basis points contains %i of tax', (gross, rate, tax) => {
  expect(taxIncluded(gross, rate)).toBe(tax);
});

test.each([
  [1_234, 10, 1_230],
  [1_235, 10, 1_240],
  [-1_235, 10, -1_240],
  [1_234, 1, 1_234],
  [1_249, 50, 1_250],
])('%i rounded to %i is %i', (exact, increment, rounded) => {
  expect(roundToIncrement(exact, increment)).toBe(rounded);
});

test('shares add up to the amount, whatever the weights', () => {
  fc.assert(fc.property(amount, weights, (whole, parts) => sum(prorate(whole, parts)) === whole));
});

test('no share is further than one unit from its exact part', () => {
  fc.assert(
    fc.property(amount, weights, (whole, parts) => {
      const total = parts.reduce((all, part) => all + part, 0);
      fc.pre(total > 0);
      return prorate(whole, parts).every(
        (share, index) => Math.abs(share - (whole * (parts[index] ?? 0)) / total) < 1.01,
      );
    }),
  );
});

test('a larger weight never gets a smaller share', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), weights, (whole, parts) => {
      const shares = prorate(whole, parts);
      return parts.every((part, i) => parts.every((other, j) => part <= other || (shares[i] ?? 0) >= (shares[j] ?? 0)));
    }),
  );
});

test('weights of zero share evenly, the earlier ones first', () => {
  expect(prorate(5, [0, 0, 0])).toEqual([2, 2, 1]);
  expect(prorate(-5, [0, 0, 0])).toEqual([-2, -2, -1]);
});

test('a negative or broken weight is refused', () => {
  expect(() => prorate(1, [1, -1])).toThrow(RangeError);
  expect(() => prorate(1, [0.5])).toThrow(RangeError);
});

test('scaling agrees with exact arithmetic', () => {
  const safe = fc.integer({ min: -100_000_000_000, max: 100_000_000_000 });
  fc.assert(
    fc.property(safe, fc.nat(20_000), fc.integer({ min: 1, max: 20_000 }), (whole, numerator, denominator) => {
      const doubled = 2n * BigInt(scale(whole, numerator, denominator)) * BigInt(denominator);
      const difference = doubled - 2n * BigInt(whole) * BigInt(numerator);
      return (difference < 0n ? -difference : difference) <= BigInt(denominator);
    }),
  );
});

test('what leaves the safe integers is refused, not rounded', () => {
  expect(() => multiply(Number.MAX_SAFE_INTEGER, 2)).toThrow(RangeError);
  expect(() => sum([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError);
  expect(() => scale(Number.MAX_SAFE_INTEGER, 3, 2)).toThrow(RangeError);
});
