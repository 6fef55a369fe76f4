import { businessDayOf, defineError, instantOf, multiply } from '@tessera/kernel/domain';
import type { CardPlan } from './plan';

export const cardNeedsMember = defineError('card_needs_member', 422, 'A card is sold to a member: say to whom');
export const cardNotUsable = defineError<{ cardId: string | null }>(
  'card_not_usable',
  422,
  'The card is not one of this member, or it is not active',
);
export const cardPriceFixed = defineError<{ lineNo: number }>(
  'card_price_fixed',
  422,
  'The price of a card is what it is worth: it cannot be replaced',
);

/** What a line of a sale puts on a card. Money in minor units. */
export interface SoldLot {
  lineNo: number;
  cardId: string;
  /** Of a card that is opened by this sale; null = the card is there. */
  number: string | null;
  planId: string;
  sku: string;
  nameZh: string;
  nameEn: string;
  kind: CardPlan['kind'];
  serviceIds: readonly string[];
  spendOrder: CardPlan['spendOrder'];
  bonusEarnsPoints: boolean;
  principal: number;
  bonus: number;
  sessions: number;
  validUntil: string | null;
}

/** The end of the last day on the clock of the store, counted from the day of the sale. */
export function endOfValidity(days: number | null, { now, timeZone }: { now: Date; timeZone: string }): string | null {
  if (days === null) return null;
  const end = new Date(`${businessDayOf(now, timeZone, '00:00')}T00:00:00Z`);
  end.setUTCDate(end.getUTCDate() + days + 1);
  return instantOf(`${end.toISOString().slice(0, 10)} 00:00:00`, timeZone);
}

/** What so many of a plan put on a card, by the terms of this day. */
export function soldLot(
  plan: CardPlan,
  line: { lineNo: number; quantity: number },
  card: { id: string; number: string | null },
  at: { now: Date; timeZone: string },
): SoldLot {
  const { id: planId, sku, nameZh, nameEn, kind, serviceIds, spendOrder, bonusEarnsPoints } = plan;
  const { lineNo, quantity } = line;
  return {
    lineNo,
    cardId: card.id,
    number: card.number,
    planId,
    sku,
    nameZh,
    nameEn,
    kind,
    serviceIds: kind === 'sessions' ? serviceIds : [],
    spendOrder,
    bonusEarnsPoints,
    principal: multiply(plan.unitPrice, quantity),
    bonus: kind === 'stored-value' ? multiply(plan.bonus, quantity) : 0,
    sessions: kind === 'sessions' ? multiply(plan.sessionCount, quantity) : 0,
    validUntil: endOfValidity(plan.validityDays, at),
  };
}
