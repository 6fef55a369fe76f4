import { instantOf } from './local-instant';

test.each([
  ['2010-12-01 08:26:00', '2010-12-01T08:26:00.000Z'],
  ['2011-07-01 08:26:00', '2011-07-01T07:26:00.000Z'],
  // Clocks go forward at 01:00 on 27 March 2011 and back at 02:00 on 30 October 2011.
  ['2011-03-27 00:59:00', '2011-03-27T00:59:00.000Z'],
  ['2011-03-27 01:30:00', '2011-03-27T01:30:00.000Z'],
  ['2011-03-27 02:30:00', '2011-03-27T01:30:00.000Z'],
  ['2011-10-30 00:30:00', '2011-10-29T23:30:00.000Z'],
  ['2011-10-30 01:30:00', '2011-10-30T00:30:00.000Z'],
  ['2011-10-30 02:30:00', '2011-10-30T02:30:00.000Z'],
])('London clocks show %s at %s', (localTime, instant) => {
  expect(instantOf(localTime, 'Europe/London')).toBe(instant);
});

test('a zone far ahead of UTC', () => {
  expect(instantOf('2011-01-01 04:00:00', 'Asia/Shanghai')).toBe('2010-12-31T20:00:00.000Z');
});
