import fc from 'fast-check';
import { codeOf } from '../../../../config/presets/testing/code-of';
import { cardOf, lotOf, sessionsOf } from '../../tests/cards-builders';
import { SPEND_ORDERS } from './plan';
import { availableValue, spendValue } from './spend-value';

const whole = (amount: number) => [{ amount, cardId: null }];

test('what ends first is spent first, then what is older, whichever card it is on', () => {
  const cards = [
    cardOf('a', lotOf({ principal: 100, bonus: 0 })),
    cardOf('b', lotOf({ principal: 100, bonus: 0, validUntil: '2026-07-01T00:00:00Z' })),
    cardOf('c', lotOf({ principal: 100, bonus: 0, validUntil: '2026-06-01T00:00:00Z' })),
  ];
  expect(spendValue(cards, 'CNY', whole(250)).map(({ cardId, principal }) => [cardId, principal])).toEqual([
    ['c', 100],
    ['b', 100],
    ['a', 50],
  ]);
});

test('a card that is named pays alone, and sessions and other money pay nothing', () => {
  const cards = [
    cardOf('a', lotOf()),
    cardOf('b', lotOf(), sessionsOf(5, ['s'])),
    { ...cardOf('c', lotOf()), currency: 'USD' },
  ];
  expect(availableValue(cards, 'CNY')).toBe(1_120);
  expect(spendValue(cards, 'CNY', [{ amount: 560, cardId: 'b' }]).map(({ cardId }) => cardId)).toEqual(['b']);
  expect(codeOf(() => spendValue(cards, 'CNY', [{ amount: 561, cardId: 'b' }]))).toBe('stored_value_not_enough');
});

test('two spends of one sale do not spend the same value twice', () => {
  const cards = [cardOf('a', lotOf())];
  const twice = [
    { amount: 300, cardId: 'a' },
    { amount: 300, cardId: null },
  ];
  expect(codeOf(() => spendValue(cards, 'CNY', twice))).toBe('stored_value_not_enough');
});

test('bonus earns points only where its plan says so', () => {
  const earningOf = (bonusEarnsPoints: boolean) =>
    spendValue([cardOf('a', lotOf({ bonusEarnsPoints }))], 'CNY', whole(550)).map(({ earning }) => earning);
  expect([earningOf(false), earningOf(true)]).toEqual([[500], [550]]);
});

test('the parts of any spend add up to it, and leave nothing below nothing', () => {
  const anyLot = fc.record({
    principal: fc.nat(5_000),
    bonus: fc.nat(5_000),
    spendOrder: fc.constantFrom(...SPEND_ORDERS),
    validUntil: fc.constantFrom(null, '2026-07-01T00:00:00Z', '2026-06-01T00:00:00Z'),
  });
  const anyCards = fc.array(fc.array(anyLot, { maxLength: 4 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(anyCards, fc.double({ min: 0, max: 1, noNaN: true }), (given, share) => {
      const cards = given.map((held, index) => cardOf(`card ${index}`, ...held.map(lotOf)));
      const amount = Math.floor(availableValue(cards, 'CNY') * share);
      const parts = spendValue(cards, 'CNY', whole(amount));
      expect(parts.reduce((all, { principal, bonus }) => all + principal + bonus, 0)).toBe(amount);
      const left = new Map(cards.flatMap((card) => card.lots.map((lot) => [lot.id, lot])));
      for (const { lotId, principal, bonus } of parts) {
        expect(principal).toBeLessThanOrEqual(left.get(lotId)?.principal ?? 0);
        expect(bonus).toBeLessThanOrEqual(left.get(lotId)?.bonus ?? 0);
      }
      expect(codeOf(() => spendValue(cards, 'CNY', whole(availableValue(cards, 'CNY') + 1)))).toBe(
        'stored_value_not_enough',
      );
    }),
    { numRuns: 1_000 },
  );
});
