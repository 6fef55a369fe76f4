import { addDays } from './calendar-day';

export const CALENDAR_PERIODS = ['day', 'week', 'month'] as const;
export type CalendarPeriod = (typeof CALENDAR_PERIODS)[number];

export interface PeriodDays {
  /** First and last business day, `YYYY-MM-DD`. */
  startsOn: string;
  endsOn: string;
}

/** The day, the week (from Monday on: ISO 8601) or the month that a business day belongs to. */
export function periodOf(period: CalendarPeriod, businessDay: string): PeriodDays {
  if (period === 'day') return { startsOn: businessDay, endsOn: businessDay };
  if (period === 'week') {
    const weekday = (new Date(`${businessDay}T00:00:00Z`).getUTCDay() + 6) % 7;
    const monday = addDays(businessDay, -weekday);
    return { startsOn: monday, endsOn: addDays(monday, 6) };
  }
  const [year = 1970, month = 1] = businessDay.split('-').map(Number);
  const endsOn = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
  return { startsOn: `${businessDay.slice(0, 7)}-01`, endsOn };
}
