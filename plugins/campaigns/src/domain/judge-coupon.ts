import { sum } from '@tessera/kernel/domain';
import type { CouponFacts, CouponHolding, CouponLine, CouponSale } from './facts';
import { COUPON_KINDS } from './kinds';
import { limitCounters, type LimitCounter } from './limit-counters';
import type { CouponTerms } from './terms';

export const COUPON_REFUSALS = [
  'coupon_unknown',
  'coupon_used',
  'coupon_void',
  'coupon_held',
  'coupon_not_yet_valid',
  'coupon_expired',
  'coupon_of_other_member',
  'coupon_needs_member',
  'coupon_other_store',
  'coupon_other_currency',
  'coupon_other_weekday',
  'coupon_other_hours',
  'coupon_no_goods',
  'coupon_minimum_not_met',
  'coupon_limit_total',
  'coupon_limit_period',
  'coupon_limit_member',
  'coupon_limit_member_period',
  'coupon_not_combinable',
  'coupon_group_taken',
  'coupon_nothing_left',
  'coupon_not_understood',
] as const;
export type CouponRefusal = (typeof COUPON_REFUSALS)[number];

/** Which condition failed, and by how much. */
export interface Refused {
  reason: CouponRefusal;
  /** Of `coupon_minimum_not_met`: what its goods must cost, and what is missing. */
  minimum?: number;
  missing?: number;
  /** Instants, or `HH:MM`, between which it counts. */
  from?: string;
  until?: string;
  /** 1–7: days on which it counts. */
  weekdays?: readonly number[];
  /** Of a coupon that stands in the way: its code. */
  by?: string;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** `until` may lie after midnight; equal times mean the whole day. */
function isWithin(minutes: number, { from, until }: NonNullable<CouponTerms['hours']>): boolean {
  const [begin, end] = [minutesOf(from), minutesOf(until)];
  if (begin === end) return true;
  return begin < end ? minutes >= begin && minutes < end : minutes >= begin || minutes < end;
}

function weekdayOf(businessDay: string): number {
  return new Date(`${businessDay}T00:00:00Z`).getUTCDay() || 7;
}

/** Is the coupon for this line? */
export function isMeant({ goods }: CouponTerms, { itemId, categoryId }: CouponLine): boolean {
  if (goods.items.length === 0 && goods.categories.length === 0) return true;
  return goods.items.includes(itemId) || (categoryId !== null && goods.categories.includes(categoryId));
}

function judgeState(coupon: CouponFacts, sale: CouponSale): Refused | null {
  if (coupon.state !== 'open') return { reason: coupon.state === 'used' ? 'coupon_used' : 'coupon_void' };
  const at = sale.now.toISOString();
  if (at < coupon.validFrom) return { reason: 'coupon_not_yet_valid', from: coupon.validFrom };
  if (coupon.validUntil !== null && at >= coupon.validUntil) {
    return { reason: 'coupon_expired', until: coupon.validUntil };
  }
  if (coupon.heldBy !== null && coupon.heldBy !== sale.tillId) return { reason: 'coupon_held' };
  return null;
}

function judgeMember({ memberId, terms }: CouponFacts, sale: CouponSale): Refused | null {
  const isCounted = terms.limits.perMember !== null || terms.limits.perMemberPerPeriod !== null;
  if (sale.memberId === null) return memberId !== null || isCounted ? { reason: 'coupon_needs_member' } : null;
  return memberId !== null && memberId !== sale.memberId ? { reason: 'coupon_of_other_member' } : null;
}

function judgePlace(terms: CouponTerms, sale: CouponSale): Refused | null {
  if (terms.currency !== sale.currency) return { reason: 'coupon_other_currency' };
  if (terms.storeIds.length > 0 && !terms.storeIds.includes(sale.storeId)) return { reason: 'coupon_other_store' };
  if (terms.weekdays.length > 0 && !terms.weekdays.includes(weekdayOf(sale.businessDay))) {
    return { reason: 'coupon_other_weekday', weekdays: terms.weekdays };
  }
  if (terms.hours && !isWithin(sale.minutes, terms.hours)) return { reason: 'coupon_other_hours', ...terms.hours };
  return null;
}

function judgeGoods(terms: CouponTerms, lines: readonly CouponLine[]): Refused | null {
  const meant = lines.filter((line) => isMeant(terms, line));
  if (meant.length === 0) return { reason: 'coupon_no_goods' };
  const { minimum } = terms;
  const missing = minimum - sum(meant.map((line) => line.amount));
  return missing > 0 ? { reason: 'coupon_minimum_not_met', minimum, missing } : null;
}

function limitRefusal({ memberId, period }: LimitCounter): CouponRefusal {
  if (memberId === '') return period === '' ? 'coupon_limit_total' : 'coupon_limit_period';
  return period === '' ? 'coupon_limit_member' : 'coupon_limit_member_period';
}

const isSameCount = (a: Omit<LimitCounter, 'ceiling' | 'endsOn'>, b: Omit<LimitCounter, 'ceiling' | 'endsOn'>) =>
  a.templateId === b.templateId && a.memberId === b.memberId && a.period === b.period;

/** Do the limits leave one more use? @param before what other coupons of the same cart count already */
export function judgeLimits(
  counters: readonly LimitCounter[],
  uses: CouponHolding['uses'],
  before: readonly LimitCounter[],
): Refused | null {
  for (const counter of counters) {
    const used = uses.find((each) => isSameCount(each, counter))?.used ?? 0;
    const planned = before.filter((each) => isSameCount(each, counter)).length;
    if (used + planned >= counter.ceiling) return { reason: limitRefusal(counter) };
  }
  return null;
}

/**
 * May this coupon be used on this sale, whatever other coupons do? Its conditions look at the prices before any coupon, so they
 * do not depend on an order. @returns the first condition that failed; null = all hold
 */
export function judgeCoupon(coupon: CouponFacts, sale: CouponSale, uses: CouponHolding['uses']): Refused | null {
  const { terms } = coupon;
  const kind = COUPON_KINDS.find(({ code }) => code === terms.kind);
  if (!kind?.bind(terms.args)) return { reason: 'coupon_not_understood' };
  return (
    judgeState(coupon, sale) ??
    judgeMember(coupon, sale) ??
    judgePlace(terms, sale) ??
    judgeGoods(terms, sale.lines) ??
    judgeLimits(limitCounters(terms, sale), uses, [])
  );
}
