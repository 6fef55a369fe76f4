import fc from 'fast-check';
import { csvCell, csvLine, shieldCell, unshieldCell } from './csv-cell';

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('%j is shown as text, not run as a formula', (value) => {
  expect(csvCell(value).replaceAll('"', '')).toMatch(/^'/);
});

test('a number stays a number, also when it is negative', () => {
  expect(csvLine([-2.5, null, 'a'])).toBe('-2.5,,a\r\n');
});

test('no text breaks out of its cell', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '=', '-') }), (value) => {
      const cell = csvCell(value);
      const isQuoted = /^"(?:[^"]|"")*"$/.test(cell);
      expect(isQuoted || !/[",\n\r]/.test(cell)).toBe(true);
    }),
  );
});

test('what is shielded comes back as it was, however many apostrophes it began with', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("'", '=', '+', '@', 'a', '\t') }), (value) => {
      expect(unshieldCell(shieldCell(value))).toBe(value);
    }),
  );
});
