import { periodOf, sum } from '@tessera/kernel/domain';
import type { Gift, GiftTaker, HandoutTerms } from './gift';

export const GIFT_REFUSALS = [
  'gift_not_offered',
  'gift_not_here',
  'gift_not_now',
  'gift_tier_too_low',
  'gift_limit_reached',
  'gift_out_of_stock',
  'points_not_enough',
] as const;
export type GiftRefusal = (typeof GIFT_REFUSALS)[number];

/** Which condition failed, and by how much. */
export interface RefusedGift {
  reason: GiftRefusal;
  /** Of `gift_not_now`: instants between which it is given. */
  from?: string | null;
  until?: string | null;
  /** Of `gift_tier_too_low`: the lowest tier that gets it. */
  tier?: { zh: string; en: string };
  /** Of `gift_limit_reached`: pieces, and the last business day of the period; null = for good. */
  limit?: number;
  endsOn?: string | null;
  /** Of `points_not_enough`. */
  missing?: number;
}

/** The limits as they hold on a business day. */
export function handoutTerms({ limits }: Pick<Gift, 'limits'>, businessDay: string): HandoutTerms {
  const { perMember, perMemberPerPeriod, period } = limits;
  const days = perMemberPerPeriod === null ? null : periodOf(period, businessDay);
  return {
    limitPerMember: perMember,
    limitPerPeriod: perMemberPerPeriod,
    periodStartsOn: days?.startsOn ?? null,
    periodEndsOn: days?.endsOn ?? null,
  };
}

interface Room {
  limit: number;
  left: number;
  endsOn: string | null;
}

/** What each limit leaves, the tightest first. */
function roomOf(gift: Gift, businessDay: string): Room[] {
  const { limitPerMember, limitPerPeriod, periodStartsOn, periodEndsOn } = handoutTerms(gift, businessDay);
  const rooms: Room[] = [];
  if (limitPerMember !== null) {
    const had = sum(gift.taken.map(([, pieces]) => pieces));
    rooms.push({ limit: limitPerMember, left: limitPerMember - had, endsOn: null });
  }
  if (limitPerPeriod !== null && periodStartsOn !== null && periodEndsOn !== null) {
    const inPeriod = gift.taken.filter(([day]) => day >= periodStartsOn && day <= periodEndsOn);
    const had = sum(inPeriod.map(([, pieces]) => pieces));
    rooms.push({ limit: limitPerPeriod, left: limitPerPeriod - had, endsOn: periodEndsOn });
  }
  return rooms.sort((a, b) => a.left - b.left);
}

/** How many more the member may have by the limits, whatever he has of points; null = no limit. */
export function piecesLeft(gift: Gift, businessDay: string): number | null {
  const [tightest] = roomOf(gift, businessDay);
  return tightest ? Math.max(0, tightest.left) : null;
}

function judgeOffer({ isActive, storeIds, validFrom, validUntil }: Gift, taker: GiftTaker): RefusedGift | null {
  if (!isActive) return { reason: 'gift_not_offered' };
  if (storeIds.length > 0 && !storeIds.includes(taker.storeId)) return { reason: 'gift_not_here' };
  const at = taker.now.toISOString();
  const isNow = (validFrom === null || at >= validFrom) && (validUntil === null || at < validUntil);
  return isNow ? null : { reason: 'gift_not_now', from: validFrom, until: validUntil };
}

/**
 * May this member have one piece of this gift, here and now? What lasts is asked first, what he could still change last.
 * @returns the first condition that failed; null = all hold
 */
export function judgeGift(gift: Gift, taker: GiftTaker): RefusedGift | null {
  const refused = judgeOffer(gift, taker);
  if (refused) return refused;
  if (gift.tier && (taker.tierRank === null || taker.tierRank < gift.tier.rank)) {
    return { reason: 'gift_tier_too_low', tier: gift.tier.label };
  }
  const reached = roomOf(gift, taker.businessDay).find(({ left }) => left < 1);
  if (reached) return { reason: 'gift_limit_reached', limit: reached.limit, endsOn: reached.endsOn };
  if (gift.stock !== null && gift.stock < 1) return { reason: 'gift_out_of_stock' };
  const missing = gift.points - taker.available;
  return missing > 0 ? { reason: 'points_not_enough', missing } : null;
}
