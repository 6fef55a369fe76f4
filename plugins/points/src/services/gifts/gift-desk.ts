import type { Access, Staff } from '@tessera/access/public';
import { businessDayOf } from '@tessera/kernel/domain';
import { keyReused, type Database } from '@tessera/kernel/public';
import { judgeTier, type Tier } from '@tessera/members/domain';
import { giftStoreUnknown, giftTillUnknown, type GiftTaker } from '../../domain';
import type { Answered, GiftStore, GiftTill, LoadedGifts } from '../../store/gift-store';
import type { BookingPlace } from '../../store/gift-writing';

export interface GiftDesk {
  access: Access;
  database: Database;
  tierBook(version: number): Promise<readonly Tier[]>;
}

export interface Act {
  staff: Staff;
  now: Date;
}

/** Without a body of its own: what was answered, and whether it was answered before. */
export interface GiftReply<Body> {
  body: Body;
  isReplay: boolean;
}

/** So often somebody may come in between load and booking. */
export const MAX_TRIES = 5;

/** What the key was answered with. @throws idempotency_key_reused (422) */
export function replayed({ requestHash, response }: Answered, wanted: string): unknown {
  if (requestHash !== wanted) throw keyReused(undefined);
  return response;
}

/** @throws unknown_store, unknown_till (422) */
export function openPlace(
  { store, till }: { store: GiftStore | null; till: GiftTill | null },
  tillId: string | null,
): { store: GiftStore; place: BookingPlace } {
  if (!store?.isOpen) throw giftStoreUnknown(undefined);
  if (tillId !== null && !(till?.isOn && till.storeId === store.id)) throw giftTillUnknown(undefined);
  const { code, currency, needsOpenShift } = store;
  return { store, place: { storeCode: code, tillId, currency, needsShift: needsOpenShift } };
}

/** What a gift is judged by. */
export async function takerOf(
  { tierBook }: Pick<GiftDesk, 'tierBook'>,
  { holding, tier }: LoadedGifts,
  { id: storeId, timeZone, dayCutoff }: GiftStore,
  now: Date,
): Promise<GiftTaker> {
  const businessDay = businessDayOf(now, timeZone, dayCutoff);
  const book = tier ? await tierBook(tier.version) : [];
  const standing = tier ? judgeTier(book, tier, { now, day: businessDay }) : null;
  return { storeId, businessDay, now, available: holding.available, tierRank: standing?.tier.rank ?? null };
}
