import { BASIS_POINTS, minutesOfDay, prorate, scaleDown, sum } from '@tessera/kernel/domain';
import type { EarnEffect, EarningMember, EarningMoment, EarningSale } from './earning';
import type { PointsFacts } from './facts';
import { GIFT_RULE } from './gift-dates';
import { lotDates, type LotDates } from './lot-dates';
import type { Programme } from './programme';
import { isInForce, type EarnRule } from './read-rule';

/** What one rule gives for one sale: one lot. */
export interface EarnedLot extends LotDates {
  rule: string;
  label: { zh: string; en: string };
  points: number;
  /** Of `points`, what each line has earned, in their order. */
  byLine: readonly number[];
  /** A cap took something off. */
  isCapped: boolean;
}

/** A sale at the moment it is paid. Money in minor units. */
export interface PaidSale {
  storeId: string;
  currency: string;
  timeZone: string;
  businessDay: string;
  now: Date;
  lines: readonly PaidLine[];
  member: EarningMember;
  /** What each method paid for goods and services; null = not paid yet: as if all of it counted. */
  payments: readonly Payment[] | null;
  /** What each method paid for cards; left out: as `payments` is null or not. */
  cardPayments?: readonly Payment[] | null;
}

interface Payment {
  method: string;
  amount: number;
}

interface PaidLine {
  sku: string;
  categoryId: string | null;
  quantity: number;
  /** Of a card 0: nothing is spent by buying it. */
  amount: number;
  /** Of a card: what it cost, and whether that is stored value. */
  card?: { amount: number; isTopUp: boolean };
}

interface Given {
  rule: EarnRule;
  points: number;
  byLine: readonly number[];
}

function momentOf({ businessDay, now, timeZone }: PaidSale): EarningMoment {
  const weekday = new Date(`${businessDay}T00:00:00Z`).getUTCDay();
  return {
    businessDay,
    weekday: weekday === 0 ? 7 : weekday,
    month: Number(businessDay.slice(5, 7)),
    minutes: minutesOfDay(now, timeZone),
  };
}

/** What counting payments paid of these amounts, shared among them. */
function countedOf(
  amounts: readonly number[],
  payments: readonly Payment[] | null,
  { earningTenders }: Programme,
): number[] {
  const bill = sum(amounts);
  const paid = payments?.filter(({ method }) => earningTenders.includes(method)).map(({ amount }) => amount);
  return prorate(paid ? Math.max(0, Math.min(bill, sum(paid))) : bill, amounts);
}

function earningSale(sale: PaidSale, programme: Programme): EarningSale {
  const { member, payments, cardPayments = payments && [] } = sale;
  const shares = countedOf(
    sale.lines.map(({ amount }) => amount),
    payments,
    programme,
  );
  const cardShares = countedOf(
    sale.lines.map(({ card }) => card?.amount ?? 0),
    cardPayments,
    programme,
  );
  const lines = sale.lines.map(({ sku, categoryId, quantity, card }, index) => ({
    sku,
    categoryId,
    quantity,
    counted: shares[index] ?? 0,
    toppedUp: card?.isTopUp ? (cardShares[index] ?? 0) : 0,
  }));
  return {
    lines,
    counted: sum(shares),
    toppedUp: sum(lines.map(({ toppedUp }) => toppedUp)),
    member,
    moment: momentOf(sale),
  };
}

/** Points and gifts first; each multiplier then adds its own share of the points, so their order does not matter. */
function given(effects: readonly { rule: EarnRule; effect: EarnEffect }[], lineCount: number): Given[] {
  const plain: Given[] = [];
  const base: number[] = Array.from({ length: lineCount }, () => 0);
  for (const { rule, effect } of effects) {
    if (effect.kind === 'multiplier' || effect.points <= 0) continue;
    const byLine = prorate(effect.points, effect.weights);
    plain.push({ rule, points: effect.points, byLine });
    if (effect.kind === 'points') byLine.forEach((points, index) => (base[index] = (base[index] ?? 0) + points));
  }
  const multiplied = effects.flatMap(({ rule, effect }): Given[] => {
    if (effect.kind !== 'multiplier') return [];
    const points = scaleDown(sum(base), Math.max(0, effect.basisPoints - BASIS_POINTS), BASIS_POINTS);
    return points > 0 ? [{ rule, points, byLine: prorate(points, base) }] : [];
  });
  return [...plain, ...multiplied];
}

/** The most that this sale may earn; null = as much as it likes. */
function capOf({ capPerSale, capPerDay }: Programme, earnedToday: number): number | null {
  const caps = [capPerSale, capPerDay === null ? null : Math.max(0, capPerDay - earnedToday)];
  const set = caps.filter((cap) => cap !== null);
  return set.length > 0 ? Math.min(...set) : null;
}

/** A cap takes from every rule in proportion. */
function capped(all: readonly Given[], cap: number | null): (Given & { isCapped: boolean })[] {
  const total = sum(all.map(({ points }) => points));
  if (cap === null || total <= cap) return all.map((each) => ({ ...each, isCapped: false }));
  const kept = prorate(
    cap,
    all.map(({ points }) => points),
  );
  return all
    .map((each, index) => ({ ...each, points: kept[index] ?? 0, byLine: prorate(kept[index] ?? 0, each.byLine) }))
    .filter(({ points }) => points > 0)
    .map((each) => ({ ...each, isCapped: true }));
}

/**
 * What a member earns on a sale: every rule in force gives its points for what counting payments paid, within the caps of the
 * programme. One lot per rule, with dates that nothing changes afterwards.
 */
export function earn(sale: PaidSale, { book, holding }: PointsFacts): EarnedLot[] {
  const { programme } = book;
  if (!programme || programme.currency !== sale.currency) return [];
  const paid = earningSale(sale, programme);
  if (paid.counted === 0 && paid.toppedUp === 0) return [];
  const today = holding.earned.filter(
    ([businessDay, rule]) => businessDay === sale.businessDay && !rule.startsWith(GIFT_RULE),
  );
  const earnedToday = (rule: string) => sum(today.filter(([, code]) => code === rule).map(([, , points]) => points));
  const effects = book.rules
    .filter((rule) => isInForce(rule, sale))
    .flatMap((rule) => {
      const effect = rule.evaluate(paid, { earnedToday: earnedToday(rule.code) });
      return effect ? [{ rule, effect }] : [];
    });
  const all = given(effects, paid.lines.length);
  const cap = capOf(programme, sum(today.map(([, , points]) => points)));
  const dates = lotDates(programme, sale);
  return capped(all, cap).map(({ rule: { code, label }, points, byLine, isCapped }) => ({
    rule: code,
    label,
    points,
    byLine,
    isCapped,
    ...dates,
  }));
}
