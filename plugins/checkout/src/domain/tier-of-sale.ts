import { sum } from '@tessera/kernel/domain';
import type { TierStandingView } from '@tessera/members/contracts';
import { judgeTier, tierMove, viewOfStanding, type TierMove, type TierStanding } from '@tessera/members/domain';
import type { EarnedLot } from '@tessera/points/domain';
import type { SaleFacts } from './facts';
import type { PricedCart } from './quote';

interface Moment {
  now: Date;
  day: string;
}

/** The tier that the member has as he comes to the till: nothing waits for a job that writes it. */
export function standingOf({ tiers }: SaleFacts, moment: Moment): TierStanding | null {
  return tiers && judgeTier(tiers.book, tiers.holding, moment);
}

/** The same for people, with what is missing to the next; null: this shop has none, or there is no member. */
export function tierView({ tiers }: SaleFacts, standing: TierStanding | null, day: string): TierStandingView | null {
  return tiers && viewOfStanding(standing, tiers.book, tiers.holding, day);
}

/**
 * What a cart spends, in minor units, however it is paid. A card is spent when it is used, not when it is bought: its plan does
 * not count, the pieces that its sessions pay do.
 */
export function spendOf(lines: PricedCart['lines']): number {
  return sum(
    lines
      .filter(({ kind }) => kind !== 'card-plan')
      .map(({ amount, adjustments }) => {
        const bySession = adjustments.filter(({ source }) => source === 'session');
        return amount - sum(bySession.map((adjustment) => adjustment.amount));
      }),
  );
}

/** What stored value costs that a cart sells, in minor units. */
export function toppedUpBy({ sold }: Pick<PricedCart, 'sold'>): number {
  return sum(sold.map(({ plan, line }) => (plan.kind === 'stored-value' ? line.amount : 0)));
}

/** What the sale adds to the member's history of tiers; null = nothing. */
export function tierMoveOf(
  cart: PricedCart,
  { tiers }: SaleFacts,
  sale: { now: Date; earned: readonly EarnedLot[] },
): TierMove | null {
  if (!tiers || !cart.member) return null;
  const points = sum(sale.earned.map((lot) => lot.points));
  return tierMove(tiers.book, tiers.holding, {
    memberId: cart.member.id,
    now: sale.now,
    day: cart.businessDay,
    bought: [cart.businessDay, cart.store.currency, spendOf(cart.lines), points, toppedUpBy(cart)],
  });
}
