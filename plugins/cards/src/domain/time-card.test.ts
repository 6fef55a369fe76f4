import fc from 'fast-check';
import { addDays, scale } from '@tessera/kernel/domain';
import { planOf } from '../../tests/cards-builders';
import { refundLot } from './refund-lot';
import { soldLots } from './sell-plan';
import {
  daysStandingStill,
  elapsedDays,
  elapsedPart,
  firstDayOf,
  lastDayOf,
  usesLeft,
  type TimePeriod,
} from './time-card';

test.each([
  ['day', '2026-11-28', '2026-11-28'],
  ['week', '2026-11-28', '2026-11-23'],
  ['week', '2026-11-23', '2026-11-23'],
  ['week', '2026-11-29', '2026-11-23'],
  ['week', '2027-01-01', '2026-12-28'],
  ['month', '2026-11-28', '2026-11-01'],
] as const)('the %s of %s begins on %s', (per, day, first) => {
  expect(firstDayOf(per, day)).toBe(first);
});

test('uses are counted in the period of the day, net of what was given back, and an unlimited card has no count', () => {
  const uses = [
    { day: '2026-11-22', uses: 5 },
    { day: '2026-11-23', uses: 1 },
    { day: '2026-11-28', uses: 1 },
  ];
  expect(usesLeft({ usesPer: 'week', usesLimit: 3, uses }, '2026-11-29')).toBe(1);
  expect(usesLeft({ usesPer: 'day', usesLimit: 1, uses }, '2026-11-28')).toBe(0);
  expect(usesLeft({ usesPer: 'month', usesLimit: 3, uses }, '2026-11-28')).toBe(0);
  expect(usesLeft({ usesPer: null, usesLimit: null, uses }, '2026-11-28')).toBeNull();
});

test('a freeze stands still for as many days as the terms allow, all freezes together', () => {
  const period: TimePeriod = { startedOn: '2026-11-01', periodDays: 30, freezeDays: 5, frozenDays: 3 };
  expect(lastDayOf(period)).toBe('2026-12-03');
  expect(daysStandingStill(period, '2026-11-10', '2026-11-11')).toBe(1);
  expect(daysStandingStill(period, '2026-11-10', '2026-11-20')).toBe(2);
  expect(elapsedDays(period, '2026-11-10', '2026-11-11')).toBe(6);
  expect(elapsedDays(period, '2026-11-10', '2026-11-20')).toBe(14);
  expect(elapsedDays({ ...period, startedOn: null }, null, '2026-11-20')).toBe(0);
});

/** What may happen to a time card, and after how many days. */
const step = fc.record({
  days: fc.integer({ min: 0, max: 9 }),
  act: fc.constantFrom('job', 'job', 'freeze', 'unfreeze', 'extend', 'nothing'),
});
const sold = fc.record({
  paid: fc.integer({ min: 0, max: 5_000_000 }),
  periodDays: fc.integer({ min: 1, max: 40 }),
  freezeDays: fc.integer({ min: 0, max: 12 }),
});

/** A time card as its lot, its days and its moves stand. */
function cardSold({ paid, periodDays, freezeDays }: { paid: number; periodDays: number; freezeDays: number }) {
  let day = '2026-01-01';
  let blockedOn: string | null = null;
  let period: TimePeriod = { startedOn: day, periodDays, freezeDays, frozenDays: 0 };
  let principal = paid;
  const recognised: number[] = [];
  const elapsed = () => elapsedDays(period, blockedOn, day);
  function recognise(): void {
    const part = elapsedPart({ principalSold: paid, principal, periodDays: period.periodDays }, elapsed());
    recognised.push(part);
    principal -= part;
  }
  const acts = {
    job: recognise,
    nothing: () => undefined,
    freeze: () => void (blockedOn ??= day),
    unfreeze() {
      if (blockedOn === null) return;
      period = { ...period, frozenDays: period.frozenDays + daysStandingStill(period, blockedOn, day) };
      blockedOn = null;
    },
    extend: () => void (period = { ...period, periodDays: period.periodDays + 7 }),
  };
  return {
    pass: (days: number) => void (day = addDays(day, days)),
    do: (act: keyof typeof acts) => acts[act](),
    elapsed,
    recognise,
    get total() {
      return recognised.reduce((all, part) => all + part, 0);
    },
    recognised,
    get left() {
      return principal;
    },
    get periodDays() {
      return period.periodDays;
    },
  };
}

