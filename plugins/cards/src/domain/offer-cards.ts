import { sum } from '@tessera/kernel/domain';
import type { BlockedCard } from './blocked-card';
import type { CardLot, HeldCard } from './card';
import { piecesOf, type CoverableLine, type SessionUse } from './cover-lines';
import { availableValue } from './spend-value';

/** What the cards of a member can do for a cart. */
export interface CardsOffer {
  /** Money in minor units. */
  storedValue: { available: number; most: number };
  cards: { id: string; number: string; principal: number; bonus: number; sessions: number }[];
  sessions: SessionOffer[];
  /** Cards that cannot be used at present. */
  blocked: Pick<BlockedCard, 'id' | 'number' | 'status'>[];
}

/** Sessions of one card for one service in the cart. */
export interface SessionOffer {
  cardId: string;
  number: string;
  /** Of the service. */
  sku: string;
  /** Of the plan. */
  nameZh: string;
  nameEn: string;
  /** Null: a time card without a limit. */
  left: number | null;
  /** Pieces in the cart that they could pay for. */
  usable: number;
  used: number;
  /** Of the sessions that end first. */
  validUntil: string | null;
}

function sessionOffers(
  card: HeldCard,
  { lines, uses, day }: { lines: readonly CoverableLine[]; uses: readonly SessionUse[]; day: string },
): SessionOffer[] {
  const services = new Map(lines.filter(({ kind }) => kind === 'service').map(({ itemId, sku }) => [itemId, sku]));
  return [...services].flatMap(([itemId, sku]) => {
    const lots = card.lots.filter(({ kind, serviceIds }) => kind !== 'stored-value' && serviceIds.includes(itemId));
    const [first] = lots;
    if (!first) return [];
    const counts = lots.map((lot) => piecesOf(lot, day));
    const left = counts.includes(null) ? null : sum(counts.map((count) => count ?? 0));
    const pieces = sum(lines.filter((line) => line.itemId === itemId).map(({ quantity }) => quantity));
    const used = sum(
      uses.filter((use) => use.cardId === card.id && use.itemId === itemId).map(({ quantity }) => quantity),
    );
    const { nameZh, nameEn, validUntil } = first;
    return [
      {
        cardId: card.id,
        number: card.number,
        sku,
        nameZh,
        nameEn,
        left,
        usable: left === null ? pieces : Math.min(left, pieces),
        used,
        validUntil,
      },
    ];
  });
}

function holdingOf({ id, number, lots }: HeldCard): CardsOffer['cards'][number] {
  const total = (part: (lot: CardLot) => number) => sum(lots.map(part));
  return {
    id,
    number,
    principal: total((lot) => (lot.kind === 'stored-value' ? lot.principal : 0)),
    bonus: total((lot) => lot.bonus),
    sessions: total((lot) => lot.sessions),
  };
}

/** @param bill what goods and services cost; stored value pays for nothing else */
export function offerCards(
  cards: readonly HeldCard[],
  {
    lines,
    uses,
    bill,
    currency,
    blocked,
    day,
  }: {
    lines: readonly CoverableLine[];
    uses: readonly SessionUse[];
    bill: number;
    currency: string;
    blocked: readonly BlockedCard[];
    /** Business day. */
    day: string;
  },
): CardsOffer {
  const here = cards.filter((card) => card.currency === currency);
  const available = availableValue(here, currency);
  return {
    storedValue: { available, most: Math.min(available, bill) },
    cards: here.filter(({ isShared }) => !isShared).map(holdingOf),
    sessions: here.flatMap((card) => sessionOffers(card, { lines, uses, day })),
    blocked: blocked.map(({ id, number, status }) => ({ id, number, status })),
  };
}
