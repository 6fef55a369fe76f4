import { ruleOf, storedRule } from '../../tests/points-builders';
import { EARN_RULE_KINDS } from './earn-rules';
import { isInForce, readRule } from './read-rule';

const MULTIPLIER = { multiplier: 20_000 };
const WEDNESDAY = { ...MULTIPLIER, weekdays: ['3'] };

test('a kind that is not known is a problem', () => {
  expect(readRule(storedRule('nonsense', {}))).toEqual({ problem: { code: 'nonsense', reason: 'unknown_kind' } });
});

test.each(EARN_RULE_KINDS.map(({ code }) => code))('%s without arguments is a problem', (kind) => {
  for (const args of [{}, null, 'x', []]) {
    expect(readRule(storedRule(kind, args))).toEqual({ problem: { code: kind, reason: 'bad_args' } });
  }
});

test.each([
  // kind, the arguments at their limit, one step beyond
  ['per-money', { points: 1, amount: 1 }, { points: 1, amount: 0 }],
  ['per-money', { points: 1, amount: 1 }, { points: 0, amount: 1 }],
  ['per-money', { points: 1_000_000, amount: 1 }, { points: 1_000_001, amount: 1 }],
  ['per-money', { points: 1, amount: 1 }, { points: 1.5, amount: 1 }],
  ['per-money', { points: 1, amount: 1 }, { points: 1, amount: 1, extra: 1 }],
  ['per-item', { points: 1, skus: ['TEA'] }, { points: 1, skus: [], categories: [] }],
  ['per-item', { points: 1, skus: ['TEA'] }, { points: 1, skus: [' '] }],
  ['per-item', { points: 1, categories: ['tea0000000000000'] }, { points: 1, categories: ['tea'] }],
  ['per-visit', { points: 1, minimum: 0 }, { points: 1, minimum: -1 }],
  ['first-purchase', { points: 1 }, { points: '1' }],
  ['birthday-month', { multiplier: 10_001 }, { multiplier: 10_000 }],
  ['birthday-month', { multiplier: 1_000_000 }, { multiplier: 1_000_001 }],
  ['tier', { ...MULTIPLIER, tiers: ['GOLD'] }, { ...MULTIPLIER, tiers: [] }],
  ['weekday-hour', WEDNESDAY, { ...MULTIPLIER, weekdays: [] }],
  ['weekday-hour', { ...MULTIPLIER, weekdays: ['7'] }, { ...MULTIPLIER, weekdays: ['0'] }],
  ['weekday-hour', { ...WEDNESDAY, until: '23:59' }, { ...WEDNESDAY, until: '24:00' }],
  ['weekday-hour', { ...WEDNESDAY, from: '09:30' }, { ...WEDNESDAY, from: '9:30' }],
])('%s takes %o and not %o', (kind, good, bad) => {
  expect(readRule(storedRule(kind, good))).toHaveProperty('rule');
  expect(readRule(storedRule(kind, bad))).toEqual({ problem: { code: kind, reason: 'bad_args' } });
});

const FROM = '2026-06-10T04:00:00.000Z';
const UNTIL = '2026-06-11T04:00:00.000Z';

test.each([
  ['a moment before it begins', '2026-06-10T03:59:59.999Z', false],
  ['as it begins', FROM, true],
  ['in its last moment', '2026-06-11T03:59:59.999Z', true],
  ['as it ends', UNTIL, false],
])('a rule with both ends holds %s: %s is %s', (_what, now, expected) => {
  const rule = ruleOf('per-visit', { points: 1 }, { validFrom: FROM, validUntil: UNTIL });
  expect(isInForce(rule, { storeId: 'store1', now: new Date(now) })).toBe(expected);
});

test.each([
  ['every store when it names none', [], true],
  ['a store that it names', ['store2', 'store1'], true],
  ['no store that it does not name', ['store2'], false],
])('a rule holds in %s', (_what, storeIds, expected) => {
  const rule = ruleOf('per-visit', { points: 1 }, { storeIds });
  expect(isInForce(rule, { storeId: 'store1', now: new Date(FROM) })).toBe(expected);
});
