import { toCouponUse, type CouponsMove, type GivenCoupons } from '@tessera/campaigns/domain';
import type { CouponIssue, SaleCircumstances } from './booking';
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

/** How many coupons come with each top-up of a cart that is given any. */
export function couponsToGive({ bonuses }: Pick<PricedCart, 'bonuses'>): number[] {
  return bonuses.flatMap(({ coupons }) => coupons?.count ?? []);
}

/** The coupons that come with top-ups, each issue with its id and its codes. */
function givenCoupons({ bonuses }: PricedCart, issues: readonly CouponIssue[]): GivenCoupons[] {
  return bonuses
    .flatMap(({ coupons }) => coupons ?? [])
    .flatMap(({ count: _, ...given }, index) => {
      const issue = issues[index];
      return issue ? [{ ...given, ...issue }] : [];
    });
}

/** The coupons that a sale uses, and those that it gives; null = none. */
export function couponsOfSale(cart: PricedCart, sale: SaleCircumstances): CouponsMove | null {
  const issued = givenCoupons(cart, sale.couponIssues ?? []);
  if (cart.coupons.length === 0 && issued.length === 0) return null;
  const place = { memberId: cart.member?.id ?? null, tillId: cart.till.id };
  return {
    ...moveOf(sale, place),
    ...(cart.coupons.length > 0 ? { uses: cart.coupons.map(toCouponUse) } : {}),
    ...(issued.length > 0 ? { issued } : {}),
  };
}

/** The coupons that a refund gives back, and the pieces with which coupons had been given; null = none. */
export function couponsOfRefund(
  { id, memberId }: { id: string; memberId: string | null },
  { tillId }: { tillId: string },
  refund: SaleCircumstances & {
    couponsBack: readonly number[];
    takenBack: readonly { lineNo: number; quantity: number }[];
  },
): CouponsMove | null {
  const { couponsBack, takenBack } = refund;
  if (couponsBack.length === 0 && takenBack.length === 0) return null;
  return { ...moveOf(refund, { memberId, tillId }), refunds: id, givenBack: couponsBack, takenBack };
}

/** Pieces of lines with which coupons had been given, that a refund takes back. Positive. */
export function piecesWithCoupons(
  lines: readonly { lineNo: number; quantity: number }[],
  given: readonly { lineNo: number }[],
): { lineNo: number; quantity: number }[] {
  return lines
    .filter(({ lineNo }) => given.some((each) => each.lineNo === lineNo))
    .map(({ lineNo, quantity }) => ({ lineNo, quantity: -quantity }));
}
