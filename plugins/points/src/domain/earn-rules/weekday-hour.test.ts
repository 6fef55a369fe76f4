import { factsOf, ruleOf, saleOf } from '../../../tests/points-builders';
import { earn } from '../earn';

const BASE = ruleOf('per-money', { points: 100, amount: 10_000 }, { code: 'base' });

function isDoubled(
  args: Record<string, unknown>,
  businessDay: string,
  now: string,
  timeZone = 'Asia/Shanghai',
): boolean {
  const rule = ruleOf('weekday-hour', { multiplier: 20_000, ...args });
  const lots = earn(saleOf({ businessDay, now: new Date(now), timeZone }), factsOf([BASE, rule]));
  return lots.some((lot) => lot.rule === 'weekday-hour');
}

const LUNCH = { from: '11:00', until: '14:00' };
const NIGHT = { from: '22:00', until: '02:00' };

test.each([
  // 2026-06-10 is a Wednesday; Shanghai is eight hours ahead.
  ['a second before it begins', LUNCH, '2026-06-10', '2026-06-10T02:59:59Z', false],
  ['as it begins', LUNCH, '2026-06-10', '2026-06-10T03:00:00Z', true],
  ['in its last second', LUNCH, '2026-06-10', '2026-06-10T05:59:59Z', true],
  ['as it ends', LUNCH, '2026-06-10', '2026-06-10T06:00:00Z', false],
  ['a second before the night begins', NIGHT, '2026-06-10', '2026-06-10T13:59:59Z', false],
  ['as the night begins', NIGHT, '2026-06-10', '2026-06-10T14:00:00Z', true],
  ['after midnight, on the business day of the night', NIGHT, '2026-06-10', '2026-06-10T17:59:59Z', true],
  ['as the night ends', NIGHT, '2026-06-10', '2026-06-10T18:00:00Z', false],
  ['after midnight, on a business day that began there', NIGHT, '2026-06-11', '2026-06-10T17:00:00Z', false],
  ['at any hour of a day without hours', {}, '2026-06-10', '2026-06-09T16:00:00Z', true],
  ['until midnight', { from: '20:00', until: '00:00' }, '2026-06-10', '2026-06-10T15:59:59Z', true],
  ['from midnight on', { from: '20:00', until: '00:00' }, '2026-06-10', '2026-06-10T16:00:00Z', false],
])('Wednesdays count double %s: %o on %s at %s is %s', (_what, hours, day, now, expected) => {
  expect(isDoubled({ weekdays: ['3'], ...hours }, day, now)).toBe(expected);
});

test.each([
  ['2026-06-08', '1'],
  ['2026-06-13', '6'],
  ['2026-06-14', '7'],
])('%s is weekday %s and no other', (day, weekday) => {
  const weekdays = ['1', '2', '3', '4', '5', '6', '7'];
  const now = `${day}T04:00:00Z`;
  expect(weekdays.filter((each) => isDoubled({ weekdays: [each] }, day, now))).toEqual([weekday]);
});

test.each([
  ['Asia/Shanghai', true],
  ['Europe/London', false],
])('the hour is that of the store: %s', (timeZone, expected) => {
  expect(isDoubled({ weekdays: ['3'], ...LUNCH }, '2026-06-10', '2026-06-10T04:00:00Z', timeZone)).toBe(expected);
});
