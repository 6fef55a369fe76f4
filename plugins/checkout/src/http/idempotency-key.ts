import type { StaffCall } from '@tessera/access/public';
import { uuidSchema } from '@tessera/kernel/contracts';
import { defineError } from '@tessera/kernel/domain';

const keyRequired = defineError(
  'idempotency_key_required',
  400,
  'Send an Idempotency-Key header with a UUID that the client made for this act',
);

/** Header of an answer that was given before. */
export const REPLAYED = { 'idempotent-replayed': 'true' };

/** @throws idempotency_key_required (400) */
export function keyOf(call: StaffCall): string {
  const key = uuidSchema.safeParse(call.header('idempotency-key'));
  if (!key.success) throw keyRequired(undefined);
  return key.data.toLowerCase();
}
