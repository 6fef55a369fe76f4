import { availableValue, blockedAmong, cardBlocked, careThatHelps } from '@tessera/cards/domain';
import { sum } from '@tessera/kernel/domain';
import type { SaleRequest } from '../contracts';
import type { SaleFacts } from '../domain';
import type { Desk } from './price-cart';

/**
 * Refuses a sale that would be paid from, covered by, or put on a card that is frozen or lost; says who could help.
 * @throws card_blocked (409)
 */
export async function demandUsableCards(
  { access }: Pick<Desk, 'access'>,
  { tenders, sessions = [], lines }: SaleRequest,
  { cards: { cards, blocked = [] }, store }: SaleFacts,
): Promise<void> {
  if (blocked.length === 0) return;
  const spends = tenders.filter(({ method }) => method === 'stored-value');
  const named = [...spends, ...sessions, ...lines].flatMap(({ cardId }) => cardId ?? []);
  const value = sum(spends.map(({ amount, cardId }) => (cardId === undefined ? amount : 0)));
  const card = blockedAmong(blocked, { cardIds: named, value }, availableValue(cards, store?.currency ?? ''));
  if (!card) return;
  const { id: cardId, number, status } = card;
  const couldHelp = await access.rolesThatMay({ permission: careThatHelps(card) });
  throw cardBlocked({ cardId, number, status, couldHelp });
}
