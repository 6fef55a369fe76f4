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

const DAY_MS = 86_400_000;

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** The period that a business day belongs to, named by its first day. Weeks begin on Monday. */
export function limitPeriod(period: CouponLimits['period'], businessDay: string): { name: string; endsOn: string } {
  const at = Date.parse(`${businessDay}T00:00:00Z`);
  if (period === 'day') return { name: `day ${businessDay}`, endsOn: businessDay };
  if (period === 'week') {
    const monday = at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS;
    return { name: `week ${dayOf(monday)}`, endsOn: dayOf(monday + 6 * DAY_MS) };
  }
  const [year = 1970, month = 1] = businessDay.split('-').map(Number);
  return { name: `month ${businessDay.slice(0, 7)}`, endsOn: dayOf(Date.UTC(year, month, 0)) };
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
