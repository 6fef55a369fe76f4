import { businessDayOf, instantOf } from '@tessera/kernel/domain';
import type { Programme } from './programme';

export interface LotDates {
  availableFrom: string;
  /** The first instant at which the points do not count any more; null = they stay. */
  expiresAt: string | null;
}

/** How long points count. */
export type Validity = Pick<Programme, 'pendingDays' | 'validity' | 'validityLength'>;

interface Earned {
  now: Date;
  timeZone: string;
}

function dayPlus(day: string, more: { days?: number; months?: number }): string {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  const target = new Date(Date.UTC(year, month - 1 + (more.months ?? 0), 1));
  const lastOfMonth = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  target.setUTCDate(Math.min(date, lastOfMonth) + (more.days ?? 0));
  return target.toISOString().slice(0, 10);
}

/** The last day on which points count that count from `day` on. */
function lastDay({ validity, validityLength }: Validity, day: string): string | null {
  switch (validity) {
    case 'forever':
      return null;
    case 'days':
      return dayPlus(day, { days: validityLength });
    case 'months':
      return dayPlus(day, { months: validityLength });
    case 'year-end':
      return `${Number(day.slice(0, 4)) + validityLength}-12-31`;
  }
}

/**
 * When points that are earned now begin and cease to count: fixed here, once, whatever becomes of the programme later.
 * They begin at once, or at the store's midnight after the pending days; they end with the end of a day in store time, counted
 * from the day they begin. Days are those of the clock: at one in the morning the midnight after the business day has passed.
 */
export function lotDates(programme: Validity, { now, timeZone }: Earned): LotDates {
  const { pendingDays } = programme;
  const firstDay = dayPlus(businessDayOf(now, timeZone, '00:00'), { days: pendingDays });
  const last = lastDay(programme, firstDay);
  return {
    availableFrom: pendingDays === 0 ? now.toISOString() : instantOf(`${firstDay} 00:00:00`, timeZone),
    expiresAt: last === null ? null : instantOf(`${dayPlus(last, { days: 1 })} 00:00:00`, timeZone),
  };
}
