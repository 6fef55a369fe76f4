import fc from 'fast-check';
import { quickCash, QUICK_KEYS } from './quick-cash';

test('notes that people hand over for a bill', () => {
  expect(quickCash(4_650, 'CNY')).toEqual([4_700, 5_000, 6_000, 10_000]);
  expect(quickCash(5_650, 'CNY')).toEqual([5_700, 6_000, 10_000]);
  expect(quickCash(1_280, 'JPY')).toEqual([2_000, 5_000, 10_000]);
});

test('every key is above the bill, rising, and there are few', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000_000_000 }), fc.constantFrom('CNY', 'JPY', 'XYZ'), (due, currency) => {
      const keys = quickCash(due, currency);
      expect(keys.length).toBeLessThanOrEqual(QUICK_KEYS);
      expect(keys.every((amount, index) => amount > (keys[index - 1] ?? due))).toBe(true);
    }),
  );
});

test('nothing to pay has no keys', () => {
  expect(quickCash(0, 'CNY')).toEqual([]);
});
