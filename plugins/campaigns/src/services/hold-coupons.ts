import { defineError } from '@tessera/kernel/domain';
import { HOLD_MINUTES, type Held, type HoldRequest } from '../contracts';
import { normalCouponCode } from '../domain';
import { holdCoupons, readStoreOfTill } from '../store/hold-store';
import type { Act, CouponDesk } from './desk';

const unknownTill = defineError('unknown_till', 422, 'No such till, or it is switched off');

/**
 * `PUT /api/campaigns/coupon-holds`: the coupons of the cart at a till are its own for some minutes; all others that it held are free.
 * What another till holds is left out of the answer. Asking again extends it.
 * @throws forbidden (403), unknown_till (422)
 */
export async function holdForTill(
  desk: CouponDesk,
  { staff, now }: Act,
  { tillId, codes }: HoldRequest,
): Promise<Held> {
  const storeId = await readStoreOfTill(desk.database, tillId);
  const records = [{ storeId: storeId ?? null, staffId: staff.id }];
  await desk.access.demand(staff, { permission: 'coupons.redeem', now, records });
  if (storeId === undefined) throw unknownTill(undefined);
  const until = new Date(now.getTime() + HOLD_MINUTES * 60_000);
  const held = await holdCoupons(desk.database, { tillId, codes: codes.map(normalCouponCode), now, until });
  return { held, until: until.toISOString() };
}
