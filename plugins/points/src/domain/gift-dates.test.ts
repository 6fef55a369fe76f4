import { giftDates } from './gift-dates';

const at = { now: new Date('2026-06-10T02:00:00Z'), timeZone: 'Asia/Shanghai' };

test('points that are given count at once, for their own days or as long as earned ones', () => {
  const programme = { pendingDays: 14, validity: 'year-end', validityLength: 1 } as const;
  const now = at.now.toISOString();
  expect(giftDates(programme, 30, at)).toEqual({ availableFrom: now, expiresAt: '2026-07-10T16:00:00.000Z' });
  expect(giftDates(programme, null, at)).toEqual({ availableFrom: now, expiresAt: '2027-12-31T16:00:00.000Z' });
  expect(giftDates(null, null, at)).toEqual({ availableFrom: now, expiresAt: null });
});
