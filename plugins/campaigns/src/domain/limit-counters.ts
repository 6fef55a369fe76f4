import { periodOf } from '@tessera/kernel/domain';
import type { CouponLimits, CouponTerms } from './terms';

/** One count that a use of a coupon raises; it must not pass its ceiling. Empty texts = of all members, of all times. */
export interface LimitCounter {
  templateId: string;
  memberId: string;
  period: string;
  /** Last business day of the period. */
  endsOn: string | null;
  ceiling: number;
}

/** The period that a business day belongs to, named by its first day. Weeks begin on Monday. */
export function limitPeriod(period: CouponLimits['period'], businessDay: string): { name: string; endsOn: string } {
  const { startsOn, endsOn } = periodOf(period, businessDay);
  return { name: `${period} ${period === 'month' ? startsOn.slice(0, 7) : startsOn}`, endsOn };
}

/** The counts that one use raises, for the limits that the coupon has. A limit per member counts nothing without a member. */
export function limitCounters(
  { templateId, limits }: Pick<CouponTerms, 'templateId' | 'limits'>,
  { businessDay, memberId }: { businessDay: string; memberId: string | null },
): LimitCounter[] {
  const { name, endsOn } = limitPeriod(limits.period, businessDay);
  const counters: LimitCounter[] = [];
  const add = (ceiling: number | null, member: string | null, period: { name: string; endsOn: string | null }) => {
    if (ceiling === null || member === null) return;
    counters.push({ templateId, memberId: member, period: period.name, endsOn: period.endsOn, ceiling });
  };
  const always = { name: '', endsOn: null };
  add(limits.total, '', always);
  add(limits.perPeriod, '', { name, endsOn });
  add(limits.perMember, memberId, always);
  add(limits.perMemberPerPeriod, memberId, { name, endsOn });
  return counters;
}
