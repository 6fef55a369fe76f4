import type { Ledger } from '@tessera/ledger/public';
import { notFound } from '@tessera/kernel/domain';
import { keyReused, type Database, type Sql } from '@tessera/kernel/public';
import type { z } from 'zod';
import type { Denomination, Shift } from '../../contracts';
import type { CashEvent, StoredShift } from '../../domain';
import { claimKey, keepAnswer, releaseKey } from '../../store/answer-store';
import { readShift } from '../../store/shift-store';
import { holdTill } from '../../store/shift-writing';
import type { Desk } from '../price-cart';

export interface CashDesk extends Desk {
  database: Database;
  ledger: Ledger;
  /** Of a currency; empty when there is no list of it. */
  denominationsOf(currency: string): readonly Denomination[];
}

/** One write on a till's shift, as its request names it. */
export interface Once<Answer> {
  tillId: string;
  key: string;
  requestHash: string;
  /** Of the answer, which is read back through it: a repeated request gets the same bytes. */
  schema: z.ZodType<Answer>;
}

export interface ShiftReply<Answer> {
  answer: Answer;
  isReplay: boolean;
}

/** `refuse` throws, once what was written before is kept; the key is not used up. */
export type Outcome<Answer> = { answer: Answer } | { refuse: () => Promise<void> };

/**
 * Runs `work` alone at the till, once per key, all or nothing: sales under way are booked before it reads, later ones come
 * after its commit. A key that was used before is answered as it was then.
 * @throws idempotency_key_reused (422)
 */
export async function onceAtTill<Answer>(
  { database }: CashDesk,
  once: Once<Answer>,
  work: (sql: Sql) => Promise<Outcome<Answer>>,
): Promise<ShiftReply<Answer>> {
  const { tillId, key, requestHash, schema } = once;
  const outcome = await database.transaction(async (sql): Promise<ShiftReply<Answer> | Outcome<Answer>> => {
    const answered = await claimKey(sql, { key, requestHash });
    if (answered) {
      if (answered.requestHash !== requestHash) throw keyReused(undefined);
      return { answer: schema.parse(answered.response), isReplay: true };
    }
    await holdTill(sql, tillId);
    const done = await work(sql);
    if ('refuse' in done) {
      await releaseKey(sql, key);
      return done;
    }
    await keepAnswer(sql, key, done.answer);
    return { answer: schema.parse(done.answer), isReplay: false };
  });
  if (!('refuse' in outcome)) return { isReplay: false, ...outcome };
  await outcome.refuse();
  throw new Error('what was refused under the lock of the till is allowed after it');
}

/** @throws not_found (404) */
export async function findShift(sql: Sql, id: string): Promise<StoredShift> {
  const stored = await readShift(sql, id);
  if (!stored) throw notFound({ what: 'shift', id });
  return stored;
}

/** A shift is its holder's record: a grant of own records reaches those who answer for the drawer. */
export function recordsOfShift({ storeId, holder }: Shift): { storeId: string; staffId: string }[] {
  return [{ storeId, staffId: holder.id }];
}

export function cashEvent(id: string, shift: CashEvent['shift'], act: { staff: { id: string }; now: Date }): CashEvent {
  const { storeId, tillId, currency, businessDay } = shift;
  return { id, shift: { id: shift.id, storeId, tillId, currency, businessDay }, staffId: act.staff.id, now: act.now };
}
