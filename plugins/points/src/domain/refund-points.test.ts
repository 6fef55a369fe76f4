import fc from 'fast-check';
import { codeOf } from '../../../../config/presets/testing/code-of';
import type { PointsTerms } from './booking';
import { refundPoints } from './refund-points';

const TERMS: PointsTerms = { redeemPoints: 100, redeemValue: 100, whenSpent: 'debt' };
const MONEY = { due: 1_000, step: 1 };
const back = (earned: number, redeemed = 0) => [{ lineNo: 1, earned: -earned, redeemed: -redeemed }];

test('nothing moves when nothing was earned or redeemed', () => {
  expect(refundPoints(back(0), TERMS, { memberId: 'm', own: 0, balance: 0, expired: 0, paidFor: 0 }, MONEY)).toBeNull();
});

test('points that expired unused are not asked for again', () => {
  expect(
    refundPoints(back(100), TERMS, { memberId: 'm', own: 30, balance: 30, expired: 50, paidFor: 0 }, MONEY),
  ).toMatchObject({
    writtenOff: 50,
  });
});

test.each([
  ['left in the sale', { memberId: 'm', own: 100, balance: 100, expired: 0, paidFor: 0 }, undefined],
  ['left in other lots', { memberId: 'm', own: 0, balance: 100, expired: 0, paidFor: 0 }, undefined],
  ['one is spent', { memberId: 'm', own: 0, balance: 99, expired: 0, paidFor: 0 }, 'points_already_spent'],
  ['owed before', { memberId: 'm', own: 0, balance: -1, expired: 0, paidFor: 0 }, 'points_already_spent'],
])('a shop that wants no debt: %s', (_what, holding, code) => {
  expect(codeOf(() => refundPoints(back(100), { ...TERMS, whenSpent: 'refuse' }, holding, MONEY))).toBe(code);
});

test('what the refund gives back counts as there', () => {
  const refuse = { ...TERMS, whenSpent: 'refuse' as const };
  expect(
    codeOf(() =>
      refundPoints(back(100, 100), refuse, { memberId: 'm', own: 0, balance: 0, expired: 0, paidFor: 0 }, MONEY),
    ),
  ).toBeUndefined();
});

test.each([
  ['all of it', { due: 1_000, step: 1 }, { paidFor: 60, withheld: 60 }],
  ['no more than goes back', { due: 25, step: 1 }, { paidFor: 25, withheld: 25 }],
  ['in coins there are', { due: 1_000, step: 50 }, { paidFor: 60, withheld: 50 }],
  ['nothing when nothing goes back', { due: 0, step: 1 }, { paidFor: 0, withheld: 0 }],
])('of 100 points 60 are spent, and their worth is withheld: %s', (_what, money, expected) => {
  const deduct = { ...TERMS, whenSpent: 'deduct' as const };
  const holding = { memberId: 'm', own: 40, balance: 40, expired: 0, paidFor: 0 };
  expect(refundPoints(back(100), deduct, holding, money)).toMatchObject({ earned: -100, ...expected });
  expect(refundPoints(back(100), TERMS, holding, money)).toMatchObject({ paidFor: 0, withheld: 0 });
  const worthless = { ...deduct, redeemValue: 0 };
  expect(refundPoints(back(100), worthless, holding, money)).toMatchObject({ paidFor: 0, withheld: 0 });
});

test('no more is written off than expired, nor than is taken back and not there', () => {
  const amount = fc.integer({ min: 0, max: 1_000 });
  fc.assert(
    fc.property(amount, amount, amount, amount, (earned, own, others, expired) => {
      const refund = refundPoints(
        back(earned),
        TERMS,
        { memberId: 'm', own, balance: own + others, expired, paidFor: 0 },
        MONEY,
      );
      const writtenOff = refund?.writtenOff ?? 0;
      expect(writtenOff).toBe(Math.min(Math.max(0, earned - own), expired));
    }),
    { numRuns: 1_000 },
  );
});
