import { businessDayOf, defineError, instantOf, multiply, prorate } from '@tessera/kernel/domain';
import type { CardPlan, LotKind } from './plan';
import { addMonths, type TimeTerms } from './time-card';

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

export const cardOneAtATime = defineError<{ lineNo: number }>(
  'card_one_at_a_time',
  422,
  'Time cards and packages are sold one to a line',
);

/** What a line of a sale puts on a card. Money in minor units. */
export interface SoldLot {
  lineNo: number;
  /** Of a package, which of its parts. */
  partNo: number;
  cardId: string;
  /** Of a card that is opened by this sale; null = the card is there. */
  number: string | null;
  planId: string;
  /** Of the package that it is a part of. */
  packageId: string | null;
  sku: string;
  nameZh: string;
  nameEn: string;
  kind: LotKind;
  serviceIds: readonly string[];
  spendOrder: CardPlan['spendOrder'];
  bonusEarnsPoints: boolean;
  principal: number;
  bonus: number;
  /** What of the bonus comes later, by day. */
  instalments: { dueOn: string; amount: number }[];
  sessions: number;
  /** Of a time card the booking counts it from the business day. */
  validUntil: string | null;
  time: TimeTerms | null;
}

/** The end of the last day on the clock of the store, counted from the day of the sale. */
export function endOfValidity(days: number | null, { now, timeZone }: { now: Date; timeZone: string }): string | null {
  if (days === null) return null;
  const end = new Date(`${businessDayOf(now, timeZone, '00:00')}T00:00:00Z`);
  end.setUTCDate(end.getUTCDate() + days + 1);
  return instantOf(`${end.toISOString().slice(0, 10)} 00:00:00`, timeZone);
}

/** A bonus all at once, or its parts: the first now, the others a month apart. They add up to it exactly. */
function bonusParts(plan: CardPlan, quantity: number, today: string): Pick<SoldLot, 'bonus' | 'instalments'> {
  if ((plan.bonusKind ?? 'money') !== 'money') return { bonus: 0, instalments: [] };
  const parts = prorate(multiply(plan.bonus, quantity), Array<number>(plan.bonusInstalments ?? 1).fill(1));
  const [bonus = 0, ...later] = parts;
  const instalments = later.map((amount, index) => ({ dueOn: addMonths(today, index + 1), amount }));
  return { bonus, instalments: instalments.filter(({ amount }) => amount > 0) };
}

interface SoldPart {
  plan: CardPlan;
  /** What of the price falls on it. */
  principal: number;
  quantity: number;
  partNo: number;
  packageId: string | null;
  /** Left out: as many as the plan has. */
  sessions?: number;
}

function soldLot(
  { plan, principal, quantity, partNo, packageId, sessions = multiply(plan.sessionCount, quantity) }: SoldPart,
  lineNo: number,
  card: { id: string; number: string | null },
  at: { now: Date; timeZone: string },
): SoldLot {
  const { id: planId, sku, nameZh, nameEn, serviceIds, spendOrder, bonusEarnsPoints, time = null } = plan;
  const kind = plan.kind === 'package' ? 'sessions' : plan.kind;
  return {
    lineNo,
    partNo,
    cardId: card.id,
    number: card.number,
    planId,
    packageId,
    sku,
    nameZh,
    nameEn,
    kind,
    serviceIds: kind === 'stored-value' ? [] : serviceIds,
    spendOrder,
    bonusEarnsPoints,
    principal,
    ...(kind === 'stored-value'
      ? bonusParts(plan, quantity, businessDayOf(at.now, at.timeZone, '00:00'))
      : { bonus: 0, instalments: [] }),
    sessions: kind === 'sessions' ? sessions : 0,
    validUntil: kind === 'time' ? null : endOfValidity(plan.validityDays, at),
    time: kind === 'time' ? time : null,
  };
}

/** Sessions that a top-up is given, on its own card: nothing was paid for them, so nothing is paid back for them. */
function giftLots(
  { id, bonusKind, bonusCount = 0 }: CardPlan,
  line: { lineNo: number; quantity: number },
  card: { id: string; number: string | null },
  { parts, ...at }: { now: Date; timeZone: string; parts: readonly CardPlan[] },
): SoldLot[] {
  const [plan] = parts;
  if (bonusKind !== 'sessions' || !plan) return [];
  const { lineNo, quantity } = line;
  const sessions = multiply(bonusCount, quantity);
  return [soldLot({ plan, principal: 0, quantity, partNo: 1, packageId: id, sessions }, lineNo, card, at)];
}

/**
 * What so many of a plan put on a card, by the terms of this day: one lot, with another for sessions that it is given; or of a package
 * one for each of its parts. The price of a package is split by what its parts would cost alone, exactly.
 * @param parts of a package; of a top-up that is given sessions: the session card they are of
 */
export function soldLots(
  plan: CardPlan,
  line: { lineNo: number; quantity: number },
  card: { id: string; number: string | null },
  { parts, ...at }: { now: Date; timeZone: string; parts: readonly CardPlan[] },
): SoldLot[] {
  const { lineNo, quantity } = line;
  const price = multiply(plan.unitPrice, quantity);
  if (plan.kind !== 'package') {
    const lot = soldLot({ plan, principal: price, quantity, partNo: 0, packageId: null }, lineNo, card, at);
    return [lot, ...giftLots(plan, line, card, { ...at, parts })];
  }
  const shares = prorate(
    price,
    parts.map((part) => part.unitPrice),
  );
  return parts.map((part, partNo) =>
    soldLot({ plan: part, principal: shares[partNo] ?? 0, quantity, partNo, packageId: plan.id }, lineNo, card, at),
  );
}
