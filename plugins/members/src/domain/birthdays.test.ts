import { birthdayKeys, celebrationDay } from './birthdays';

test('today counts, and the year turns', () => {
  expect(birthdayKeys('2026-12-31', 1)).toEqual([
    { key: 1231, day: '2026-12-31' },
    { key: 101, day: '2027-01-01' },
  ]);
});

test.each([
  ['2027-02-27', [227, 228, 229, 301]],
  ['2028-02-27', [227, 228, 229]],
])('who was born on February 29 celebrates once, in the two days after %s', (today, keys) => {
  const found = birthdayKeys(today, 2);
  expect(found.map(({ key }) => key)).toEqual(keys);
  expect(found.filter(({ key }) => key === 229)).toHaveLength(1);
});

test('the leap-day rule names one day in every year', () => {
  expect([2027, 2028].map((year) => celebrationDay('2000-02-29', year))).toEqual(['2027-02-28', '2028-02-29']);
  expect(celebrationDay('2000-03-01', 2027)).toBe('2027-03-01');
});
