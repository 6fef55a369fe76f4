import fc from 'fast-check';
import { mask } from './mask';
import type { MaskKind } from './resource';

test.each<[MaskKind, unknown, string | null]>([
  ['phone', '+8613812345678', '+86*******5678'],
  ['phone', '1234567', '***'],
  ['name', '张三丰', '张**'],
  ['name', '𠮷田', '𠮷**'],
  ['date', '1990-05-17', '****-**-**'],
  ['text', 'allergic', '***'],
  ['text', 0, '***'],
  ['phone', '', null],
  ['text', null, null],
  ['date', undefined, null],
])('%s of %p looks like %p', (kind, value, masked) => expect(mask(kind, value)).toBe(masked));

test('of a phone at most seven digits stay', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+?\d{1,20}$/), (phone) => {
      const left = mask('phone', phone)?.replace(/\D/g, '') ?? '';
      expect(left.length).toBeLessThan(phone.replace(/\D/g, '').length);
      expect(left.length).toBeLessThanOrEqual(7);
    }),
  );
});

test('a text and a date show nothing of themselves, not even their length', () => {
  const kind = fc.constantFrom<MaskKind>('text', 'date');
  fc.assert(
    fc.property(kind, fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (masked, one, other) =>
      expect(mask(masked, one)).toBe(mask(masked, other)),
    ),
  );
});
