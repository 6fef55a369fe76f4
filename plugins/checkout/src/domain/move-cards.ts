import { soldLots, type CardsMove } from '@tessera/cards/domain';
import type { SaleFacts } from './facts';
import type { ValuePayment } from './pay-with-value';
import type { PricedCart } from './quote';

/**
 * What a sale does to the cards of its member; null = nothing.
 * @param newCard the card that is opened when something is sold that goes on none of the member's
 */
export function cardsOfSale(
  cart: PricedCart,
  { spends, earning }: ValuePayment,
  facts: SaleFacts,
  { now, newCard }: { now: Date; newCard: { id: string; number: string } },
): CardsMove | null {
  const { sold, sessionUses, member, store } = cart;
  if (!member || (sold.length === 0 && sessionUses.length === 0 && spends.length === 0)) return null;
  const goesBy = facts.points?.book.programme?.earningTenders.includes('stored-value') ?? false;
  return {
    memberId: member.id,
    sold: sold.flatMap(({ plan, parts, line, cardId }) => {
      const card = cardId === null ? newCard : { id: cardId, number: null };
      return soldLots(plan, line, card, { now, timeZone: store.timeZone, parts });
    }),
    spends,
    earning: goesBy && spends.length > 0 ? earning : null,
    uses: sessionUses.map(({ lineNo, cardId, itemId, quantity }) => ({ lineNo, cardId, itemId, quantity })),
  };
}
