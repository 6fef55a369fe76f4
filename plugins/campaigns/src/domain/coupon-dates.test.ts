import { couponDates } from './coupon-dates';
import { limitPeriod } from './limit-counters';

const at = { now: new Date('2026-06-10T17:00:00Z'), timeZone: 'Asia/Shanghai' };
const NONE = { validFrom: null, validUntil: null, validDays: null };

test.each([
  ['without dates it begins now and stays', NONE, '2026-06-10T17:00:00.000Z', null],
  [
    'one day from issue lasts through tomorrow, on the clock of the store',
    { ...NONE, validDays: 1 },
    '2026-06-10T17:00:00.000Z',
    '2026-06-12T16:00:00.000Z',
  ],
  ['a later beginning is kept', { ...NONE, validFrom: '2026-07-01T00:00:00.000Z' }, '2026-07-01T00:00:00.000Z', null],
  ['an earlier one is now', { ...NONE, validFrom: '2026-01-01T00:00:00.000Z' }, '2026-06-10T17:00:00.000Z', null],
  [
    'of two ends the earlier one holds',
    { ...NONE, validDays: 30, validUntil: '2026-06-20T16:00:00.000Z' },
    '2026-06-10T17:00:00.000Z',
    '2026-06-20T16:00:00.000Z',
  ],
])('%s', (_what, validity, validFrom, validUntil) => {
  expect(couponDates(validity, at)).toEqual({ validFrom, validUntil });
});

test.each([
  ['day', '2026-06-10', 'day 2026-06-10', '2026-06-10'],
  ['week', '2026-06-10', 'week 2026-06-08', '2026-06-14'],
  ['week', '2026-06-14', 'week 2026-06-08', '2026-06-14'],
  ['week', '2026-01-01', 'week 2025-12-29', '2026-01-04'],
  ['month', '2028-02-10', 'month 2028-02', '2028-02-29'],
] as const)('the %s of %s is "%s" until %s', (period, day, name, endsOn) => {
  expect(limitPeriod(period, day)).toEqual({ name, endsOn });
});
