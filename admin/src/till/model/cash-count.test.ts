import { parsePieces, toPieces } from './cash-count';

const KNOWN = [
  { value: 10_000, form: 'note' as const },
  { value: 100, form: 'coin' as const },
];

test('a count is what was typed per coin and note; what was left empty is not there', () => {
  expect(toPieces({ 'note-10000': '5', 'coin-100': '' }, KNOWN, 2)).toEqual([
    { value: 10_000, form: 'note', count: 5 },
  ]);
  expect(toPieces({ 'coin-100': '１２' }, KNOWN, 2)).toEqual([{ value: 100, form: 'coin', count: 12 }]);
});

test('something that is no number of pieces makes no count', () => {
  expect(toPieces({ 'note-10000': '1.5' }, KNOWN, 2)).toBeNull();
  expect(parsePieces('100001')).toBeNull();
  expect(parsePieces('-1')).toBeNull();
});

test('a currency without a list is counted as one sum', () => {
  expect(toPieces({ whole: '12.50' }, [], 2)).toEqual([{ value: 1_250, form: 'note', count: 1 }]);
  expect(toPieces({}, [], 2)).toEqual([]);
  expect(toPieces({ whole: 'x' }, [], 2)).toBeNull();
});
