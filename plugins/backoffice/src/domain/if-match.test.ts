import fc from 'fast-check';
import { readIfMatch } from './if-match';

test.each(['3', '"3"', 'W/"3"', ' 3 '])('%p is version 3', (header) => expect(readIfMatch(header)).toBe(3));

test.each([undefined, '', '  '])('%p is no version: 428', (header) => {
  expect(() => readIfMatch(header)).toThrow(expect.objectContaining({ code: 'version_required', status: 428 }));
});

test.each(['*', '"3', '3"', '-1', '1.5', '"1","2"', '9999999999', '３'])('%p is refused: 400', (header) => {
  expect(() => readIfMatch(header)).toThrow(expect.objectContaining({ code: 'invalid_input', status: 400 }));
});

test('whatever is sent is a version or one of two refusals', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (header) => {
      try {
        expect(Number.isSafeInteger(readIfMatch(header))).toBe(true);
      } catch (error) {
        expect(['version_required', 'invalid_input']).toContain((error as { code?: string }).code);
      }
    }),
  );
});
