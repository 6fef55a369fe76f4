import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/**
 * OWASP's Password Storage Cheat Sheet, "scrypt": N = 2^15, r = 8, p = 3; 32 MiB a guess. Six digits stay guessable for
 * whoever holds the hash: what protects a PIN is that few attempts are answered.
 */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const KEY_BYTES = 32;
const MEMORY_LIMIT = 64 * 1024 * 1024;

/** Whether a text has the shape of a PIN: six digits. */
export function isPin(text: string): boolean {
  return /^\d{6}$/.test(text);
}

/** @returns `scrypt$N$r$p$salt$key` (base64url), as staff profiles keep it in `pinHash`. */
export async function hashPin(pin: string): Promise<string> {
  if (!isPin(pin)) throw new Error('A PIN has six digits');
  const salt = randomBytes(16);
  const key = await derive(pin, salt, KEY_BYTES, { ...COST, maxmem: MEMORY_LIMIT });
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Compares in constant time. A hash in another shape matches nothing. */
export async function verifyPin(pin: string, hash: string): Promise<boolean> {
  const [kind, n, r, p, salt, key] = hash.split('$');
  if (kind !== 'scrypt' || !salt || !key || !isPin(pin)) return false;
  const expected = Buffer.from(key, 'base64url');
  const cost = { N: Number(n), r: Number(r), p: Number(p), maxmem: MEMORY_LIMIT };
  const actual = await derive(pin, Buffer.from(salt, 'base64url'), expected.length, cost);
  return timingSafeEqual(actual, expected);
}
