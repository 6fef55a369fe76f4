import fc from 'fast-check';
import { parseAmount, parsePercent } from './parse-amount';

test.each([
  ['12.5', 1_250],
  ['12,50', 1_250],
  ['¥1,234.50', 123_450],
  ['１２．５', 1_250],
  ['0', 0],
  ['.5', 50],
  ['12.', 1_200],
])('"%s" is %i', (text, minor) => {
  expect(parseAmount(text, 2)).toBe(minor);
});

test.each(['', '.', 'abc', '-5', '1.234', '1e5', 'NaN', '99999999999999'])('"%s" is no amount', (text) => {
  expect(parseAmount(text, 2)).toBeNull();
});

test('every amount that is shown is read back', () => {
  fc.assert(fc.property(fc.nat(1_000_000_000), (minor) => parseAmount((minor / 100).toFixed(2), 2) === minor));
});

test('yen have no places', () => {
  expect(parseAmount('1200', 0)).toBe(1_200);
  expect(parseAmount('12.5', 0)).toBeNull();
});

test('a percentage lies between 0.01 and 100', () => {
  expect(parsePercent('7.5')).toBe(750);
  expect(parsePercent('100 %')).toBe(10_000);
  expect(parsePercent('0')).toBeNull();
  expect(parsePercent('101')).toBeNull();
});
