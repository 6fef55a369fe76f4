import { randomBytes } from 'node:crypto';
import { businessDayOf, uuidV7 } from '@tessera/kernel/domain';
import type { Sql } from '@tessera/kernel/public';
import type { ExpiryOptions } from '../public';
import { expireBatch, readStoresWithDueLots } from '../store/expiry-store';

/** A journal numbers its postings in 16 bits. */
const MAX_BATCH = 10_000;

/**
 * Writes the entries that say which points have run out, in short transactions of `batch` lots. May run late, twice or on two nodes
 * at once: what is written off is gone from the lots. Members who are being served are left for the next run.
 * With `memberId` it is about this member only, and waits for whoever serves him: so that what is done next does not depend on
 * whether the job has run.
 * @returns how many lots and points were written off
 */
export async function expireLots(
  sql: Sql,
  now: Date,
  { batch = 5_000, memberId = null }: ExpiryOptions = {},
): Promise<{ lots: number; points: number }> {
  const size = Math.min(batch, MAX_BATCH);
  const done = { lots: 0, points: 0 };
  for (const { storeId, timeZone, dayCutoff } of await readStoresWithDueLots(sql, now, memberId)) {
    const businessDay = businessDayOf(now, timeZone, dayCutoff);
    for (;;) {
      const journalId = uuidV7(now, randomBytes(10));
      const { lots, points } = await expireBatch(sql, { storeId, businessDay, now, size, journalId, memberId });
      if (lots === 0) break;
      done.lots += lots;
      done.points += points;
    }
  }
  return done;
}