test('whatever happens to a time card, its days and its refund add up to what was paid, and no day is taken back', () => {
  fc.assert(
    fc.property(sold, fc.array(step, { maxLength: 25 }), (terms, steps) => {
      const card = cardSold(terms);
      for (const { days, act } of steps) {
        card.pass(days);
        card.do(act);
      }
      card.recognise();
      const refund = refundLot(
        { lineNo: 1, part: 0, kind: 'time', principal: card.left, bonus: 0, sessions: 0, isRefundable: true },
        1,
        1,
      );
      expect(card.recognised.every((part) => part >= 0)).toBe(true);
      expect(card.total + refund.principal).toBe(terms.paid);
      expect(card.left).toBeLessThanOrEqual(terms.paid - scale(terms.paid, card.elapsed(), card.periodDays));
    }),
    { numRuns: 1_000 },
  );
});

test('a job that runs every day, late or twice leaves the same revenue, and the last day takes the rest', () => {
  fc.assert(
    fc.property(sold, fc.array(step, { maxLength: 20 }), (terms, steps) => {
      const [daily, late] = [cardSold(terms), cardSold(terms)];
      for (const { days, act } of steps.filter((each) => each.act !== 'extend')) {
        for (let day = 0; day < days; day++) {
          daily.pass(1);
          daily.recognise();
          daily.recognise();
        }
        late.pass(days);
        daily.do(act);
        late.do(act);
      }
      daily.recognise();
      late.recognise();
      expect(daily.total).toBe(late.total);
      for (const card of [daily, late]) {
        card.do('unfreeze');
        card.pass(200);
        card.recognise();
        expect(card.total).toBe(terms.paid);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('the parts of a package add up to its price, and so does what is used, what is over and what is paid back of them', () => {
  const part = fc.record({ price: fc.integer({ min: 1, max: 900_000 }), sessions: fc.integer({ min: 0, max: 30 }) });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2_000_000 }),
      fc.array(part, { minLength: 2, maxLength: 6 }),
      fc.infiniteStream(fc.integer({ min: 0, max: 30 })),
      (unitPrice, wanted, use) => {
        const time = { starts: 'sale', usesPer: null, usesLimit: null, freezeDays: 0, sharedWith: 0 } as const;
        const parts = wanted.map(({ price, sessions }, index) =>
          planOf({
            id: `part${index}`,
            unitPrice: price,
            kind: sessions > 0 ? 'sessions' : 'time',
            sessionCount: sessions,
            ...(sessions > 0 ? {} : { time: { ...time, periodDays: 30, refundTerms: 'unelapsed' } }),
          }),
        );
        const plan = planOf({ kind: 'package', unitPrice, partIds: parts.map(({ id }) => id) });
        const at = { now: new Date('2026-11-28T04:00:00Z'), timeZone: 'Asia/Shanghai', parts };
        const lots = soldLots(plan, { lineNo: 1, quantity: 1 }, { id: 'card', number: null }, at);
        expect(lots.reduce((all, lot) => all + lot.principal, 0)).toBe(unitPrice);
        expect(lots.map(({ partNo }) => partNo)).toEqual(lots.map((_lot, index) => index));
        let total = 0;
        for (const lot of lots) {
          const used = use.next().value as number;
          const done =
            lot.kind === 'time'
              ? elapsedPart({ principalSold: lot.principal, principal: lot.principal, periodDays: 30 }, used)
              : lot.principal - scale(lot.principal, Math.max(0, lot.sessions - used), lot.sessions);
          const left = { ...lot, part: lot.partNo, principal: lot.principal - done, isRefundable: true };
          expect(done).toBeGreaterThanOrEqual(0);
          total += done + refundLot(left, 1, 1).principal;
        }
        expect(total).toBe(unitPrice);
      },
    ),
    { numRuns: 1_000 },
  );
});
