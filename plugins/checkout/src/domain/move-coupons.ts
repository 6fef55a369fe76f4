import { toCouponUse, type CouponsMove } from '@tessera/campaigns/domain';
import type { SaleCircumstances } from './booking';
import type { PricedCart } from './quote';

function moveOf(
  { id, now, staff }: SaleCircumstances,
  place: { memberId: string | null; tillId: string },
): Omit<CouponsMove, 'uses' | 'refunds' | 'givenBack'> {
  return {
    transactionId: id,
    ...place,
    staffId: staff.id,
    staffName: staff.name,
    occurredAt: now.toISOString(),
  };
}

/** The coupons that a sale uses; null = none. */
export function couponsOfSale(cart: PricedCart, sale: SaleCircumstances): CouponsMove | null {
  if (cart.coupons.length === 0) return null;
  const place = { memberId: cart.member?.id ?? null, tillId: cart.till.id };
  return { ...moveOf(sale, place), uses: cart.coupons.map(toCouponUse) };
}

/** The coupons that a refund gives back; null = none. */
export function couponsOfRefund(
  { id, memberId }: { id: string; memberId: string | null },
  { tillId }: { tillId: string },
  refund: SaleCircumstances & { couponsBack: readonly number[] },
): CouponsMove | null {
  const { couponsBack } = refund;
  if (couponsBack.length === 0) return null;
  return { ...moveOf(refund, { memberId, tillId }), refunds: id, givenBack: couponsBack };
}
