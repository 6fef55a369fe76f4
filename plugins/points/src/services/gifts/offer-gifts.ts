import { notFound } from '@tessera/kernel/domain';
import { HANDOUT_LIMIT, type GiftOffer, type GiftOffers } from '../../contracts';
import { judgeGift, piecesLeft, type Gift, type GiftTaker } from '../../domain';
import { loadGifts, readMemberHandouts } from '../../store/gift-store';
import { openPlace, takerOf, type Act, type GiftDesk } from './gift-desk';

function offerOf(gift: Gift, taker: GiftTaker): GiftOffer {
  const { id, label, imageUrl, points, stock } = gift;
  const left = piecesLeft(gift, taker.businessDay);
  return { giftId: id, label, imageUrl, points, stock, left, refusal: judgeGift(gift, taker) };
}

/**
 * `GET /api/points/members/{id}/gifts`: every gift that is given now or will be, for this member in this store; what he can have first,
 * what is not given here last.
 * @throws forbidden (403), not_found (404), unknown_store (422)
 */
export async function offerGifts(
  desk: GiftDesk,
  { staff, now }: Act,
  { memberId, storeId }: { memberId: string; storeId: string },
): Promise<GiftOffers> {
  const records = [{ storeId, staffId: staff.id }];
  await desk.access.demand(staff, { permission: 'gifts.give', now, records });
  const at = { memberId, storeId, tillId: null, now, giftId: null, key: null, staffId: staff.id };
  const loaded = await loadGifts(desk.database, at);
  if (!loaded.member) throw notFound({ what: 'member', id: memberId });
  const { store } = openPlace(loaded, null);
  const taker = await takerOf(desk, loaded, store, now);
  const rankOf = ({ refusal }: GiftOffer) => (refusal === null ? 0 : refusal.reason === 'gift_not_here' ? 2 : 1);
  const gifts = loaded.gifts.map((gift) => offerOf(gift, taker)).sort((a, b) => rankOf(a) - rankOf(b));
  const handouts = await readMemberHandouts(desk.database, memberId, HANDOUT_LIMIT);
  return { memberId, available: taker.available, gifts, handouts };
}
