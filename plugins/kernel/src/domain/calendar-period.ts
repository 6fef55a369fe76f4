export const CALENDAR_PERIODS = ['day', 'week', 'month'] as const;
export type CalendarPeriod = (typeof CALENDAR_PERIODS)[number];

export interface PeriodDays {
  /** First and last business day, `YYYY-MM-DD`. */
  startsOn: string;
  endsOn: string;
}

const DAY_MS = 86_400_000;

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** The day, the week (from Monday on) or the month that a business day belongs to. */
export function periodOf(period: CalendarPeriod, businessDay: string): PeriodDays {
  const at = Date.parse(`${businessDay}T00:00:00Z`);
  if (period === 'day') return { startsOn: businessDay, endsOn: businessDay };
  if (period === 'week') {
    const monday = at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS;
    return { startsOn: dayOf(monday), endsOn: dayOf(monday + 6 * DAY_MS) };
  }
  const [year = 1970, month = 1] = businessDay.split('-').map(Number);
  return { startsOn: `${businessDay.slice(0, 7)}-01`, endsOn: dayOf(Date.UTC(year, month, 0)) };
}
