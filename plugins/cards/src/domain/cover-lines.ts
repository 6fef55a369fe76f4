import { defineError } from '@tessera/kernel/domain';
import { lotsInOrder, type CardLot, type HeldCard } from './card';
import { usesLeft } from './time-card';

export const SESSION_REFUSALS = [
  'session_not_enough',
  'session_not_for_this',
  'session_unknown_card',
  'session_card_blocked',
] as const;
export type SessionRefusal = (typeof SESSION_REFUSALS)[number];

export const sessionNotEnough = defineError<{ cardId: string; sku: string }>(
  'session_not_enough',
  409,
  ({ sku }) => `The card has not so many sessions left for ${sku}`,
);
export const sessionNotUsable = defineError<{ reason: string }>(
  'session_not_usable',
  422,
  ({ reason }) => `A session cannot be used for this: ${reason}`,
);

/** So many sessions of that card for what has that number. */
export interface WantedSessions {
  cardId: string;
  sku: string;
  quantity: number;
}

export interface CoverableLine {
  lineNo: number;
  itemId: string;
  sku: string;
  kind: string;
  quantity: number;
}

/** Pieces of a line that sessions of a card pay for. */
export interface SessionUse {
  lineNo: number;
  itemId: string;
  sku: string;
  quantity: number;
  cardId: string;
  cardNumber: string;
  plan: { sku: string; nameZh: string; nameEn: string };
}

export interface Coverage {
  uses: SessionUse[];
  refusals: { sku: string; reason: SessionRefusal }[];
}

/** How many pieces a lot can pay for on a business day; null = as many as there are. */
export function piecesOf(lot: CardLot, day: string): number | null {
  if (lot.kind === 'time') return lot.time ? usesLeft(lot.time, day) : 0;
  return lot.kind === 'sessions' ? lot.sessions : 0;
}

/** What can cover lines, counted down meanwhile; time cards first, which lose nothing by it. */
function coveringLots(cards: readonly HeldCard[], day: string) {
  const lots = lotsInOrder(cards).map((lot) => ({ ...lot, pieces: piecesOf(lot, day) ?? Number.MAX_SAFE_INTEGER }));
  const usable = lots.filter(({ pieces }) => pieces > 0);
  return [...usable.filter(({ kind }) => kind === 'time'), ...usable.filter(({ kind }) => kind !== 'time')];
}

/**
 * Which pieces of which lines sessions pay for. A wish is granted whole or refused whole, with the reason; lines of the same
 * number are covered from the first on.
 */
export function coverLines(
  lines: readonly CoverableLine[],
  wanted: readonly WantedSessions[],
  cards: readonly HeldCard[],
  { day, blocked = [] }: { day: string; blocked?: readonly { id: string }[] },
): Coverage {
  const lots = coveringLots(cards, day);
  const free = new Map(lines.map(({ lineNo, quantity }) => [lineNo, quantity]));
  const coverage: Coverage = { uses: [], refusals: [] };
  for (const { cardId, sku, quantity } of wanted) {
    const card = cards.find(({ id }) => id === cardId);
    const open = lines.filter(
      (line) => line.sku === sku && line.kind === 'service' && (free.get(line.lineNo) ?? 0) > 0,
    );
    const itemId = open[0]?.itemId;
    const usable = lots.filter(
      (lot) => lot.card.id === cardId && itemId !== undefined && lot.serviceIds.includes(itemId),
    );
    const refuse = (reason: SessionRefusal) => coverage.refusals.push({ sku, reason });
    const [plan] = usable;
    if (blocked.some(({ id }) => id === cardId)) refuse('session_card_blocked');
    else if (!card) refuse('session_unknown_card');
    else if (open.reduce((pieces, line) => pieces + (free.get(line.lineNo) ?? 0), 0) < quantity) {
      refuse('session_not_for_this');
    } else if (!plan || usable.reduce((left, lot) => left + lot.pieces, 0) < quantity) refuse('session_not_enough');
    else {
      coverage.uses.push(...useOf(open, free, { card, plan, quantity }));
      countDown(usable, quantity);
    }
  }
  return coverage;
}

function useOf(
  open: readonly CoverableLine[],
  free: Map<number, number>,
  { card, plan, quantity }: { card: HeldCard; plan: SessionUse['plan']; quantity: number },
): SessionUse[] {
  let left = quantity;
  return open.flatMap(({ lineNo, itemId, sku }) => {
    const covered = Math.min(left, free.get(lineNo) ?? 0);
    if (covered === 0) return [];
    left -= covered;
    free.set(lineNo, (free.get(lineNo) ?? 0) - covered);
    const { sku: planSku, nameZh, nameEn } = plan;
    const named = { sku: planSku, nameZh, nameEn };
    return [{ lineNo, itemId, sku, quantity: covered, cardId: card.id, cardNumber: card.number, plan: named }];
  });
}

function countDown(lots: { pieces: number }[], quantity: number): void {
  let left = quantity;
  for (const lot of lots) {
    const used = Math.min(left, lot.pieces);
    lot.pieces -= used;
    left -= used;
  }
}
