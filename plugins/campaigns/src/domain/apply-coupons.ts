import { sum } from '@tessera/kernel/domain';
import type { CouponFacts, CouponHolding, CouponSale } from './facts';
import { isMeant, judgeCoupon, judgeLimits, type Refused } from './judge-coupon';
import { COUPON_KINDS } from './kinds';
import { limitCounters, type LimitCounter } from './limit-counters';

/** What a coupon does to a line that it is for: what the line cost before any coupon, and what this one takes off. */
export interface CouponShare {
  lineNo: number;
  quantity: number;
  base: number;
  taken: number;
}

export interface AppliedCoupon {
  coupon: CouponFacts;
  taken: number;
  shares: readonly CouponShare[];
  counters: readonly LimitCounter[];
}

export interface RejectedCoupon extends Refused {
  code: string;
}

export interface CouponOutcome {
  /** In the order in which they take off. */
  applied: readonly AppliedCoupon[];
  rejected: readonly RejectedCoupon[];
}

/** A coupon whose own conditions hold, and what it would take off if it were the only one. */
interface Candidate {
  coupon: CouponFacts;
  alone: number;
}

const rankOf = ({ terms }: CouponFacts): number => COUPON_KINDS.findIndex(({ code }) => code === terms.kind);

function takeOne(coupon: CouponFacts, sale: CouponSale, amounts: readonly number[]): CouponShare[] {
  const takeOff = COUPON_KINDS[rankOf(coupon)]?.bind(coupon.terms.args);
  const meant = sale.lines
    .map((line, index) => ({ line, amount: amounts[index] ?? 0 }))
    .filter(({ line }) => isMeant(coupon.terms, line));
  const taken = takeOff?.(meant.map(({ line, amount }) => ({ quantity: line.quantity, amount }))) ?? [];
  return meant.map(({ line: { lineNo, quantity, amount } }, index) => ({
    lineNo,
    quantity,
    base: amount,
    taken: taken[index] ?? 0,
  }));
}

const totalOf = (shares: readonly CouponShare[]): number => sum(shares.map(({ taken }) => taken));

/** What takes most off stands first; on a tie the one that ends first, then the older one. */
function byWorth(a: Candidate, b: Candidate): number {
  const [endA, endB] = [a.coupon.validUntil ?? '9', b.coupon.validUntil ?? '9'];
  if (a.alone !== b.alone) return b.alone - a.alone;
  return endA === endB ? a.coupon.id - b.coupon.id : endA < endB ? -1 : 1;
}

interface Chosen {
  chosen: readonly CouponFacts[];
  rejected: readonly RejectedCoupon[];
}

/** Of each group the one that alone takes most off, within the limits. */
function chooseTogether(candidates: readonly Candidate[], sale: CouponSale, uses: CouponHolding['uses']): Chosen {
  const chosen: CouponFacts[] = [];
  const rejected: RejectedCoupon[] = [];
  const counted: LimitCounter[] = [];
  for (const { coupon } of candidates) {
    const { code, terms } = coupon;
    const rival = terms.group === null ? undefined : chosen.find((other) => other.terms.group === terms.group);
    const counters = limitCounters(terms, sale);
    const refused: Refused | null = rival
      ? { reason: 'coupon_group_taken', by: rival.code }
      : judgeLimits(counters, uses, counted);
    if (refused) {
      rejected.push({ code, ...refused });
      continue;
    }
    chosen.push(coupon);
    counted.push(...counters);
  }
  return { chosen, rejected };
}

/** One after another in the order of their kinds; each sees what the ones before it left. */
function takeAll(chosen: readonly CouponFacts[], sale: CouponSale): CouponOutcome {
  const amounts = new Map(sale.lines.map(({ lineNo, amount }) => [lineNo, amount]));
  const applied: AppliedCoupon[] = [];
  const rejected: RejectedCoupon[] = [];
  const ordered = [...chosen].sort((a, b) => rankOf(a) - rankOf(b) || a.id - b.id);
  for (const coupon of ordered) {
    const shares = takeOne(coupon, sale, [...amounts.values()]);
    const taken = totalOf(shares);
    if (taken === 0) {
      rejected.push({ code: coupon.code, reason: 'coupon_nothing_left' });
      continue;
    }
    for (const share of shares) amounts.set(share.lineNo, (amounts.get(share.lineNo) ?? 0) - share.taken);
    applied.push({ coupon, taken, shares, counters: limitCounters(coupon.terms, sale) });
  }
  return { applied, rejected };
}

export const savingOf = ({ applied }: CouponOutcome): number => sum(applied.map(({ taken }) => taken));

/** A coupon that is never combined stands against all the others together. */
function chooseBest(candidates: readonly Candidate[], sale: CouponSale, uses: CouponHolding['uses']): CouponOutcome {
  const sorted = [...candidates].sort(byWorth);
  const alone = sorted.find(({ coupon }) => !coupon.terms.isCombinable);
  const others = chooseTogether(
    sorted.filter(({ coupon }) => coupon.terms.isCombinable),
    sale,
    uses,
  );
  const together = takeAll(others.chosen, sale);
  const isAloneBetter = alone !== undefined && alone.alone > savingOf(together);
  const winners = isAloneBetter ? takeAll([alone.coupon], sale) : together;
  const by = winners.applied[0]?.coupon.code;
  const refused = sorted
    .filter(({ coupon }) => (isAloneBetter ? coupon !== alone.coupon : !coupon.terms.isCombinable))
    .map(({ coupon: { code } }): RejectedCoupon => ({ code, reason: 'coupon_not_combinable', ...(by ? { by } : {}) }));
  return {
    applied: winners.applied,
    rejected: [...winners.rejected, ...(isAloneBetter ? [] : others.rejected), ...refused],
  };
}

/**
 * What the coupons given for a cart take off it. Each is judged on its own first; of those that do not combine, what takes most
 * off wins: of a group the one that alone takes most, and a coupon that is never combined against all the others together. Then
 * what is free goes first, shares of the rest next, sums of money last, so that the customer gets the most. Pure.
 * @param codes as they are stored (`normalCouponCode`); one named twice is meant once
 */
export function applyCoupons(
  codes: readonly string[],
  { coupons, uses }: CouponHolding,
  sale: CouponSale,
): CouponOutcome {
  const known = new Map(coupons.map((coupon) => [coupon.code, coupon]));
  const amounts = sale.lines.map(({ amount }) => amount);
  const candidates: Candidate[] = [];
  const rejected: RejectedCoupon[] = [];
  for (const code of new Set(codes)) {
    const coupon = known.get(code);
    const refused = coupon ? judgeCoupon(coupon, sale, uses) : { reason: 'coupon_unknown' as const };
    if (coupon && !refused) candidates.push({ coupon, alone: totalOf(takeOne(coupon, sale, amounts)) });
    else rejected.push({ code, ...(refused as Refused) });
  }
  const best = chooseBest(candidates, sale, uses);
  return { applied: best.applied, rejected: [...rejected, ...best.rejected] };
}
