import { birthdayNear } from './birthday';

test.each([
  ['1990-06-15', '2026-06-15', 'today'],
  ['1990-06-15', '2026-06-22', 'near'],
  ['1990-06-15', '2026-06-23', null],
  ['1990-12-30', '2027-01-02', 'near'],
  ['2000-02-29', '2027-02-28', 'today'],
  ['2000-02-29', '2028-02-28', 'near'],
  ['****-06-15', '2026-06-15', null],
  [null, '2026-06-15', null],
])('%s on %s is %s', (birthday, day, expected) => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  expect(birthdayNear(birthday, new Date(year, month - 1, date, 12))).toBe(expected);
});
