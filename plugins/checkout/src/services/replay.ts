import { createHash } from 'node:crypto';
import { canonicalJson, defineError } from '@tessera/kernel/domain';
import type { Transaction } from '../contracts';
import { toTransaction } from '../domain';
import type { Answered } from '../store/sale-store';
import { readTransaction } from '../store/transaction-store';
import type { Desk } from './price-cart';

export const keyReused = defineError(
  'idempotency_key_reused',
  422,
  'This Idempotency-Key was used for another request: a new act needs a new key',
);

export interface BookingReply {
  transaction: Transaction;
  isReplay: boolean;
}

/** Bound to the act and the person: nobody is answered with what somebody else was told. */
export function requestHashOf(act: string, staffId: string, request: unknown): string {
  return createHash('sha256').update(canonicalJson({ act, staffId, request })).digest('base64url');
}

/** The answer that the key got the first time. @throws idempotency_key_reused (422) */
export async function replay({ database }: Desk, answered: Answered, requestHash: string): Promise<BookingReply> {
  if (answered.requestHash !== requestHash) throw keyReused(undefined);
  const { transactionId, memberNo, memberName } = answered.response;
  const stored = await readTransaction(database, transactionId);
  if (!stored) throw new Error(`transaction ${transactionId} was answered but is not there`);
  return { transaction: toTransaction({ ...stored, memberNo, memberName }), isReplay: true };
}
