import { randomBytes } from 'node:crypto';
import { defineError, notFound, uuidV7 } from '@tessera/kernel/domain';
import { requestHashOf } from '@tessera/kernel/public';
import type { GiftSlip, HandoutRequest } from '../../contracts';
import {
  giftMemberNotActive,
  giftNeedsShift,
  giftPostings,
  giftPriceChanged,
  giftRefused,
  handoutTerms,
  judgeGift,
  type Gift,
  type GiftTaker,
} from '../../domain';
import { loadGifts, readHandout, type LoadedGifts } from '../../store/gift-store';
import { bookHandout, type BookingPlace, type HandoutBooking } from '../../store/gift-writing';
import { MAX_TRIES, openPlace, replayed, takerOf, type Act, type GiftDesk, type GiftReply } from './gift-desk';

const giftRaced = defineError('gift_raced', 409, 'Others were faster several times: ask again');

interface Ask {
  request: HandoutRequest;
  key: string;
  requestHash: string;
}

/** What is to be booked. */
interface Decided {
  id: string;
  gift: Gift;
  taker: GiftTaker;
  place: BookingPlace;
}

/** @throws forbidden, approval_required (403) */
async function demandGift(
  desk: GiftDesk,
  { staff, now }: Act,
  { storeId, points, perDay }: { storeId: string; points: number; perDay: number },
) {
  const records = [{ storeId, staffId: staff.id }];
  return desk.access.demand(staff, { permission: 'gifts.give', now, records, amounts: { points, perDay } });
}

function rowsOf({ id, gift, taker, place }: Decided, { staff, now }: Act, memberId: string) {
  const { storeId, businessDay } = taker;
  const { tillId } = place;
  const isCounted = gift.stock !== null;
  const terms = handoutTerms(gift, businessDay);
  const handout = {
    id,
    gift_id: gift.id,
    label: gift.label,
    member_id: memberId,
    store_id: storeId,
    till_id: tillId,
    business_day: businessDay,
    occurred_at: now.toISOString(),
    staff_id: staff.id,
    staff_name: staff.name,
    points: gift.points,
    is_counted: isCounted,
    limit_per_member: terms.limitPerMember,
    limit_per_period: terms.limitPerPeriod,
    period_starts_on: terms.periodStartsOn,
    period_ends_on: terms.periodEndsOn,
  };
  const journal = {
    id,
    kind: 'gift',
    storeId,
    businessDay,
    occurredAt: now.toISOString(),
    staffId: staff.id,
    subjectType: 'gift-handout',
    subjectId: id,
    postings: giftPostings({ giftId: gift.id, memberId, storeId, tillId, points: gift.points, isCounted }, 1),
  };
  return { handout, journal };
}

/** @throws not_found (404), unknown_store, unknown_till, member_not_active (422), gift_price_changed (409) and the refusals of `judgeGift` */
async function decide(desk: GiftDesk, { now }: Act, loaded: LoadedGifts, request: HandoutRequest): Promise<Decided> {
  const { memberId, giftId, tillId = null } = request;
  const [gift] = loaded.gifts;
  if (!gift) throw notFound({ what: 'gift', id: giftId });
  if (!loaded.member) throw notFound({ what: 'member', id: memberId });
  const { store, place } = openPlace(loaded, tillId);
  if (loaded.member.status !== 'active') throw giftMemberNotActive(undefined);
  const taker = await takerOf(desk, loaded, store, now);
  const refused = judgeGift(gift, taker);
  if (refused) throw giftRefused(refused);
  if (request.points !== undefined && request.points !== gift.points) throw giftPriceChanged({ points: gift.points });
  return { id: uuidV7(now, randomBytes(10)), gift, taker, place };
}

/** The slip as it was printed: whatever has become of the gift since. */
async function slipOf({ database }: GiftDesk, response: unknown): Promise<GiftSlip> {
  const { id } = response as { id: string };
  const handout = await readHandout(database, id);
  if (!handout) throw notFound({ what: 'gift handout', id });
  const { returned: _later, ...slip } = handout;
  return slip;
}

/** Load → decide → apply, once. */
async function tryGive(desk: GiftDesk, act: Act, ask: Ask): Promise<GiftReply<GiftSlip> | 'stale'> {
  const { request, key, requestHash } = ask;
  const { staff, now } = act;
  const { memberId, giftId, storeId, tillId = null } = request;
  const loaded = await loadGifts(desk.database, { memberId, storeId, tillId, now, giftId, key, staffId: staff.id });
  if (loaded.answered) {
    return { body: await slipOf(desk, replayed(loaded.answered, requestHash)), isReplay: true };
  }
  const decided = await decide(desk, act, loaded, request);
  const { gift, taker, place, id } = decided;
  const today = loaded.byStaff.find(([day]) => day === taker.businessDay)?.[1] ?? 0;
  const decision = await demandGift(desk, act, { storeId, points: gift.points, perDay: today + 1 });
  const subject = { storeId, subjectType: 'gift-handout', subjectId: id, amount: gift.points };
  const booking: HandoutBooking = {
    key,
    requestHash,
    response: { id },
    place,
    ...rowsOf(decided, act, memberId),
    audit: desk.access.auditRow({ staff, decision, ...subject, after: { giftId, memberId, points: gift.points } }),
  };
  const outcome = await bookHandout(desk.database, booking);
  if (outcome.kind === 'stale' || outcome.kind === 'too-few') return 'stale';
  if (outcome.kind === 'shift-needed') throw giftNeedsShift(undefined);
  const response = outcome.kind === 'answered' ? replayed(outcome.answered, requestHash) : booking.response;
  return { body: await slipOf(desk, response), isReplay: outcome.kind === 'answered' };
}

/**
 * `POST /api/points/gift-handouts`: one piece for points. Whoever was slower is judged again, so that the refusal names what
 * stands in the way now.
 * @throws forbidden, approval_required (403), not_found (404), idempotency_key_reused (422), shift_needed, gift_raced (409), and what `decide` throws
 */
export async function giveGift(
  desk: GiftDesk,
  act: Act,
  request: HandoutRequest,
  key: string,
): Promise<GiftReply<GiftSlip>> {
  const { storeId } = request;
  // Asked once before anything is told about member and gift.
  await desk.access.demand(act.staff, {
    permission: 'gifts.give',
    now: act.now,
    records: [{ storeId, staffId: act.staff.id }],
  });
  const requestHash = requestHashOf('gift handout', act.staff.id, request);
  for (let attempt = 1; attempt <= MAX_TRIES; attempt++) {
    const reply = await tryGive(desk, act, { request, key, requestHash });
    if (reply !== 'stale') return reply;
  }
  throw giftRaced(undefined);
}
