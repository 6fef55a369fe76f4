import { isOverdue, nextRunAt } from './schedule';

const NIGHTLY = { cron: '30 3 * * *', timeZone: 'Asia/Shanghai' };

test('a job is due by the clock of its zone', () => {
  expect(nextRunAt(NIGHTLY, new Date('2026-06-10T19:29:59Z'))).toBe('2026-06-10T19:30:00.000Z');
  expect(nextRunAt(NIGHTLY, new Date('2026-06-10T19:30:00Z'))).toBe('2026-06-11T19:30:00.000Z');
});

test('a job that was due while nothing ran is overdue until it has begun', () => {
  const morning = new Date('2026-06-11T01:00:00Z');
  expect(isOverdue(NIGHTLY, '2026-06-09T19:30:00.000Z', morning)).toBe(true);
  expect(isOverdue(NIGHTLY, '2026-06-10T19:30:01.000Z', morning)).toBe(false);
});

test('a schedule that is none is refused', () => {
  expect(() => nextRunAt({ cron: 'at night', timeZone: 'UTC' }, new Date(0))).toThrow();
});
