import fc from 'fast-check';
import { codeOf } from '../../../../config/presets/testing/code-of';
import type { PointsTerms } from './booking';
import { refundPoints } from './refund-points';

const TERMS: PointsTerms = { redeemPoints: 100, redeemValue: 100, whenSpent: 'debt' };
const back = (earned: number, redeemed = 0) => [{ lineNo: 1, earned: -earned, redeemed: -redeemed }];

test('nothing moves when nothing was earned or redeemed', () => {
  expect(refundPoints(back(0), TERMS, { memberId: 'm', own: 0, balance: 0, expired: 0 })).toBeNull();
});

test('points that expired unused are not asked for again', () => {
  expect(refundPoints(back(100), TERMS, { memberId: 'm', own: 30, balance: 30, expired: 50 })).toMatchObject({
    writtenOff: 50,
  });
});

test.each([
  ['left in the sale', { memberId: 'm', own: 100, balance: 100, expired: 0 }, undefined],
  ['left in other lots', { memberId: 'm', own: 0, balance: 100, expired: 0 }, undefined],
  ['one is spent', { memberId: 'm', own: 0, balance: 99, expired: 0 }, 'points_already_spent'],
  ['owed before', { memberId: 'm', own: 0, balance: -1, expired: 0 }, 'points_already_spent'],
])('a shop that wants no debt: %s', (_what, holding, code) => {
  expect(codeOf(() => refundPoints(back(100), { ...TERMS, whenSpent: 'refuse' }, holding))).toBe(code);
});

test('what the refund gives back counts as there', () => {
  const refuse = { ...TERMS, whenSpent: 'refuse' as const };
  expect(
    codeOf(() => refundPoints(back(100, 100), refuse, { memberId: 'm', own: 0, balance: 0, expired: 0 })),
  ).toBeUndefined();
});

test('no more is written off than expired, nor than is taken back and not there', () => {
  const amount = fc.integer({ min: 0, max: 1_000 });
  fc.assert(
    fc.property(amount, amount, amount, amount, (earned, own, others, expired) => {
      const refund = refundPoints(back(earned), TERMS, { memberId: 'm', own, balance: own + others, expired });
      const writtenOff = refund?.writtenOff ?? 0;
      expect(writtenOff).toBe(Math.min(Math.max(0, earned - own), expired));
    }),
    { numRuns: 1_000 },
  );
});
