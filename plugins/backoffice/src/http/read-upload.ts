import type { IncomingMessage } from 'node:http';
import { invalidInput } from '@tessera/kernel/domain';

/**
 * The body of a request, as bytes.
 * @returns at most `maxBytes + 1` bytes: whoever sends more is told so, and the rest is let through unread, because a sender
 * who is cut off never hears the answer
 * @throws invalid_input (400) when it breaks off
 */
export async function readUpload(raw: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  // A body of another type was read before, by Strapi.
  if (raw.readableEnded) return Buffer.alloc(0);
  try {
    for await (const chunk of raw.iterator({ destroyOnReturn: false })) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size > maxBytes) break;
    }
  } catch {
    throw invalidInput({ issues: [{ path: '', message: 'broke off before its end' }] });
  }
  raw.resume();
  return Buffer.concat(chunks).subarray(0, maxBytes + 1);
}
