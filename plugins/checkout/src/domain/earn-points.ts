import { prorate, sum } from '@tessera/kernel/domain';
import { bonusLots, earn, type EarnedLot, type PointsShare } from '@tessera/points/domain';
import type { SaleFacts } from './facts';
import type { PricedCart } from './quote';
import { bonusProgramme } from './top-up-bonus';

interface Paid {
  method: string;
  amount: number;
}

/**
 * What payments paid for goods and services, and what for cards: stored value pays for goods and services only, the others pay for
 * both in proportion.
 * @param value what of the stored value counts
 */
function splitPayments(lines: PricedCart['lines'], payments: readonly Paid[], value: number) {
  const others = payments.filter(({ method }) => method !== 'stored-value');
  const stored = sum(payments.map(({ amount }) => amount)) - sum(others.map(({ amount }) => amount));
  const goods = sum(lines.map(({ kind, amount }) => (kind === 'card-plan' ? 0 : amount)));
  const hasCards = lines.some(({ kind }) => kind === 'card-plan');
  const shares = prorate(
    goods - stored,
    others.map(({ amount }) => amount),
  );
  const forGoods = others.map((paid, index) => (hasCards ? { ...paid, amount: shares[index] ?? 0 } : paid));
  const forCards = others.map((paid, index) => ({ ...paid, amount: paid.amount - (forGoods[index]?.amount ?? 0) }));
  return { payments: [...forGoods, { method: 'stored-value', amount: value }], cardPayments: forCards };
}

/** Points that come with what is topped up: a lot for each plan. */
function pointsOfBonuses(
  { store, lines, bonuses }: Pick<PricedCart, 'store' | 'lines' | 'bonuses'>,
  facts: SaleFacts,
  now: Date,
): EarnedLot[] {
  const programme = bonusProgramme(facts, store.currency);
  if (!programme) return [];
  const given = bonuses.flatMap(({ kind, lineNo, amount, label }) => {
    const index = lines.findIndex((line) => line.lineNo === lineNo);
    return kind === 'points' ? [{ index, sku: lines[index]?.sku ?? '', label, points: amount }] : [];
  });
  return bonusLots(given, programme, { now, timeZone: store.timeZone, lineCount: lines.length });
}

/**
 * What the member earns on a priced cart, by what its payments paid of it; without payments: as if all of it was paid in a way
 * that earns. Cards earn what rules give for topping up and what comes with them: what is bought with them earns the rest.
 * @param value of the payments by stored value, what counts
 */
export function earnPoints(
  cart: Pick<PricedCart, 'store' | 'member' | 'businessDay' | 'lines' | 'sold' | 'bonuses'>,
  facts: SaleFacts,
  now: Date,
  payments: readonly Paid[] | null,
  value = 0,
): EarnedLot[] {
  const { store, member, businessDay, sold } = cart;
  if (!facts.points || !member) return [];
  const topUps = new Set(sold.filter(({ plan }) => plan.kind === 'stored-value').map(({ line }) => line.lineNo));
  const lines = cart.lines.map(({ lineNo, sku, kind, quantity, amount }) => {
    const categoryId = facts.categories?.[sku] ?? null;
    if (kind !== 'card-plan') return { sku, categoryId, quantity, amount };
    return { sku, categoryId, quantity: 0, amount: 0, card: { amount, isTopUp: topUps.has(lineNo) } };
  });
  const paid = payments ? splitPayments(cart.lines, payments, value) : { payments: null };
  const { id: storeId, currency, timeZone } = store;
  const earned = earn({ storeId, currency, timeZone, businessDay, now, lines, member, ...paid }, facts.points);
  return [...earned, ...pointsOfBonuses(cart, facts, now)];
}

/** Of each line: what it earned, and how many of the redeemed points paid for it. They add up to both exactly. */
export function pointsShares(cart: PricedCart, earned: readonly EarnedLot[]): PointsShare[] {
  const taken = cart.lines.map(
    ({ adjustments }) => -(adjustments.find(({ source }) => source === 'points')?.amount ?? 0),
  );
  const redeemed = cart.points?.redeemed ? prorate(cart.points.redeemed, taken) : [];
  return cart.lines
    .map(({ lineNo }, index) => ({
      lineNo,
      earned: earned.reduce((total, { byLine }) => total + (byLine[index] ?? 0), 0),
      redeemed: redeemed[index] ?? 0,
    }))
    .filter((share) => share.earned > 0 || share.redeemed > 0);
}
