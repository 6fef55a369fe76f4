import fc from 'fast-check';
import { businessDayOf, isTimeZone } from './business-day';

test.each([
  // instant (UTC), zone, cut-off, business day
  ['2026-01-01T19:59:59Z', 'Asia/Shanghai', '04:00', '2026-01-01'],
  ['2026-01-01T20:00:00Z', 'Asia/Shanghai', '04:00', '2026-01-02'],
  ['2026-01-01T16:00:00Z', 'Asia/Shanghai', '00:00', '2026-01-02'],
  ['2025-12-31T15:59:59Z', 'Asia/Shanghai', '00:00', '2025-12-31'],
  ['2024-03-01T02:00:00Z', 'Europe/London', '04:00', '2024-02-29'],
  // The night the clocks go forward and back.
  ['2026-03-29T02:59:00Z', 'Europe/London', '04:00', '2026-03-28'],
  ['2026-03-29T03:00:00Z', 'Europe/London', '04:00', '2026-03-29'],
  ['2026-10-25T03:59:00Z', 'Europe/London', '04:00', '2026-10-24'],
  ['2026-10-25T04:00:00Z', 'Europe/London', '04:00', '2026-10-25'],
])('%s in %s with the day ending at %s belongs to %s', (instant, timeZone, dayCutoff, day) => {
  expect(businessDayOf(new Date(instant), timeZone, dayCutoff)).toBe(day);
});

test('time never goes back a business day', () => {
  const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2050-01-01'), noInvalidDate: true });
  const zone = fc.constantFrom('Asia/Shanghai', 'Europe/London', 'America/St_Johns', 'Pacific/Auckland', 'UTC');
  fc.assert(
    fc.property(instant, fc.nat(86_400_000), zone, (from, later, timeZone) => {
      const to = new Date(from.getTime() + later);
      // A zone that sets its clock back across the cut-off repeats an hour; away from it the order holds.
      return businessDayOf(from, timeZone, '12:00') <= businessDayOf(to, timeZone, '12:00');
    }),
  );
});

test('only zones that exist are zones', () => {
  expect(isTimeZone('Asia/Shanghai')).toBe(true);
  expect(isTimeZone('Asia/Atlantis')).toBe(false);
  expect(isTimeZone('')).toBe(false);
});
