import { keyReused } from '@tessera/kernel/public';
import type { Transaction } from '../contracts';
import { toTransaction } from '../domain';
import type { Answered } from '../store/sale-store';
import { readTransaction } from '../store/transaction-store';
import type { Desk } from './price-cart';

export interface BookingReply {
  transaction: Transaction;
  isReplay: boolean;
}

/** The answer that the key got the first time. @throws idempotency_key_reused (422) */
export async function replay({ database }: Desk, answered: Answered, requestHash: string): Promise<BookingReply> {
  if (answered.requestHash !== requestHash) throw keyReused(undefined);
  const { transactionId, memberNo, memberName } = answered.response;
  const stored = await readTransaction(database, transactionId);
  if (!stored) throw new Error(`transaction ${transactionId} was answered but is not there`);
  return { transaction: toTransaction({ ...stored, memberNo, memberName }), isReplay: true };
}
