import { addDays, CALENDAR_PERIODS, daysBetween, periodOf, scale, type CalendarPeriod } from '@tessera/kernel/domain';

export const TIME_STARTS = ['sale', 'first-use'] as const;
export const USE_PERIODS = CALENDAR_PERIODS;
export type UsePeriod = CalendarPeriod;
export const REFUND_TERMS = ['unelapsed', 'none'] as const;

/** What a time card gives, as its plan says when it is sold. */
export interface TimeTerms {
  /** Business days, the first one included. */
  periodDays: number;
  starts: (typeof TIME_STARTS)[number];
  /** At most `usesLimit` uses in each of these; both null = as many as wanted. */
  usesPer: UsePeriod | null;
  usesLimit: number | null;
  /** A freeze pushes the end out by so many days at most, all freezes together. */
  freezeDays: number;
  /** So many other members at most may use it. */
  sharedWith: number;
  /** What a refund pays: the part of the days that are not over, or nothing once it was used or a day is over. */
  refundTerms: (typeof REFUND_TERMS)[number];
}

/** How often a time card was used, net of what was given back. */
export interface TimeUses extends Pick<TimeTerms, 'usesPer' | 'usesLimit'> {
  uses: readonly { day: string; uses: number }[];
}

/** The same day so many months later, or the last one of a shorter month: `2026-01-31` and 1 → `2026-02-28`. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0));
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, lastOfMonth.getUTCDate())))
    .toISOString()
    .slice(0, 10);
}

/** The first business day of the day, week (from Monday: ISO 8601) or month that a day belongs to. `tessera.first_day_of` is the same. */
export const firstDayOf = (per: UsePeriod, day: string): string => periodOf(per, day).startsOn;

/** Uses that are left on a business day; null = as many as wanted. */
export function usesLeft({ usesPer, usesLimit, uses }: TimeUses, day: string): number | null {
  if (usesLimit === null || usesPer === null) return null;
  const period = firstDayOf(usesPer, day);
  const used = uses.filter((use) => firstDayOf(usesPer, use.day) === period).reduce((all, use) => all + use.uses, 0);
  return Math.max(0, usesLimit - used);
}

/** Where the period of a sold time card stands. */
export interface TimePeriod {
  /** Business day; null = it waits for the first use. */
  startedOn: string | null;
  periodDays: number;
  freezeDays: number;
  /** Days that freezes have pushed its end out by so far. */
  frozenDays: number;
}

/** Days of a freeze from `blockedOn` to `day` that do not count, as far as the terms let them. */
export function daysStandingStill({ freezeDays, frozenDays }: TimePeriod, blockedOn: string, day: string): number {
  return Math.max(0, Math.min(daysBetween(blockedOn, day), freezeDays - frozenDays));
}

/** Business days of it that are over by the morning of `day`. `tessera.elapsed_days` is the same rule where money is moved. */
export function elapsedDays(period: TimePeriod, blockedOn: string | null, day: string): number {
  const { startedOn, periodDays, frozenDays } = period;
  if (startedOn === null) return 0;
  const still = blockedOn === null ? 0 : daysStandingStill(period, blockedOn, day);
  return Math.min(periodDays, Math.max(0, daysBetween(startedOn, day) - still - frozenDays));
}

/**
 * What becomes revenue when `days` are over: what is left above the part of the days to come. Of running totals, so whenever it is asked,
 * once or every day, the parts add up to what was paid, and the last day takes the rest. `tessera.elapsed_part` is the same rule.
 */
export function elapsedPart(
  { principalSold, principal, periodDays }: { principalSold: number; principal: number; periodDays: number },
  days: number,
): number {
  return Math.max(0, principal - (principalSold - scale(principalSold, days, periodDays)));
}

/** The last business day on which it can be used. */
export function lastDayOf({ startedOn, periodDays, frozenDays }: TimePeriod): string | null {
  return startedOn === null ? null : addDays(startedOn, periodDays + frozenDays - 1);
}
