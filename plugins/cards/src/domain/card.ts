import type { BlockedCard } from './blocked-card';
import type { CardPolicy } from './card-policy';
import type { CardPlan, LotKind } from './plan';
import type { TimeUses } from './time-card';

/** What one sale of a plan put on a card, and what is left of it. Its terms were fixed when it was sold. */
export interface CardLot {
  id: string;
  kind: LotKind;
  /** Of the plan, as it was called then. */
  sku: string;
  nameZh: string;
  nameEn: string;
  /** documentIds. */
  serviceIds: string[];
  spendOrder: CardPlan['spendOrder'];
  bonusEarnsPoints: boolean;
  /** Left. Of sessions `principal` is what was paid for those that are left. */
  principal: number;
  bonus: number;
  sessions: number;
  /** The first instant at which it does not count any more; null = it stays. */
  validUntil: string | null;
  /** Of a time card. */
  time?: TimeUses;
}

/** An active card of a member with the lots that count now, soonest ending first. */
export interface HeldCard {
  id: string;
  number: string;
  currency: string;
  /** Of another member, who shares its time cards. */
  isShared?: boolean;
  lots: CardLot[];
}

/** What `tessera.cards_facts` answers: the plans among the things in a cart, and the cards of the member. */
export interface CardsFacts {
  /** What the law of the place demands of cards; left out: nothing. */
  policies?: readonly CardPolicy[];
  plans: CardPlan[];
  cards: HeldCard[];
  /** Of the member, too, but not usable; left out: none. */
  blocked?: BlockedCard[];
}

/** Of all cards of a member, in the order in which they are used: soonest ending first, then the older one. */
export function lotsInOrder(cards: readonly HeldCard[]): (CardLot & { card: HeldCard })[] {
  return cards
    .flatMap((card) => card.lots.map((lot) => ({ ...lot, card })))
    .sort((a, b) => {
      if (a.validUntil !== b.validUntil) {
        if (a.validUntil === null) return 1;
        if (b.validUntil === null) return -1;
        return Date.parse(a.validUntil) - Date.parse(b.validUntil);
      }
      return Number(a.id) - Number(b.id);
    });
}
