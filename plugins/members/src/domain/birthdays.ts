import { addDays } from '@tessera/kernel/domain';

/** Furthest one may look ahead. */
export const MOST_BIRTHDAY_DAYS = 62;

/** One of the days to come: who was born on `key` (month × 100 + day) celebrates on `day`. */
export interface BirthdayKey {
  key: number;
  /** `YYYY-MM-DD` */
  day: string;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/**
 * The day (`YYYY-MM-DD`) on which somebody celebrates in a year. The leap-day rule: whoever was born on February 29 celebrates on the
 * 28th when there is none.
 */
export function celebrationDay(birthday: string, year: number): string {
  const day = birthday.slice(4);
  return `${year}${day === '-02-29' && !isLeap(year) ? '-02-28' : day}`;
}

/** Today and the days after it. Whoever was born on February 29 celebrates on the 28th when there is none. */
export function birthdayKeys(today: string, days: number): BirthdayKey[] {
  return Array.from({ length: days + 1 }, (_none, index) => {
    const day = addDays(today, index);
    const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
    const own = { key: month * 100 + date, day };
    return own.key === 228 && !isLeap(year) ? [own, { key: 229, day }] : [own];
  }).flat();
}
