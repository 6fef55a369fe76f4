import { randomBytes } from 'node:crypto';
import { businessDayOf, uuidV7 } from '@tessera/kernel/domain';
import type { Sql } from '@tessera/kernel/public';
import { GIFT_RULE, giftDates } from '../domain';
import type { Points, PointsGift, PointsGiven } from '../public';
import { readRulesVersion } from '../store/adjustment-store';

/** Makes a gift ready to be booked: what the ledger has to say of it, and when the points count. */
export async function giftOfPoints(
  desk: { database: Sql } & Pick<Points, 'ruleBook'>,
  { memberId, amount, days, kind, label, store, now }: PointsGiven,
): Promise<PointsGift> {
  const { programme } = await desk.ruleBook(await readRulesVersion(desk.database));
  const points = { unit: 'points', account: 'points' };
  const journal = {
    id: uuidV7(now, randomBytes(10)),
    kind,
    storeId: store.id,
    businessDay: businessDayOf(now, store.timeZone, store.dayCutoff),
    occurredAt: now.toISOString(),
    subjectType: 'member',
    subjectId: memberId,
    postings: [
      { ...points, ownerType: 'member', ownerId: memberId, amount },
      { ...points, ownerType: 'store', ownerId: store.id, account: 'points-granted', amount: -amount },
    ],
  };
  const dates = giftDates(programme, days, { now, timeZone: store.timeZone });
  return { journal, memberId, amount, rule: `${GIFT_RULE}${kind}`, label, ...dates };
}
