import { randomBytes } from 'node:crypto';
import { businessDayOf, defineError, notFound, uuidV7 } from '@tessera/kernel/domain';
import { memberMerged } from '@tessera/members/domain';
import { keyReused, requestHashOf } from '@tessera/kernel/public';
import type { AdjustmentRequest } from '../contracts';
import { lotDates, pointsNotEnough, type Programme } from '../domain';
import type { Points } from '../public';
import { bookAdjustment, readRulesVersion } from '../store/adjustment-store';
import { readMemberPlace } from '../store/member-points-store';
import type { Act, PointsDesk } from './member-points';

const storeNeeded = defineError(
  'store_needed',
  422,
  'The member has no home store: name the store whose books it goes in',
);

export interface Adjustment {
  journalId: string;
  memberId: string;
  amount: number;
}

interface Ask {
  memberId: string;
  request: AdjustmentRequest;
  key: string;
}

/** Points given by hand last as long as earned ones; without a programme they stay. */
function datesOf(programme: Programme | null, at: { now: Date; timeZone: string }) {
  return programme
    ? lotDates({ ...programme, pendingDays: 0 }, at)
    : { availableFrom: at.now.toISOString(), expiresAt: null };
}

function journalOf({ memberId, request }: Ask, place: { id: string; storeId: string; businessDay: string }, act: Act) {
  const { id, storeId, businessDay } = place;
  const points = { unit: 'points', account: 'points' };
  return {
    id,
    kind: 'points-adjustment',
    storeId,
    businessDay,
    occurredAt: act.now.toISOString(),
    staffId: act.staff.id,
    subjectType: 'member',
    subjectId: memberId,
    postings: [
      { ...points, ownerType: 'member', ownerId: memberId, amount: request.amount },
      { ...points, ownerType: 'store', ownerId: storeId, account: 'points-adjusted', amount: -request.amount },
    ],
  };
}

/**
 * `POST /api/points/members/{id}/adjustments`: gives or takes points by hand, with a reason, on the trail.
 * @throws not_found (404), forbidden and approval_required (403), store_needed, idempotency_key_reused (422), points_not_enough, member_merged (409)
 */
export async function adjustPoints(
  desk: PointsDesk & Points,
  act: Act,
  ask: Ask,
): Promise<{ adjustment: Adjustment; isReplay: boolean }> {
  const { memberId, request, key } = ask;
  const { staff, now } = act;
  const place = await readMemberPlace(desk.database, { memberId, storeId: request.storeId ?? null });
  if (!place) throw notFound({ what: 'member', id: memberId });
  const decision = await desk.access.demand(staff, {
    permission: 'points.adjust',
    now,
    records: [{ storeId: place.store?.id ?? null }],
    amounts: { points: Math.abs(request.amount) },
  });
  if (!place.store) throw storeNeeded(undefined);
  const { id: storeId, timeZone, dayCutoff } = place.store;
  const businessDay = businessDayOf(now, timeZone, dayCutoff);
  await desk.expireLots(now, { memberId });
  const { programme } = await desk.ruleBook(await readRulesVersion(desk.database));
  const adjustment: Adjustment = { journalId: uuidV7(now, randomBytes(10)), memberId, amount: request.amount };
  const requestHash = requestHashOf(`adjust points of ${memberId}`, staff.id, request);
  const outcome = await bookAdjustment(desk.database, {
    key,
    requestHash,
    response: adjustment,
    journal: journalOf(ask, { id: adjustment.journalId, storeId, businessDay }, act),
    memberId,
    amount: request.amount,
    reason: request.reason,
    staffName: staff.name,
    label: { zh: '人工调整', en: 'Adjusted by hand' },
    ...datesOf(programme, { now, timeZone }),
    audit: desk.access.auditRow({
      staff,
      decision,
      storeId,
      subjectType: 'member',
      subjectId: memberId,
      amount: request.amount,
      reason: request.reason,
    }),
  });
  if (outcome.kind === 'member-merged') throw memberMerged({ memberId, keptId: null });
  if (outcome.kind === 'not-enough') throw pointsNotEnough({ wanted: -request.amount });
  if (outcome.kind === 'booked') return { adjustment, isReplay: false };
  if (outcome.requestHash !== requestHash) throw keyReused(undefined);
  return { adjustment: outcome.response as Adjustment, isReplay: true };
}
