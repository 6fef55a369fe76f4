import fc from 'fast-check';
import { formatThousandths, parseCount, parseThousandths } from './thousandths';

test.each([
  ['2.55', 2_550],
  ['-11062.06', -11_062_060],
  ['0.001', 1],
  ['0.0', 0],
  ['-0.0', 0],
  ['12', 12_000],
  [' 1.50000 ', 1_500],
])('%s is read exactly', (text, expected) => {
  expect(parseThousandths(text)).toBe(expected);
});

test.each(['', 'abc', '1e3', '0.0001', '1,5', '--1', '1.', 'NaN', '1'.repeat(13)])('"%s" is no amount', (text) => {
  expect(parseThousandths(text)).toBeNull();
});

test('what is written is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (amount) => {
      expect(parseThousandths(formatThousandths(amount).replaceAll(',', ''))).toBe(amount === 0 ? 0 : amount);
    }),
  );
});

test.each([
  ['6', 6],
  ['-12', -12],
  ['6.0', 6],
  ['6.5', null],
  ['', null],
])('the quantity "%s" is %s', (text, expected) => {
  expect(parseCount(text)).toBe(expected);
});
