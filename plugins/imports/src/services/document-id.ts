import { randomBytes } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Same shape as Strapi's: 24 characters, a letter first. Bytes that would favour some characters are skipped. */
export function makeDocumentId(): string {
  let id = '';
  while (id.length < 24) {
    for (const byte of randomBytes(32)) {
      const letters = id.length === 0 ? 26 : 36;
      if (byte < 256 - (256 % letters) && id.length < 24) id += ALPHABET[byte % letters];
    }
  }
  return id;
}
