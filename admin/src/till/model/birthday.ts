const NEAR_DAYS = 7;
const DAY_MS = 86_400_000;

/** True when a birthday (`yyyy-mm-dd`, clear) falls within a week of `now`; a masked one never tells. */
export function isBirthdayNear(birthday: string | null | undefined, now: Date): boolean {
  const match = /^\d{4}-(\d{2})-(\d{2})$/.exec(birthday ?? '');
  if (!match) return false;
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  const years = [now.getFullYear() - 1, now.getFullYear(), now.getFullYear() + 1];
  return years.some((year) => {
    const day = Date.UTC(year, Number(match[1]) - 1, Number(match[2]));
    return Math.abs(day - today) <= NEAR_DAYS * DAY_MS;
  });
}
