/** Crockford's base 32: no I, L, O, U, so that nobody misreads a code. https://www.crockford.com/base32.html */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 60 bits: with a million codes in use, one guess in 10¹² finds one. */
const CODE_LENGTH = 12;
const GROUP = /.{4}(?=.)/g;

/** Codes made of random bytes, `CODE_LENGTH` of them for each: 256 is a multiple of 32, so every character is as likely as any other. */
export function couponCodes(random: Uint8Array): string[] {
  const codes: string[] = [];
  for (let start = 0; start + CODE_LENGTH <= random.length; start += CODE_LENGTH) {
    let code = '';
    for (let place = 0; place < CODE_LENGTH; place++) code += ALPHABET[(random[start + place] ?? 0) % 32];
    codes.push(code);
  }
  return codes;
}

/** How many random bytes so many codes need. */
export function bytesForCodes(count: number): number {
  return count * CODE_LENGTH;
}

/** A code as it was typed, spoken or scanned, as it is stored: capitals, without what separates, O read as 0, I and L as 1. */
export function normalCouponCode(text: string): string {
  return text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
}

/** Can this be a code, as it was scanned? Digits alone are a barcode of goods: one code in a million has no letter. */
export function isCouponCode(text: string): boolean {
  const code = normalCouponCode(text);
  return (
    code.length === CODE_LENGTH && /[A-Z]/.test(code) && [...code].every((character) => ALPHABET.includes(character))
  );
}

/** As people read it: `7K2M-0QXD-93VF`. */
export function spelledCouponCode(code: string): string {
  return code.replace(GROUP, '$&-');
}

/** Enough to recognise a coupon by, not enough to use it. */
export function maskedCouponCode(code: string): string {
  return `…${code.slice(-4)}`;
}
