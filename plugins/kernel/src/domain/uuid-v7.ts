/**
 * UUID version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then chance, so that keys made later sort later.
 * @param random at least 10 random bytes
 */
export function uuidV7(now: Date, random: Uint8Array): string {
  if (random.length < 10) throw new RangeError('a version 7 UUID needs 10 random bytes');
  const time = now.getTime().toString(16).padStart(12, '0');
  const bytes = [...random.slice(0, 10)];
  bytes[0] = 0x70 | ((bytes[0] ?? 0) & 0x0f);
  bytes[2] = 0x80 | ((bytes[2] ?? 0) & 0x3f);
  const hex = time + bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
