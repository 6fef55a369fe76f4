import { businessDayOf, instantOf } from '@tessera/kernel/domain';

export interface CouponDates {
  validFrom: string;
  /** The first instant at which it does not count any more; null = it stays. */
  validUntil: string | null;
}

interface Validity {
  validFrom: string | null;
  validUntil: string | null;
  /** Days from issue; the last of them counts to its end. */
  validDays: number | null;
}

/**
 * When a coupon that is issued now begins and ends to count: fixed here, once, whatever becomes of its template later. Days end
 * at midnight on the store's clock; with both kinds of end the earlier one holds.
 */
export function couponDates(
  { validFrom, validUntil, validDays }: Validity,
  at: { now: Date; timeZone: string },
): CouponDates {
  const now = at.now.toISOString();
  const begins = validFrom !== null && validFrom > now ? validFrom : now;
  const ends = validUntil === null ? [] : [validUntil];
  if (validDays !== null) {
    const day = new Date(`${businessDayOf(at.now, at.timeZone, '00:00')}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() + validDays + 1);
    ends.push(instantOf(`${day.toISOString().slice(0, 10)} 00:00:00`, at.timeZone));
  }
  return { validFrom: begins, validUntil: ends.sort()[0] ?? null };
}
