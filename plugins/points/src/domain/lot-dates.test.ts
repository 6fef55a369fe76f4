import fc from 'fast-check';
import { businessDayOf } from '@tessera/kernel/domain';
import { programmeOf, saleOf } from '../../tests/points-builders';
import { lotDates } from './lot-dates';
import { VALIDITIES, type Programme } from './programme';

const ZONES = ['Asia/Shanghai', 'Europe/London', 'America/St_Johns', 'Africa/Cairo', 'UTC'];

function datesOf(changes: Partial<Programme>, now: string, timeZone = 'Asia/Shanghai', dayCutoff = '00:00') {
  const businessDay = businessDayOf(new Date(now), timeZone, dayCutoff);
  return lotDates(programmeOf(changes), saleOf({ now: new Date(now), businessDay, timeZone }));
}

const NOON = '2026-06-10T04:00:00.000Z';

test.each([
  // pending days, available from (midnight in Shanghai)
  [0, NOON],
  [1, '2026-06-10T16:00:00.000Z'],
  [7, '2026-06-16T16:00:00.000Z'],
  [21, '2026-06-30T16:00:00.000Z'],
  [365, '2027-06-09T16:00:00.000Z'],
])('points that are earned on June 10th and pend %i days count from %s', (pendingDays, availableFrom) => {
  expect(datesOf({ pendingDays }, NOON).availableFrom).toBe(availableFrom);
});

type Rule = Pick<Programme, 'validity' | 'validityLength'>;

test.each<[Rule['validity'], number, string | null]>([
  // validity and length, first instant at which they do not count (midnight in Shanghai)
  ['forever', 1, null],
  ['days', 0, '2026-06-10T16:00:00.000Z'],
  ['days', 1, '2026-06-11T16:00:00.000Z'],
  ['days', 21, '2026-07-01T16:00:00.000Z'],
  ['months', 0, '2026-06-10T16:00:00.000Z'],
  ['months', 1, '2026-07-10T16:00:00.000Z'],
  ['months', 12, '2027-06-10T16:00:00.000Z'],
  ['year-end', 0, '2026-12-31T16:00:00.000Z'],
  ['year-end', 1, '2027-12-31T16:00:00.000Z'],
])('valid by %s with length %i: until %s', (validity, validityLength, expiresAt) => {
  expect(datesOf({ validity, validityLength }, NOON).expiresAt).toBe(expiresAt);
});

test.each([
  // earned on, months, last day
  ['2026-01-31', 1, '2026-02-28'],
  ['2028-01-31', 1, '2028-02-29'],
  ['2028-02-29', 12, '2029-02-28'],
  ['2026-02-28', 1, '2026-03-28'],
  ['2026-08-31', 1, '2026-09-30'],
  ['2026-12-31', 2, '2027-02-28'],
  ['2026-11-30', 3, '2027-02-28'],
])('earned on %s for %i months: the last day is %s', (day, validityLength, lastDay) => {
  const { expiresAt } = datesOf({ validity: 'months', validityLength }, `${day}T12:00:00Z`, 'UTC');
  expect(Date.parse(expiresAt ?? '')).toBe(Date.parse(`${lastDay}T00:00:00Z`) + 86_400_000);
});

test('how long they last is counted from the day they begin', () => {
  const days = datesOf({ pendingDays: 7, validity: 'days', validityLength: 1 }, NOON);
  expect(days.expiresAt).toBe('2026-06-18T16:00:00.000Z');
  const year = datesOf({ pendingDays: 1, validity: 'year-end', validityLength: 0 }, '2026-12-31T04:00:00Z');
  expect(year.expiresAt).toBe('2027-12-31T16:00:00.000Z');
});

test.each([
  // instant, zone, midnight in the store at the end of that day
  ['2026-06-10T15:59:59Z', 'Asia/Shanghai', '2026-06-10T16:00:00.000Z'],
  ['2026-06-10T16:00:00Z', 'Asia/Shanghai', '2026-06-11T16:00:00.000Z'],
  ['2026-01-10T12:00:00Z', 'Europe/London', '2026-01-11T00:00:00.000Z'],
  ['2026-06-10T12:00:00Z', 'Europe/London', '2026-06-10T23:00:00.000Z'],
  // The day the clocks go forward has 23 hours, the day they go back 25.
  ['2026-03-29T12:00:00Z', 'Europe/London', '2026-03-29T23:00:00.000Z'],
  ['2026-10-25T12:00:00Z', 'Europe/London', '2026-10-26T00:00:00.000Z'],
])('a day ends at midnight of the store: %s in %s, %s', (now, timeZone, midnight) => {
  expect(datesOf({ validity: 'days', validityLength: 0 }, now, timeZone).expiresAt).toBe(midnight);
  expect(datesOf({ pendingDays: 1 }, now, timeZone).availableFrom).toBe(midnight);
});

test.each<[Rule['validity'], string]>([
  ['days', '2027-01-01T16:00:00.000Z'],
  ['months', '2027-01-01T16:00:00.000Z'],
  ['year-end', '2027-12-31T16:00:00.000Z'],
])(
  'after midnight, on a business day of the year before, points by %s count from the day on the clock',
  (validity, expiresAt) => {
    const night = '2026-12-31T18:00:00.000Z';
    expect(datesOf({ validity, validityLength: 0 }, night, 'Asia/Shanghai', '04:00')).toEqual({
      availableFrom: night,
      expiresAt,
    });
  },
);

test('points that pend do not begin before they are earned, however late the business day ends', () => {
  const night = '2026-06-10T18:00:00.000Z';
  expect(datesOf({ pendingDays: 1 }, night, 'Asia/Shanghai', '04:00').availableFrom).toBe('2026-06-11T16:00:00.000Z');
});

test('points begin when they are earned or later, and expire after that', () => {
  const now = fc.date({ min: new Date('2020-01-01'), max: new Date('2050-01-01'), noInvalidDate: true });
  const changes = fc.record({
    pendingDays: fc.nat(365),
    validity: fc.constantFrom(...VALIDITIES),
    validityLength: fc.nat(400),
  });
  const cutoff = fc.constantFrom('00:00', '04:00', '23:59');
  fc.assert(
    fc.property(changes, now, fc.constantFrom(...ZONES), cutoff, (programme, at, timeZone, dayCutoff) => {
      const { availableFrom, expiresAt } = datesOf(programme, at.toISOString(), timeZone, dayCutoff);
      expect(Date.parse(availableFrom)).toBeGreaterThanOrEqual(at.getTime());
      if (expiresAt !== null) expect(Date.parse(expiresAt)).toBeGreaterThan(Date.parse(availableFrom));
      expect(expiresAt === null).toBe(programme.validity === 'forever');
    }),
    { numRuns: 500 },
  );
});
