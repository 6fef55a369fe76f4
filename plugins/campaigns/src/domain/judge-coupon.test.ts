import { couponOf, lineOf, saleOf, termsOf } from '../../tests/coupon-builders';
import type { CouponHolding, CouponSale } from './facts';
import { judgeCoupon } from './judge-coupon';

type Changes = Parameters<typeof couponOf>[1];

const perMember = termsOf().limits;
const used = (memberId: string, period: string): CouponHolding['uses'] => [
  { templateId: 'template1', memberId, period, used: 1 },
];

test.each<[what: string, Changes, Partial<CouponSale>, CouponHolding['uses'], object | null]>([
  ['a coupon without conditions holds', {}, {}, [], null],
  ['a used one does not', { state: 'used' }, {}, [], { reason: 'coupon_used' }],
  ['nor a void one', { state: 'void' }, {}, [], { reason: 'coupon_void' }],
  ['held by this till it holds', { heldBy: 'till1' }, {}, [], null],
  ['held by another till it does not', { heldBy: 'till2' }, {}, [], { reason: 'coupon_held' }],
  [
    'before its first instant',
    { validFrom: '2026-06-10T04:00:00.001Z' },
    {},
    [],
    { reason: 'coupon_not_yet_valid', from: '2026-06-10T04:00:00.001Z' },
  ],
  ['in its first instant', { validFrom: '2026-06-10T04:00:00.000Z' }, {}, [], null],
  ['in its last instant', { validUntil: '2026-06-10T04:00:00.001Z' }, {}, [], null],
  [
    'after it',
    { validUntil: '2026-06-10T04:00:00.000Z' },
    {},
    [],
    { reason: 'coupon_expired', until: '2026-06-10T04:00:00.000Z' },
  ],
  ['of a member, for nobody', { memberId: 'm1' }, {}, [], { reason: 'coupon_needs_member' }],
  ['of a member, for him', { memberId: 'm1' }, { memberId: 'm1' }, [], null],
  ['of a member, for another', { memberId: 'm1' }, { memberId: 'm2' }, [], { reason: 'coupon_of_other_member' }],
  [
    'counted per member, for nobody',
    { terms: { limits: { ...perMember, perMember: 1 } } },
    {},
    [],
    { reason: 'coupon_needs_member' },
  ],
  ['in its store', { terms: { storeIds: ['store1'] } }, {}, [], null],
  ['in another store', { terms: { storeIds: ['store2'] } }, {}, [], { reason: 'coupon_other_store' }],
  ['in another currency', {}, { currency: 'EUR' }, [], { reason: 'coupon_other_currency' }],
  ['on its weekday', { terms: { weekdays: [3] } }, {}, [], null],
  ['on another weekday', { terms: { weekdays: [6, 7] } }, {}, [], { reason: 'coupon_other_weekday', weekdays: [6, 7] }],
  ['on a Sunday', { terms: { weekdays: [7] } }, { businessDay: '2026-06-14' }, [], null],
  ['in its hours', { terms: { hours: { from: '12:00', until: '14:00' } } }, {}, [], null],
  [
    'at the end of its hours',
    { terms: { hours: { from: '10:00', until: '12:00' } } },
    {},
    [],
    { reason: 'coupon_other_hours', from: '10:00', until: '12:00' },
  ],
  ['in hours past midnight', { terms: { hours: { from: '22:00', until: '02:00' } } }, { minutes: 60 }, [], null],
  ['for an item', { terms: { goods: { items: ['item1'], categories: [] } } }, {}, [], null],
  [
    'for a category',
    { terms: { goods: { items: [], categories: ['c1'] } } },
    { lines: [lineOf(1, 100, { categoryId: 'c1' })] },
    [],
    null,
  ],
  ['for other goods', { terms: { goods: { items: ['x'], categories: [] } } }, {}, [], { reason: 'coupon_no_goods' }],
  ['with its minimum', { terms: { minimum: 10_000 } }, {}, [], null],
  [
    'one unit below its minimum',
    { terms: { minimum: 10_001 } },
    {},
    [],
    { reason: 'coupon_minimum_not_met', minimum: 10_001, missing: 1 },
  ],
  [
    'with a minimum that other goods reach',
    { terms: { minimum: 200, goods: { items: ['item1'], categories: [] } } },
    { lines: [lineOf(1, 150), lineOf(2, 9_000)] },
    [],
    { reason: 'coupon_minimum_not_met', minimum: 200, missing: 50 },
  ],
  [
    'used up in all',
    { terms: { limits: { ...perMember, total: 1 } } },
    {},
    used('', ''),
    { reason: 'coupon_limit_total' },
  ],
  ['with one use left', { terms: { limits: { ...perMember, total: 2 } } }, {}, used('', ''), null],
  [
    'used up today',
    { terms: { limits: { ...perMember, perPeriod: 1 } } },
    {},
    used('', 'day 2026-06-10'),
    { reason: 'coupon_limit_period' },
  ],
  ['used up yesterday', { terms: { limits: { ...perMember, perPeriod: 1 } } }, {}, used('', 'day 2026-06-09'), null],
  [
    'used up by the member',
    { terms: { limits: { ...perMember, perMember: 1 } } },
    { memberId: 'm1' },
    used('m1', ''),
    { reason: 'coupon_limit_member' },
  ],
  [
    'used up by another member',
    { terms: { limits: { ...perMember, perMember: 1 } } },
    { memberId: 'm2' },
    used('m1', ''),
    null,
  ],
  [
    'used up by the member this week',
    { terms: { limits: { ...perMember, period: 'week', perMemberPerPeriod: 1 } } },
    { memberId: 'm1' },
    used('m1', 'week 2026-06-08'),
    { reason: 'coupon_limit_member_period' },
  ],
  ['of a kind that nobody knows', { terms: { kind: 'magic' } }, {}, [], { reason: 'coupon_not_understood' }],
  ['with arguments of another kind', { terms: { args: { rate: 5 } } }, {}, [], { reason: 'coupon_not_understood' }],
])('%s', (_what, changes, sale, uses, expected) => {
  expect(judgeCoupon(couponOf('A', changes), saleOf(sale), uses)).toEqual(expected);
});
