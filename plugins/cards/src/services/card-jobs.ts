import { randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { businessDayOf, uuidV7 } from '@tessera/kernel/domain';
import { kernel, type JobDefinition, type Sql } from '@tessera/kernel/public';
import {
  giveBatch,
  readElapsingStores,
  readOwingStores,
  recogniseBatch,
  type Batch,
  type CardStore,
} from '../store/elapsed-store';

/** Cards in one short transaction; a journal numbers its postings in 16 bits. */
const BATCH = 2_000;

// a type, not an interface: figures of a job are a record
type Done = { lots: number; amount: number };

/** Batch by batch, store by store, on the business day of each. */
async function untilDone(
  stores: readonly CardStore[],
  now: Date,
  book: (batch: Batch) => Promise<Done>,
): Promise<Done> {
  const total = { lots: 0, amount: 0 };
  for (const { storeId, currency, timeZone, dayCutoff } of stores) {
    const day = businessDayOf(now, timeZone, dayCutoff);
    for (;;) {
      const journal = uuidV7(now, randomBytes(10));
      const done = await book({ journal, storeId, currency, day, at: now.toISOString(), size: BATCH });
      if (done.lots === 0) break;
      total.lots += done.lots;
      total.amount += done.amount;
    }
  }
  return total;
}

/**
 * What was paid for days of time cards that are over becomes revenue of the store that opened the card. May run late, twice or on two
 * nodes at once: it goes by how many days are over, not by when it ran last.
 * @returns how many time cards, and how much in minor units
 */
export async function recogniseDays(sql: Sql, now: Date): Promise<Done> {
  return untilDone(await readElapsingStores(sql), now, (batch) => recogniseBatch(sql, batch));
}

/**
 * Gives the parts of bonuses that are due. May run late, twice or on two nodes at once: what is given is not due any more.
 * @returns on how many cards, and how much in minor units
 */
export async function giveBonus(sql: Sql, now: Date): Promise<Done> {
  return untilDone(await readOwingStores(sql), now, (batch) => giveBatch(sql, batch));
}

/** A bonus in monthly parts comes on its days. */
export function bonusJob(strapi: Core.Strapi): JobDefinition {
  return {
    code: 'give-card-bonus',
    label: { zh: '发放到期赠金', en: 'Give the parts of bonuses that are due' },
    figures: { lots: { zh: '卡', en: 'cards' }, amount: { zh: '金额（分）', en: 'amount in minor units' } },
    cron: '20 5 * * *',
    run: ({ now }) => giveBonus(kernel(strapi).database, now),
  };
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
