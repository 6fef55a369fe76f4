import fc from 'fast-check';
import { joinList, splitList } from './list-cell';

test.each([
  ['vip; regular', ['vip', 'regular']],
  ['老客户、染发，短发', ['老客户', '染发', '短发']],
  ['a, b\nc\n', ['a, b', 'c']],
  ['', []],
])('%j is read as %j', (cell, texts) => {
  expect(splitList(cell)).toEqual(texts);
});

test('a list that was written into a cell is read as it was', () => {
  const text = fc
    .string({ unit: fc.constantFrom('a', '老', ',', ';', '|', ' ', '、'), minLength: 1 })
    .map((made) => made.trim())
    .filter((made) => made !== '');
  fc.assert(fc.property(fc.array(text), (texts) => expect(splitList(joinList(texts))).toEqual(texts)));
});
