import fc from 'fast-check';
import { TesseraError } from '@tessera/kernel/domain';
import { normalisePhone } from './normalise-phone';

test.each([
  ['138 1234 5678', 'CN', '+8613812345678'],
  ['１３８１２３４５６７８', 'CN', '+8613812345678'],
  ['+86-138-1234-5678', 'GB', '+8613812345678'],
  ['0086 13812345678', 'CN', '+8613812345678'],
  ['020 7946 0958', 'GB', '+442079460958'],
])('%s in %s is %s', (input, country, expected) => {
  expect(normalisePhone(input, country)).toBe(expected);
});

test.each(['', '12', '138123456789', 'call me: 13812345678', '13812345678 ext. 5', '9'.repeat(41), '\0'])(
  '%j is refused',
  (input) => {
    expect(() => normalisePhone(input, 'CN')).toThrow(expect.objectContaining({ code: 'invalid_phone', status: 400 }));
  },
);

test('a normalised number stays as it is, whatever the country', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.constantFrom('CN', 'GB', 'US'), (tail, country) => {
      const phone = normalisePhone(`138${String(tail).padStart(8, '0')}`, 'CN');
      expect(normalisePhone(phone, country)).toBe(phone);
    }),
  );
});

test('any text is either a number in E.164 or invalid_phone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (input) => {
      try {
        expect(normalisePhone(input, 'CN')).toMatch(/^\+[1-9]\d{4,14}$/);
      } catch (error) {
        if (!(error instanceof TesseraError)) throw error;
        expect(error.code).toBe('invalid_phone');
      }
    }),
  );
});
