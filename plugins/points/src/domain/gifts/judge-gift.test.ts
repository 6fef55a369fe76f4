import fc from 'fast-check';
import type { Gift, GiftTaker } from './gift';
import { giftPostings } from './gift-journal';
import { handoutTerms, judgeGift, piecesLeft } from './judge-gift';

function giftOf(changes: Partial<Gift> = {}): Gift {
  return {
    id: 'gift1',
    code: 'MUG',
    label: { zh: '马克杯', en: 'Mug' },
    imageUrl: null,
    isActive: true,
    points: 100,
    stock: 5,
    storeIds: [],
    validFrom: null,
    validUntil: null,
    tier: null,
    limits: { perMember: null, period: 'month', perMemberPerPeriod: null },
    taken: [],
    ...changes,
  };
}

/** With 100 points in store 1, on a Saturday noon in Shanghai. */
const TAKER: GiftTaker = {
  storeId: 'store1',
  businessDay: '2026-11-28',
  now: new Date('2026-11-28T04:00:00.000Z'),
  available: 100,
  tierRank: null,
};
const GOLD = { rank: 2, label: { zh: '金卡', en: 'Gold' } };
const limits = (perMember: number | null, perMemberPerPeriod: number | null = null) =>
  ({ perMember, period: 'week', perMemberPerPeriod }) as const;

const CASES: [name: string, gift: Partial<Gift>, taker: Partial<GiftTaker>, refused: object | null][] = [
  ['everything holds', {}, {}, null],
  ['a gift that is switched off', { isActive: false }, {}, { reason: 'gift_not_offered' }],
  ['another store only', { storeIds: ['store2'] }, {}, { reason: 'gift_not_here' }],
  ['this store among others', { storeIds: ['store2', 'store1'] }, {}, null],
  [
    'a millisecond too early',
    { validFrom: '2026-11-28T04:00:00.001Z' },
    {},
    { reason: 'gift_not_now', from: '2026-11-28T04:00:00.001Z', until: null },
  ],
  ['the first instant', { validFrom: '2026-11-28T04:00:00.000Z' }, {}, null],
  [
    'the first instant after it',
    { validUntil: '2026-11-28T04:00:00.000Z' },
    {},
    { reason: 'gift_not_now', from: null, until: '2026-11-28T04:00:00.000Z' },
  ],
  ['no tier where one is asked for', { tier: GOLD }, {}, { reason: 'gift_tier_too_low', tier: GOLD.label }],
  ['a lower tier', { tier: GOLD }, { tierRank: 1 }, { reason: 'gift_tier_too_low', tier: GOLD.label }],
  ['the tier itself', { tier: GOLD }, { tierRank: 2 }, null],
  ['one left of the limit', { limits: limits(2), taken: [['2020-01-01', 1]] }, {}, null],
  [
    'the limit reached years ago',
    { limits: limits(2), taken: [['2020-01-01', 2]] },
    {},
    { reason: 'gift_limit_reached', limit: 2, endsOn: null },
  ],
  [
    'the limit of the week, which began on Monday',
    { limits: limits(null, 1), taken: [['2026-11-23', 1]] },
    {},
    { reason: 'gift_limit_reached', limit: 1, endsOn: '2026-11-29' },
  ],
  ['a piece of last week', { limits: limits(null, 1), taken: [['2026-11-22', 1]] }, {}, null],
  ['the last piece', { stock: 1 }, {}, null],
  ['no piece', { stock: 0 }, {}, { reason: 'gift_out_of_stock' }],
  ['stock that is not counted', { stock: null }, {}, null],
  ['one point too few', { points: 101 }, {}, { reason: 'points_not_enough', missing: 1 }],
];

test.each(CASES)('%s', (_name, gift, taker, refused) => {
  expect(judgeGift(giftOf(gift), { ...TAKER, ...taker })).toEqual(refused);
});

test('a member who takes as many as he is told may be left has each of them, and no more', () => {
  const limit = fc.option(fc.integer({ min: 1, max: 5 }), { nil: null });
  const days = fc.array(fc.constantFrom('2026-11-01', '2026-11-22', '2026-11-23', '2026-11-28'), { maxLength: 5 });
  const period = fc.constantFrom('day' as const, 'week' as const, 'month' as const);
  fc.assert(
    fc.property(limit, limit, period, days, (perMember, perMemberPerPeriod, length, had) => {
      const taken = had.map((day): [string, number] => [day, 1]);
      let gift = giftOf({ limits: { perMember, period: length, perMemberPerPeriod }, taken });
      const left = piecesLeft(gift, TAKER.businessDay);
      for (let piece = 0; piece < (left ?? 3); piece++) {
        expect(judgeGift(gift, TAKER)).toBeNull();
        gift = giftOf({ ...gift, taken: [...gift.taken, [TAKER.businessDay, 1]] });
      }
      expect(judgeGift(gift, TAKER)?.reason ?? null).toBe(left === null ? null : 'gift_limit_reached');
    }),
  );
});

test('a handout keeps its limits with the days of their period, and none where there is none', () => {
  expect(handoutTerms(giftOf({ limits: limits(3, 1) }), '2026-11-28')).toEqual({
    limitPerMember: 3,
    limitPerPeriod: 1,
    periodStartsOn: '2026-11-23',
    periodEndsOn: '2026-11-29',
  });
  expect(handoutTerms(giftOf(), '2026-11-28')).toEqual({
    limitPerMember: null,
    limitPerPeriod: null,
    periodStartsOn: null,
    periodEndsOn: null,
  });
});

test.each([
  [true, 'till1'],
  [true, null],
  [false, 'till1'],
])('points and pieces balance, counted %s, at till %s, and taking back is the exact opposite', (isCounted, tillId) => {
  const move = { giftId: 'gift1', memberId: 'm1', storeId: 'store1', tillId, points: 70, isCounted };
  const given = giftPostings(move, 1);
  for (const unit of ['points', 'gift1']) {
    const amounts = given.filter((posting) => posting.unit === unit).map(({ amount }) => amount);
    expect(amounts.reduce((all, amount) => all + amount, 0)).toBe(0);
  }
  expect(giftPostings(move, -1)).toEqual(given.map((posting) => ({ ...posting, amount: -posting.amount })));
});
