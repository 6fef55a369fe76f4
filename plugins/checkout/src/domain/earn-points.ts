import { prorate } from '@tessera/kernel/domain';
import { earn, type EarnedLot, type PointsShare } from '@tessera/points/domain';
import type { SaleFacts } from './facts';
import type { PricedCart } from './quote';

/**
 * What the member earns on a priced cart, by what its payments paid of it; without payments: as if all of it was paid in a way
 * that earns.
 */
export function earnPoints(
  cart: Pick<PricedCart, 'store' | 'member' | 'businessDay' | 'lines'>,
  facts: SaleFacts,
  now: Date,
  payments: readonly { method: string; amount: number }[] | null,
): EarnedLot[] {
  const { store, member, businessDay } = cart;
  if (!facts.points || !member) return [];
  const lines = cart.lines.map(({ sku, quantity, amount }) => ({
    sku,
    quantity,
    amount,
    categoryId: facts.categories?.[sku] ?? null,
  }));
  const { id: storeId, currency, timeZone } = store;
  return earn({ storeId, currency, timeZone, businessDay, now, lines, member, payments }, facts.points);
}

/** Of each line: what it earned, and how many of the redeemed points paid for it. They add up to both exactly. */
export function pointsShares(cart: PricedCart, earned: readonly EarnedLot[]): PointsShare[] {
  const taken = cart.lines.map(
    ({ adjustments }) => -(adjustments.find(({ source }) => source === 'points')?.amount ?? 0),
  );
  const redeemed = cart.points?.redeemed ? prorate(cart.points.redeemed, taken) : [];
  return cart.lines
    .map(({ lineNo }, index) => ({
      lineNo,
      earned: earned.reduce((total, { byLine }) => total + (byLine[index] ?? 0), 0),
      redeemed: redeemed[index] ?? 0,
    }))
    .filter((share) => share.earned > 0 || share.redeemed > 0);
}
