import fc from 'fast-check';
import { addDays } from '@tessera/kernel/domain';
import { judgeTier } from './judge-tier';
import { isReached, lastReached, measuresOn } from './measures';
import { missingToNext } from './missing-to-next';
import { tierMove } from './tier-move';
import type { MemberDay, Tier } from './tier';

function tierOf(changes: Partial<Tier> = {}): Tier {
  return {
    id: 'silver1silver1silver1',
    code: 'silver',
    label: { zh: '银卡', en: 'Silver' },
    rank: 1,
    colour: '#C0C0C0',
    currency: 'CNY',
    spendFrom: 100_00,
    pointsFrom: null,
    visitsFrom: null,
    topUpFrom: null,
    period: 'days',
    periodDays: 30,
    review: 'daily',
    graceDays: 10,
    discountRate: 500,
    categoryIds: [],
    birthdayGift: null,
    prices: new Map(),
    ...changes,
  };
}
const silver = tierOf();
const gold = tierOf({ code: 'gold', rank: 2, spendFrom: 300_00 });
const TIERS = [silver, gold];

/** `given` holds as nothing else is said. */
const holdingOf = (days: readonly MemberDay[], given: { tier: string; until: string | null } | null = null) => ({
  days,
  given,
});
const on = (day: string) => ({ day, now: new Date(`${day}T04:00:00Z`) });
const tierOn = (day: string, ...facts: Parameters<typeof holdingOf>) =>
  judgeTier(TIERS, holdingOf(...facts), on(day))?.tier.code ?? null;

describe('reaching a tier', () => {
  test('is with the last cent, not with the one before', () => {
    expect(tierOn('2026-06-10', [['2026-06-10', 'CNY', 9_999, 0]])).toBeNull();
    expect(tierOn('2026-06-10', [['2026-06-10', 'CNY', 10_000, 0]])).toBe('silver');
  });

  test('goes straight to the highest one', () => {
    expect(tierOn('2026-06-10', [['2026-06-10', 'CNY', 30_000, 0]])).toBe('gold');
  });

  test('does not count money of another currency', () => {
    expect(tierOn('2026-06-10', [['2026-06-10', 'USD', 30_000, 0]])).toBeNull();
  });

  test('by visits counts days on which something was kept, once each', () => {
    const regular = tierOf({ spendFrom: null, visitsFrom: 3 });
    const days: MemberDay[] = [
      ['2026-06-01', 'CNY', 100, 0],
      ['2026-06-01', 'USD', 100, 0],
      ['2026-06-02', 'CNY', 0, 0],
      ['2026-06-03', 'CNY', 100, 0],
    ];
    expect(judgeTier([regular], holdingOf(days), on('2026-06-10'))).toBeNull();
    const more: MemberDay[] = [...days, ['2026-06-04', 'CNY', 1, 0]];
    expect(judgeTier([regular], holdingOf(more), on('2026-06-10'))?.tier.code).toBe('silver');
  });

  test('by topping up counts the money of its currency, beside what was spent', () => {
    const saver = tierOf({ spendFrom: null, topUpFrom: 10_000 });
    const days: MemberDay[] = [
      ['2026-06-01', 'CNY', 50_000, 0, 9_999],
      ['2026-06-02', 'USD', 0, 0, 9_999],
    ];
    expect(judgeTier([saver], holdingOf(days), on('2026-06-10'))).toBeNull();
    expect(missingToNext([saver], null, days, '2026-06-10')?.missing).toEqual([
      { measure: 'topUp', has: 9_999, needs: 10_000, missing: 1 },
    ]);
    const more: MemberDay[] = [...days, ['2026-06-03', 'CNY', 0, 0, 1]];
    expect(judgeTier([saver], holdingOf(more), on('2026-06-30'))?.because).toBe('reached');
    expect(judgeTier([saver], holdingOf(more), on('2026-07-01'))?.because).toBe('grace');
  });

  test('in a calendar year begins at nothing on the first of January', () => {
    const yearly = tierOf({ period: 'calendar-year', graceDays: 0 });
    const days: MemberDay[] = [['2026-12-31', 'CNY', 10_000, 0]];
    expect(judgeTier([yearly], holdingOf(days), on('2026-12-31'))?.because).toBe('reached');
    expect(judgeTier([yearly], holdingOf(days), on('2027-01-01'))).toBeNull();
  });
});

describe('losing a tier', () => {
  const days: MemberDay[] = [['2026-06-01', 'CNY', 10_000, 0]];

  test('comes after the days of grace, and the day before it still holds', () => {
    expect(judgeTier(TIERS, holdingOf(days), on('2026-06-30'))).toMatchObject({ because: 'reached' });
    expect(judgeTier(TIERS, holdingOf(days), on('2026-07-01'))).toMatchObject({
      because: 'grace',
      holdsUntil: '2026-07-10',
    });
    expect(tierOn('2026-07-10', days)).toBe('silver');
    expect(tierOn('2026-07-11', days)).toBeNull();
  });

  test('with a yearly review is not before the end of the next year', () => {
    const reviewed = tierOf({ review: 'year-end', graceDays: 0 });
    expect(judgeTier([reviewed], holdingOf(days), on('2027-12-31'))?.tier.code).toBe('silver');
    expect(judgeTier([reviewed], holdingOf(days), on('2028-01-01'))).toBeNull();
  });

  test('has no grace for what was taken back', () => {
    expect(tierOn('2026-06-02', [['2026-06-01', 'CNY', 9_900, 0]])).toBeNull();
  });

  test('falls to what was reached below', () => {
    const two: MemberDay[] = [
      ['2026-06-01', 'CNY', 20_000, 0],
      ['2026-06-20', 'CNY', 10_000, 0],
    ];
    expect(tierOn('2026-06-30', two)).toBe('gold');
    expect(tierOn('2026-07-11', two)).toBe('silver');
  });
});

