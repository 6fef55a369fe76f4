import fc from 'fast-check';
import { celebrationDay, type Tier } from '@tessera/members/domain';
import { DAYS_APART, dueBirthdayYear, dueGift, LATE_DAYS, MOST_DAYS_BEFORE } from './birthday-gift';

const DAY_MS = 86_400_000;
const plus = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

test.each([
  ['on the day', '1990-06-15', '2026-06-15', 0, 2026],
  ['not the day before', '1990-06-15', '2026-06-14', 0, null],
  ['so many days before', '1990-06-15', '2026-06-08', 7, 2026],
  ['not one more', '1990-06-15', '2026-06-07', 7, null],
  ['made up for within a week', '1990-06-15', '2026-06-22', 0, 2026],
  ['not later', '1990-06-15', '2026-06-23', 0, null],
  ['before the turn of the year, of the next one', '1990-01-03', '2026-12-30', 7, 2027],
  ['after the turn of the year, of the last one', '1990-12-30', '2027-01-02', 0, 2026],
  ['born on February 29, on the 28th', '2000-02-29', '2027-02-28', 0, 2027],
  ['born on February 29, on the 29th when there is one', '2000-02-29', '2028-02-28', 0, null],
  ['the day of birth is no birthday', '2026-06-15', '2026-06-15', 0, null],
])('a gift is due %s', (_what, birthday, today, daysBefore, year) => {
  expect(dueBirthdayYear(birthday, today, daysBefore)).toBe(year);
});

test('every birthday is due once a year, on days that hang together, and far enough from the next for another gift', () => {
  const birthday = fc
    .date({ min: new Date('1920-01-01'), max: new Date('2020-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  fc.assert(
    fc.property(
      birthday,
      fc.integer({ min: 2022, max: 2090 }),
      fc.integer({ min: 0, max: MOST_DAYS_BEFORE }),
      (born, year, before) => {
        const first = plus(celebrationDay(born, year), -before);
        const days = Array.from({ length: before + LATE_DAYS + 1 }, (_none, index) => plus(first, index));
        expect(days.map((day) => dueBirthdayYear(born, day, before))).toEqual(days.map(() => year));
        expect(dueBirthdayYear(born, plus(first, -1), before)).toBeNull();
        expect(dueBirthdayYear(born, plus(first, days.length), before)).toBeNull();
        // Given as late as can be, and a year later as early as can be with any setting: still two gifts.
        const earliestNext = plus(celebrationDay(born, year + 1), -MOST_DAYS_BEFORE);
        const latest = days.at(-1) ?? first;
        expect((Date.parse(earliestNext) - Date.parse(latest)) / DAY_MS).toBeGreaterThanOrEqual(DAYS_APART);
      },
    ),
  );
});

const gift = { points: 500, pointsDays: 30, couponTemplateId: null, daysBefore: 3 };
const tierOf = (changes: Partial<Tier>): Tier => ({
  id: 'silver1silver1silver1',
  code: 'silver',
  label: { zh: '银卡', en: 'Silver' },
  rank: 1,
  colour: '#8C8C8C',
  currency: 'CNY',
  spendFrom: 10_000,
  pointsFrom: null,
  topUpFrom: null,
  visitsFrom: null,
  period: 'days',
  periodDays: 365,
  review: 'daily',
  graceDays: 0,
  discountRate: 0,
  categoryIds: [],
  birthdayGift: gift,
  prices: new Map(),
  ...changes,
});
const at = { now: new Date('2026-06-12T04:05:00Z'), today: '2026-06-12', businessDay: '2026-06-12' };
const bought = (spend: number) => ({
  birthday: '1990-06-15',
  holding: { days: [['2026-05-01', 'CNY', spend, 0] as const], given: null },
});

test('the gift is that of the tier which the member has on the day it is given', () => {
  const gold = tierOf({ code: 'gold', rank: 2, spendFrom: 50_000, birthdayGift: { ...gift, points: 900 } });
  const tiers = [tierOf({}), gold];
  expect(dueGift(bought(60_000), tiers, at)).toMatchObject({
    year: 2026,
    tier: { code: 'gold' },
    gift: { points: 900 },
  });
  expect(dueGift(bought(20_000), tiers, at)).toMatchObject({ tier: { code: 'silver' }, gift: { points: 500 } });
});

test('without a tier, or with one that gives nothing, there is no gift', () => {
  expect(dueGift(bought(0), [tierOf({})], at)).toBeNull();
  const gold = tierOf({ code: 'gold', rank: 2, birthdayGift: null });
  expect(dueGift(bought(20_000), [tierOf({}), gold], at)).toBeNull();
});
