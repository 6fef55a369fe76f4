import fc from 'fast-check';
import { addDays, dayNumber, dayOfNumber, daysBetween } from './calendar-day';

test.each([
  ['2026-11-28', 3, '2026-12-01'],
  ['2028-02-28', 1, '2028-02-29'],
  ['2026-01-01', -1, '2025-12-31'],
])('%s and %d days is %s', (day, days, later) => {
  expect(addDays(day, days)).toBe(later);
  expect(daysBetween(day, later)).toBe(days);
});

test('a day is its number and back, in order', () => {
  fc.assert(
    fc.property(fc.integer({ min: -20_000, max: 60_000 }), fc.integer({ min: -500, max: 500 }), (number, days) => {
      const day = dayOfNumber(number);
      expect(day).toBe(new Date(number * 86_400_000).toISOString().slice(0, 10));
      expect(dayNumber(day)).toBe(number);
      expect(addDays(day, days) > day).toBe(days > 0);
    }),
  );
});
