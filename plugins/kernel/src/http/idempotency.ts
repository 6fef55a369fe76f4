import { createHash } from 'node:crypto';
import { uuidSchema } from '../contracts';
import { canonicalJson } from '../domain/canonical-json';
import { defineError } from '../domain/errors';

const keyRequired = defineError(
  'idempotency_key_required',
  400,
  'Send an Idempotency-Key header with a UUID that the client made for this act',
);

export const keyReused = defineError(
  'idempotency_key_reused',
  422,
  'This Idempotency-Key was used for another request: a new act needs a new key',
);

/** Header of an answer that was given before. */
const REPLAYED = { 'idempotent-replayed': 'true' };

/** The key of a request that books something. @throws idempotency_key_required (400) */
export function keyOf(call: { header(name: string): string | undefined }): string {
  const key = uuidSchema.safeParse(call.header('idempotency-key'));
  if (!key.success) throw keyRequired(undefined);
  return key.data.toLowerCase();
}

/** Bound to the act and the person: nobody is answered with what somebody else was told. */
export function requestHashOf(act: string, staffId: string, request: unknown): string {
  return createHash('sha256').update(canonicalJson({ act, staffId, request })).digest('base64url');
}

/** What a booking answers, now or again. */
export function bookedReply(body: unknown, isReplay: boolean) {
  return { status: 201, body, ...(isReplay ? { headers: REPLAYED } : {}) };
}
