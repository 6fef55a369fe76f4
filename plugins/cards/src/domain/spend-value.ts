import { defineError, sum } from '@tessera/kernel/domain';
import { lotsInOrder, type CardLot, type HeldCard } from './card';
import { principalPart } from './principal-part';

export const storedValueNotEnough = defineError<{ wanted: number; available: number | null }>(
  'stored_value_not_enough',
  409,
  ({ wanted }) => `The cards hold less than ${wanted}`,
);
export const storedValueNeedsMember = defineError(
  'stored_value_needs_member',
  422,
  'Stored value belongs to a member: say who pays',
);
export const storedValueOverGoods = defineError<{ most: number }>(
  'stored_value_over_goods',
  422,
  ({ most }) => `Stored value pays for goods and services, not for cards: at most ${most} here`,
);

/** So much from that card, or from whichever ends first. */
export interface ValueSpend {
  amount: number;
  cardId: string | null;
}

/** What a spend takes out of one lot. */
export interface SpentPart {
  lotId: string;
  cardId: string;
  principal: number;
  bonus: number;
  /** Of both, what counts when points are earned. */
  earning: number;
}

/** What can be spent: of one card, or of all. */
export function availableValue(cards: readonly HeldCard[], currency: string, cardId: string | null = null): number {
  return sum(
    lotsInOrder(cards)
      .filter(({ kind, card }) => kind === 'stored-value' && card.currency === currency)
      .filter(({ card }) => cardId === null || card.id === cardId)
      .map(({ principal, bonus }) => principal + bonus),
  );
}

function spentPart(lot: CardLot & { card: HeldCard }, amount: number): SpentPart {
  const principal = principalPart(lot.spendOrder, amount, lot);
  const bonus = amount - principal;
  return {
    lotId: lot.id,
    cardId: lot.card.id,
    principal,
    bonus,
    earning: lot.bonusEarnsPoints ? amount : principal,
  };
}

/**
 * What spending takes out of which lot. It foretells what `tessera.move_cards` chooses under the lock of the cards; what a sale
 * earns goes by it, and the booking refuses itself when it does not hold any more.
 * @throws stored_value_not_enough (409)
 */
export function spendValue(cards: readonly HeldCard[], currency: string, spends: readonly ValueSpend[]): SpentPart[] {
  const lots = lotsInOrder(cards).filter(({ kind, card }) => kind === 'stored-value' && card.currency === currency);
  const parts: SpentPart[] = [];
  for (const { amount, cardId } of spends) {
    let open = amount;
    for (const lot of lots) {
      if (open === 0) break;
      if (cardId !== null && lot.card.id !== cardId) continue;
      const taken = Math.min(open, lot.principal + lot.bonus);
      if (taken === 0) continue;
      const part = spentPart(lot, taken);
      parts.push(part);
      lot.principal -= part.principal;
      lot.bonus -= part.bonus;
      open -= taken;
    }
    if (open > 0) throw storedValueNotEnough({ wanted: amount, available: amount - open });
  }
  return parts;
}
