import fc from 'fast-check';
import { refuseHostileAddress, refuseHostileBody } from './hostile-input';

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

test.each([
  ['text with NUL', { note: 'a\0b' }],
  ['half a surrogate pair', { note: '\ud800' }],
  ['a name with NUL', { 'a\0': 1 }],
  ['the name of the prototype', JSON.parse('{"__proto__": {"isAdmin": true}}')],
  ['nesting that overflows a recursive reader', nested(100_000)],
])('a body with %s is refused', (_what, body) => {
  expect(() => refuseHostileBody({ lines: [body] })).toThrow(expect.objectContaining({ code: 'invalid_input' }));
});

test('the refusal names the place', () => {
  expect(() => refuseHostileBody({ lines: [{ sku: 'ok' }, { sku: '\0' }] })).toThrow(/lines\.1\.sku/);
});

test('an address with NUL is refused', () => {
  expect(() => refuseHostileAddress({ id: 'a\0' }, new URLSearchParams())).toThrow();
  expect(() => refuseHostileAddress({}, new URLSearchParams('q=%00'))).toThrow();
});

test('ordinary JSON of any shape passes', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), (body) => {
      const isOrdinary =
        JSON.stringify(body).isWellFormed() && !/\\u0000|\\ud[89a-f]|__proto__/i.test(JSON.stringify(body));
      fc.pre(isOrdinary);
      expect(() => refuseHostileBody(body)).not.toThrow();
    }),
  );
});
