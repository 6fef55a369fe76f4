import { randomBytes } from 'node:crypto';
import { businessDayOf, daysBetween, notFound, uuidV7 } from '@tessera/kernel/domain';
import { requestHashOf } from '@tessera/kernel/public';
import type { GiftReturn, GiftReturnRequest } from '../../contracts';
import { giftMemberNotActive, giftNeedsShift, giftPostings, giftReturned } from '../../domain';
import { loadHandout, type LoadedHandout } from '../../store/gift-store';
import { bookReturn, type BookingPlace } from '../../store/gift-writing';
import { MAX_TRIES, openPlace, replayed, type Act, type GiftDesk, type GiftReply } from './gift-desk';

interface Ask {
  handoutId: string;
  request: GiftReturnRequest;
  key: string;
  requestHash: string;
}

function rowsOf(
  { handout, memberNow }: LoadedHandout,
  { staff, now }: Act,
  {
    reply,
    place,
    businessDay,
    reason,
  }: { reply: GiftReturn; place: BookingPlace; businessDay: string; reason: string },
) {
  const { id, storeId, giftId, points, isCounted } = handout;
  const { tillId } = place;
  const back = {
    id: reply.id,
    handout_id: id,
    till_id: tillId,
    business_day: businessDay,
    occurred_at: now.toISOString(),
    staff_id: staff.id,
    staff_name: staff.name,
    reason,
  };
  const journal = {
    id: reply.id,
    kind: 'gift-return',
    storeId,
    businessDay,
    occurredAt: now.toISOString(),
    staffId: staff.id,
    subjectType: 'gift-handout',
    subjectId: id,
    reverses: id,
    postings: giftPostings({ giftId, memberId: memberNow, storeId, tillId, points, isCounted }, -1),
  };
  return { return: back, journal };
}

/** Load → decide → apply, once. */
async function tryReturn(desk: GiftDesk, act: Act, ask: Ask): Promise<GiftReply<GiftReturn> | 'stale'> {
  const { handoutId, request, key, requestHash } = ask;
  const { staff, now } = act;
  const { tillId = null, reason } = request;
  const loaded = await loadHandout(desk.database, { id: handoutId, tillId, key });
  if (!loaded) throw notFound({ what: 'gift handout', id: handoutId });
  const { handout, store, memberNow, answered } = loaded;
  const { timeZone, dayCutoff } = store;
  const businessDay = businessDayOf(now, timeZone, dayCutoff);
  const ageDays = Math.max(0, daysBetween(handout.businessDay, businessDay));
  const decision = await desk.access.demand(staff, {
    permission: 'gifts.take-back',
    now,
    records: [{ storeId: handout.storeId, staffId: staff.id }],
    amounts: { ageDays, points: handout.points },
  });
  if (answered) return { body: replayed(answered, requestHash) as GiftReturn, isReplay: true };
  if (handout.returned) throw giftReturned(undefined);
  const { place } = openPlace(loaded, tillId);
  const { number, points, storeId } = handout;
  const reply = { id: uuidV7(now, randomBytes(10)), handoutId, number, points, occurredAt: now.toISOString() };
  const subject = { storeId, subjectType: 'gift-handout', subjectId: handoutId, amount: points, reason };
  const outcome = await bookReturn(desk.database, {
    key,
    requestHash,
    response: reply,
    memberId: memberNow,
    place,
    ...rowsOf(loaded, act, { reply, place, businessDay, reason }),
    audit: desk.access.auditRow({ staff, decision, ...subject, after: { memberId: memberNow, points } }),
  });
  if (outcome.kind === 'stale') return 'stale';
  if (outcome.kind === 'returned') throw giftReturned(undefined);
  if (outcome.kind === 'shift-needed') throw giftNeedsShift(undefined);
  if (outcome.kind !== 'answered') return { body: reply, isReplay: false };
  return { body: replayed(outcome.answered, requestHash) as GiftReturn, isReplay: true };
}

/**
 * `POST /api/points/gift-handouts/{id}/returns`: the piece comes back to the store that gave it, its points to the lots they came from, with
 * their dates.
 * @throws not_found (404), forbidden, approval_required (403), idempotency_key_reused, unknown_till (422), gift_returned, shift_needed (409),
 * member_not_active (422): he was forgotten meanwhile
 */
export async function returnGift(
  desk: GiftDesk,
  act: Act,
  ask: { handoutId: string; request: GiftReturnRequest; key: string },
): Promise<GiftReply<GiftReturn>> {
  const requestHash = requestHashOf(`gift return ${ask.handoutId}`, act.staff.id, ask.request);
  for (let attempt = 1; attempt <= MAX_TRIES; attempt++) {
    const reply = await tryReturn(desk, act, { ...ask, requestHash });
    if (reply !== 'stale') return reply;
  }
  throw giftMemberNotActive(undefined);
}
