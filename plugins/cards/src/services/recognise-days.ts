import { randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { businessDayOf, uuidV7 } from '@tessera/kernel/domain';
import { kernel, type JobDefinition, type Sql } from '@tessera/kernel/public';
import { readElapsingStores, recogniseBatch } from '../store/elapsed-store';

/** Cards in one short transaction; a journal numbers its postings in 16 bits. */
const BATCH = 2_000;

/**
 * What was paid for days of time cards that are over becomes revenue of the store that opened the card. May run late, twice or on two
 * nodes at once: it goes by how many days are over, not by when it ran last.
 * @returns how many time cards, and how much in minor units
 */
export async function recogniseDays(sql: Sql, now: Date): Promise<{ lots: number; amount: number }> {
  const total = { lots: 0, amount: 0 };
  for (const { storeId, currency, timeZone, dayCutoff } of await readElapsingStores(sql)) {
    const day = businessDayOf(now, timeZone, dayCutoff);
    for (;;) {
      const journal = uuidV7(now, randomBytes(10));
      const at = now.toISOString();
      const done = await recogniseBatch(sql, { journal, storeId, currency, day, at, size: BATCH });
      if (done.lots === 0) break;
      total.lots += done.lots;
      total.amount += done.amount;
    }
  }
  return total;
}

/** Days are over at the cut-off of each store; once a day the books say so. */
export function daysJob(strapi: Core.Strapi): JobDefinition {
  return {
    code: 'recognise-card-days',
    label: { zh: '结转期限卡收入', en: 'Book the days of time cards that are over' },
    figures: { lots: { zh: '期限卡', en: 'time cards' }, amount: { zh: '金额（分）', en: 'amount in minor units' } },
    cron: '40 5 * * *',
    run: ({ now }) => recogniseDays(kernel(strapi).database, now),
  };
}