describe('a tier that was given', () => {
  test('holds until its instant, and is no ceiling', () => {
    const until = '2026-07-01T00:00:00.000Z';
    const now = new Date('2026-06-30T23:59:59.999Z');
    const given = { tier: 'silver', until };
    expect(judgeTier(TIERS, holdingOf([], given), { now, day: '2026-06-30' })?.because).toBe('given');
    expect(judgeTier(TIERS, holdingOf([], given), { now: new Date(until), day: '2026-07-01' })).toBeNull();
    expect(tierOn('2026-06-10', [['2026-06-10', 'CNY', 30_000, 0]], given)).toBe('gold');
  });

  test('that is not there any more gives nothing', () => {
    expect(tierOn('2026-06-10', [], { tier: 'platinum', until: null })).toBeNull();
  });
});

test('what is missing to the next tier is the nearest of its measures first', () => {
  const tiers = [silver, tierOf({ code: 'gold', rank: 2, spendFrom: 40_000, visitsFrom: 4 })];
  const days: MemberDay[] = [
    ['2026-06-01', 'CNY', 5_000, 0],
    ['2026-06-02', 'CNY', 5_000, 0],
  ];
  expect(missingToNext(tiers, silver, days, '2026-06-10')).toMatchObject({
    tier: { code: 'gold' },
    missing: [
      { measure: 'visits', has: 2, needs: 4, missing: 2 },
      { measure: 'spend', has: 10_000, needs: 40_000, missing: 30_000 },
    ],
    by: null,
  });
  expect(missingToNext(tiers, tiers[1] ?? null, days, '2026-06-10')).toBeNull();
});

/** Days of one year, some of them empty. */
const dayArbitrary = fc.integer({ min: 0, max: 400 }).map((days) => addDays('2026-01-01', days));
const daysArbitrary = fc.uniqueArray(
  fc.tuple(
    dayArbitrary,
    fc.constant('CNY'),
    fc.integer({ min: 0, max: 20_000 }),
    fc.integer({ min: 0, max: 200 }),
    fc.nat(20_000),
  ),
  { maxLength: 40, selector: ([day]) => day },
);
const tierArbitrary = fc
  .record({
    period: fc.constantFrom('days' as const, 'calendar-year' as const),
    periodDays: fc.integer({ min: 1, max: 200 }),
    review: fc.constantFrom('daily' as const, 'year-end' as const),
    graceDays: fc.integer({ min: 0, max: 60 }),
    spendFrom: fc.option(fc.integer({ min: 1, max: 60_000 })),
    visitsFrom: fc.option(fc.integer({ min: 1, max: 10 })),
    pointsFrom: fc.option(fc.integer({ min: 1, max: 500 })),
    topUpFrom: fc.option(fc.integer({ min: 1, max: 60_000 })),
  })
  .map((changes) => tierOf(changes));
const RUNS = { numRuns: 1_000 };

describe('whatever a member does', () => {
  test('the last day on which a tier was reached is the one that asking every day finds', () => {
    fc.assert(
      fc.property(tierArbitrary, daysArbitrary, dayArbitrary, (tier, days, today) => {
        let last: string | null = null;
        for (let day = '2026-01-01'; day <= today; day = addDays(day, 1)) {
          if (isReached(tier, measuresOn(tier, days, day))) last = day;
        }
        expect(lastReached(tier, days, today)).toBe(last);
      }),
      { ...RUNS, numRuns: 200 },
    );
  });

  test('nothing is missing exactly when the next tier is reached', () => {
    fc.assert(
      fc.property(tierArbitrary, daysArbitrary, dayArbitrary, (tier, days, today) => {
        const next = missingToNext([tier], null, days, today);
        if (!next) return;
        const isThere = next.missing.some(({ missing }) => missing === 0);
        expect(isThere).toBe(isReached(tier, measuresOn(tier, days, today)));
      }),
      RUNS,
    );
  });

  test('more spent on the same day never makes it fall', () => {
    fc.assert(
      fc.property(tierArbitrary, tierArbitrary, daysArbitrary, dayArbitrary, (low, high, days, today) => {
        const tiers = [low, { ...high, code: 'gold', rank: 2 }];
        const rank = (all: readonly MemberDay[]) => judgeTier(tiers, holdingOf(all), on(today))?.tier.rank ?? 0;
        expect(rank([...days, [today, 'CNY', 5_000, 50, 5_000]])).toBeGreaterThanOrEqual(rank(days));
      }),
      RUNS,
    );
  });

  test('a job that runs again, or after the sale has written it, has nothing to write', () => {
    fc.assert(
      fc.property(tierArbitrary, daysArbitrary, dayArbitrary, (tier, days, today) => {
        const holding = { version: 1, recorded: null, ...holdingOf(days) };
        const member = { memberId: 'm', ...on(today) };
        const move = tierMove([tier], holding, member);
        const recorded = { id: 1, tier: move?.tier ?? null };
        expect(tierMove([tier], { ...holding, recorded }, member)).toBeNull();
      }),
      RUNS,
    );
  });

  test('the order in which days are known does not matter', () => {
    fc.assert(
      fc.property(tierArbitrary, daysArbitrary, dayArbitrary, (tier, days, today) => {
        const judged = (all: readonly MemberDay[]) => judgeTier([tier], holdingOf(all), on(today));
        expect(judged([...days].reverse())).toEqual(judged(days));
      }),
      RUNS,
    );
  });
});
