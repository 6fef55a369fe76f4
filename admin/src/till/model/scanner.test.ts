import fc from 'fast-check';
import { MAX_GAP_MS, MIN_LENGTH, nextKey, NO_BURST, withoutBurst } from './scanner';

/** Types `text` with these pauses, then Enter; returns what the scanner rule took it for. */
function type(text: string, gapMs: number): string | null {
  let burst = NO_BURST;
  let at = 1_000;
  for (const key of text) {
    burst = nextKey(burst, { key, at }).burst;
    at += gapMs;
  }
  return nextKey(burst, { key: 'Enter', at }).scanned;
}

const codes = fc.stringMatching(/^[A-Za-z0-9-]{4,20}$/);

test('keys in a burst that ends with Enter are a barcode', () => {
  fc.assert(fc.property(codes, fc.integer({ min: 1, max: MAX_GAP_MS }), (code, gap) => type(code, gap) === code));
});

test('what a person types is never taken for a barcode', () => {
  fc.assert(
    fc.property(codes, fc.integer({ min: MAX_GAP_MS + 1, max: 2_000 }), (code, gap) => type(code, gap) === null),
  );
});

test('a quantity typed quickly is too short for a barcode', () => {
  expect(type('12', 5)).toBeNull();
  expect(MIN_LENGTH).toBeGreaterThan(3);
});

test('typing before the scan is no part of the barcode', () => {
  let burst = nextKey(NO_BURST, { key: 'a', at: 0 }).burst;
  for (const [index, key] of [...'690123'].entries()) burst = nextKey(burst, { key, at: 500 + index * 5 }).burst;
  expect(nextKey(burst, { key: 'Enter', at: 535 }).scanned).toBe('690123');
});

test('Shift within a burst belongs to the scanner, Ctrl ends it', () => {
  const start = { text: 'AB1', lastAt: 10 };
  expect(nextKey(start, { key: 'Shift', at: 12 }).burst).toBe(start);
  expect(nextKey(start, { key: 'v', at: 12, hasModifier: true }).burst).toBe(NO_BURST);
});

test('only the barcode is taken out of a field', () => {
  expect(withoutBurst('tea690123', '690123')).toBe('tea');
  expect(withoutBurst('tea', '690123')).toBe('tea');
});
