import { cardOf, sessionsOf } from '../../tests/cards-builders';
import { coverLines } from './cover-lines';

const line = (lineNo: number, quantity: number, changes: object = {}) => ({
  lineNo,
  itemId: 'cut',
  sku: 'CUT',
  kind: 'service',
  quantity,
  ...changes,
});
const wish = (quantity: number, cardId = 'a', sku = 'CUT') => ({ cardId, sku, quantity });

const at = { day: '2026-11-28' };

test('sessions cover lines of their service from the first on', () => {
  const { uses } = coverLines([line(1, 2), line(2, 3)], [wish(3)], [cardOf('a', sessionsOf(5, ['cut']))], at);
  expect(uses.map(({ lineNo, quantity }) => [lineNo, quantity])).toEqual([
    [1, 2],
    [2, 1],
  ]);
});

test('two cards share the pieces of a line, and no piece is covered twice', () => {
  const cards = [cardOf('a', sessionsOf(1, ['cut'])), cardOf('b', sessionsOf(9, ['cut']))];
  const { uses, refusals } = coverLines([line(1, 3)], [wish(1), wish(2, 'b'), wish(1, 'b')], cards, at);
  expect(uses.map(({ cardId, quantity }) => [cardId, quantity])).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
  expect(refusals).toEqual([{ sku: 'CUT', reason: 'session_not_for_this' }]);
});

test.each([
  ['session_unknown_card', [line(1, 1)], wish(1, 'stranger')],
  ['session_not_for_this', [line(1, 1)], wish(2)],
  ['session_not_for_this', [line(1, 1, { kind: 'product' })], wish(1)],
  ['session_not_enough', [line(1, 9)], wish(3)],
  ['session_not_enough', [line(1, 1, { itemId: 'dye', sku: 'DYE' })], wish(1, 'a', 'DYE')],
])('%s: a wish is refused whole', (reason, lines, wanted) => {
  const { uses, refusals } = coverLines(lines, [wanted], [cardOf('a', sessionsOf(2, ['cut']))], at);
  expect(uses).toEqual([]);
  expect(refusals).toEqual([{ sku: wanted.sku, reason }]);
});

test('a time card covers as many pieces as the day has uses left, and sessions the rest', () => {
  const time = { usesPer: 'day', usesLimit: 2, uses: [{ day: '2026-11-28', uses: 1 }] } as const;
  const card = cardOf('a', sessionsOf(1, ['cut']), sessionsOf(0, ['cut'], { kind: 'time', sku: 'MONTH', time }));
  const covered = (quantity: number, day: string) =>
    coverLines([line(1, 9)], [wish(quantity)], [card], { day }).uses.map(({ plan }) => plan.sku);
  expect(covered(2, '2026-11-28')).toEqual(['MONTH']);
  expect(covered(3, '2026-11-28')).toEqual([]);
  expect(covered(3, '2026-11-29')).toEqual(['MONTH']);
});

test('a time card without a limit covers everything, and a blocked card nothing', () => {
  const time = { usesPer: null, usesLimit: null, uses: [] };
  const card = cardOf('a', sessionsOf(0, ['cut'], { kind: 'time', time }));
  expect(coverLines([line(1, 9)], [wish(9)], [card], at).uses).toMatchObject([{ quantity: 9 }]);
  const { refusals } = coverLines([line(1, 9)], [wish(9)], [], { ...at, blocked: [{ id: 'a' }] });
  expect(refusals).toEqual([{ sku: 'CUT', reason: 'session_card_blocked' }]);
});
