import fc from 'fast-check';
import {
  bytesForCodes,
  couponCodes,
  isCouponCode,
  maskedCouponCode,
  normalCouponCode,
  spelledCouponCode,
} from './coupon-code';

const anyCode = fc
  .uint8Array({ minLength: bytesForCodes(1), maxLength: bytesForCodes(1) })
  .map((random) => couponCodes(random)[0] ?? '');

test('a code is read again however it is spelled', () => {
  fc.assert(
    fc.property(anyCode, (code) => {
      const spelled = spelledCouponCode(code);
      expect(spelled).toMatch(/^\w{4}-\w{4}-\w{4}$/);
      const typed = spelled.toLowerCase().replace(/0/g, 'o').replace(/1/g, 'l');
      expect([normalCouponCode(spelled), normalCouponCode(` ${typed} `)]).toEqual([code, code]);
      expect(maskedCouponCode(code)).toBe(`…${code.slice(8)}`);
    }),
  );
});

test('every character of the alphabet is as likely as any other', () => {
  const [code] = couponCodes(Uint8Array.from({ length: 12 }, (_, index) => index + 32));
  expect(code).toBe('0123456789AB');
  expect(couponCodes(new Uint8Array(bytesForCodes(3)))).toEqual(['000000000000', '000000000000', '000000000000']);
});

test('a barcode of goods and a member number are no coupon', () => {
  expect(['690123456789', 'M000123', '7K2M-0QXD-93VU', ''].map(isCouponCode)).toEqual([false, false, false, false]);
  expect(isCouponCode('7k2m-0qxd-93vf')).toBe(true);
});
