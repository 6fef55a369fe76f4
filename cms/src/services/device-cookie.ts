import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Proof that somebody once signed in to an account from this device: `<nonce>.<signature>`. */
export const DEVICE_COOKIE = 'tessera_device';

function signatureOf(secret: string, account: string, nonce: string): Buffer {
  return createHmac('sha256', secret).update(`device\0${account}\0${nonce}`).digest();
}

/** Issued after a successful sign-in; worthless for another account. */
export function issueDeviceCookie(secret: string, account: string): string {
  const nonce = randomBytes(16).toString('base64url');
  return `${nonce}.${signatureOf(secret, account, nonce).toString('base64url')}`;
}

/** @returns the nonce of a cookie that was issued to this account, else undefined */
export function readDeviceCookie(secret: string, account: string, cookie: string | undefined): string | undefined {
  const [nonce, signature] = cookie?.split('.') ?? [];
  if (!nonce || !signature) return undefined;
  const expected = signatureOf(secret, account, nonce);
  const given = Buffer.from(signature, 'base64url');
  return given.length === expected.length && timingSafeEqual(given, expected) ? nonce : undefined;
}
