import fc from 'fast-check';
import { programmeOf } from '../../tests/points-builders';
import { worthOf } from './programme';
import { judgeRedeem, mostUseful, redeemOffer } from './redeem';

// 100 points take 1.00 off, up to half of the bill.
const PROGRAMME = programmeOf({ redeemMin: 200, redeemStep: 100, redeemMaxShare: 5_000 });

test.each([
  // available, bill, largest choice, refusal
  [1_000, 10_000, 1_000, null],
  [1_099, 10_000, 1_000, null],
  [200, 10_000, 200, null],
  [199, 10_000, 0, 'points_not_enough'],
  [0, 10_000, 0, 'points_not_enough'],
  [-50, 10_000, 0, 'points_not_enough'],
  [1_000, 1_000, 500, null],
  [1_000, 999, 400, null],
  [1_000, 400, 200, null],
  [1_000, 399, 0, 'points_over_share'],
  [1_000, 0, 0, 'points_over_share'],
])('of %s points on a bill of %s, %s may be redeemed: %s', (available, bill, max, refusal) => {
  expect(redeemOffer(PROGRAMME, available, bill)).toMatchObject({ max, refusal });
});

test('a minimum between two steps is the step above it', () => {
  const programme = programmeOf({ redeemMin: 150, redeemStep: 100 });
  expect(redeemOffer(programme, 199, 10_000)).toMatchObject({ max: 0, refusal: 'points_not_enough' });
  expect(redeemOffer(programme, 200, 10_000)).toMatchObject({ max: 200, refusal: null });
});

test.each([
  // wanted of 1,000 points on a bill of 16.00
  [-100, 'points_below_minimum'],
  [0, 'points_below_minimum'],
  [100, 'points_below_minimum'],
  [200, null],
  [201, 'points_off_step'],
  [800, null],
  [900, 'points_over_share'],
  [1_000, 'points_over_share'],
  [1_100, 'points_not_enough'],
])('redeeming %s points is judged %s', (wanted, refusal) => {
  expect(judgeRedeem(redeemOffer(PROGRAMME, 1_000, 1_600), wanted)).toBe(refusal);
});

test('of steps that are worth the same, the smallest is suggested', () => {
  const programme = programmeOf({
    redeemPoints: 100,
    redeemValue: 1,
    redeemMin: 1,
    redeemStep: 30,
    redeemMaxShare: 10_000,
  });
  const offer = redeemOffer(programme, 190, 10_000);
  expect([offer.max, mostUseful(programme, offer)]).toEqual([180, 120]);
});

test('what is suggested is not below the minimum, though fewer points were worth the same', () => {
  const programme = programmeOf({ redeemPoints: 100, redeemValue: 1, redeemMin: 150, redeemStep: 10 });
  const offer = redeemOffer(programme, 190, 10_000);
  expect([offer.max, mostUseful(programme, offer)]).toEqual([190, 150]);
});

const small = fc.integer({ min: 1, max: 500 });
const programmes = fc
  .record({
    redeemPoints: small,
    redeemValue: small,
    redeemMin: small,
    redeemStep: small,
    redeemMaxShare: fc.integer({ min: 1, max: 10_000 }),
  })
  .map(programmeOf);
const points = fc.integer({ min: -1_000, max: 20_000 });
const bills = fc.integer({ min: 0, max: 100_000 });

test('what is let through is never above any bound', () => {
  fc.assert(
    fc.property(programmes, points, bills, fc.nat(100), (programme, available, bill, steps) => {
      const offer = redeemOffer(programme, available, bill);
      const wanted = steps * programme.redeemStep;
      fc.pre(judgeRedeem(offer, wanted) === null);
      expect(wanted).toBeLessThanOrEqual(Math.min(available, offer.max));
      expect(wanted).toBeGreaterThanOrEqual(programme.redeemMin);
      expect(worthOf(wanted, programme) * 10_000).toBeLessThanOrEqual(bill * programme.redeemMaxShare);
    }),
    { numRuns: 500 },
  );
});

test('the largest choice is let through, and one step more is not', () => {
  fc.assert(
    fc.property(programmes, points, bills, (programme, available, bill) => {
      const offer = redeemOffer(programme, available, bill);
      expect(offer.max > 0).toBe(offer.refusal === null);
      if (offer.max > 0) expect(judgeRedeem(offer, offer.max)).toBeNull();
      expect(judgeRedeem(offer, offer.max + programme.redeemStep)).not.toBeNull();
    }),
    { numRuns: 500 },
  );
});

test('what is suggested is let through and takes off as much as the largest choice', () => {
  fc.assert(
    fc.property(programmes, points, bills, (programme, available, bill) => {
      const offer = redeemOffer(programme, available, bill);
      const suggested = mostUseful(programme, offer);
      expect(worthOf(suggested, programme)).toBe(worthOf(offer.max, programme));
      if (suggested > 0) expect(judgeRedeem(offer, suggested)).toBeNull();
    }),
    { numRuns: 500 },
  );
});
