import { defineError, sum } from '@tessera/kernel/domain';
import type { CardStatus } from './care';

/** A card of the member that cannot be used at present. */
export interface BlockedCard {
  id: string;
  number: string;
  currency: string;
  status: Exclude<CardStatus, 'active'>;
  /** Stored value on it, in minor units. */
  value: number;
}

/** `couldHelp`: roles that may let it be used again. */
export const cardBlocked = defineError<{
  cardId: string;
  number: string;
  status: BlockedCard['status'];
  couldHelp: { zh: string; en: string }[];
}>('card_blocked', 409, ({ number, status }) => `The card ${number} is ${status} and cannot be used`);

/** What ends that: a lost card is replaced, a frozen one unfrozen. */
export const careThatHelps = ({ status }: BlockedCard) => (status === 'lost' ? 'cards.replace' : 'cards.unfreeze');

/** The cards that a sale wants to use: named ones, and how much stored value of whichever card. */
export interface CardsWanted {
  cardIds: readonly string[];
  value: number;
}

/**
 * The blocked card that a sale wants to use; null = none. Stored value of no card in particular wants a blocked one when the others hold
 * too little.
 */
export function blockedAmong(
  blocked: readonly BlockedCard[],
  { cardIds, value }: CardsWanted,
  available: number,
): BlockedCard | null {
  const named = blocked.find(({ id }) => cardIds.includes(id));
  if (named) return named;
  const holding = blocked.filter((card) => card.value > 0);
  return value > available && value <= available + sum(holding.map((card) => card.value)) ? (holding[0] ?? null) : null;
}
