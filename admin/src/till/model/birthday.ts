const NEAR_DAYS = 7;
const DAY_MS = 86_400_000;

/** Whoever was born on February 29 celebrates on the 28th when there is none (`celebrationDay` of the members plugin, which is not loaded here). */
function celebrated(year: number, month: number, date: number): number {
  const day = Date.UTC(year, month - 1, date);
  return new Date(day).getUTCMonth() === month - 1 ? day : day - DAY_MS;
}

/** Is a birthday (`yyyy-mm-dd`, clear) on the day of `now`, or within a week of it? A masked one never tells. */
export function birthdayNear(birthday: string | null | undefined, now: Date): 'today' | 'near' | null {
  const match = /^\d{4}-(\d{2})-(\d{2})$/.exec(birthday ?? '');
  if (!match) return null;
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  const years = [now.getFullYear() - 1, now.getFullYear(), now.getFullYear() + 1];
  const apart = Math.min(
    ...years.map((year) => Math.abs(celebrated(year, Number(match[1]), Number(match[2])) - today)),
  );
  if (apart === 0) return 'today';
  return apart <= NEAR_DAYS * DAY_MS ? 'near' : null;
}
