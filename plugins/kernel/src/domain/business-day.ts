interface LocalTime {
  year: number;
  month: number;
  day: number;
  minutes: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formatters.set(timeZone, made);
  return made;
}

function localTime(instant: Date, timeZone: string): LocalTime {
  const parts: Record<string, number> = {};
  for (const part of formatterFor(timeZone).formatToParts(instant)) parts[part.type] = Number(part.value);
  return {
    year: parts.year ?? 0,
    month: parts.month ?? 1,
    day: parts.day ?? 1,
    minutes: (parts.hour ?? 0) * 60 + (parts.minute ?? 0),
  };
}

/** Minutes since midnight that the clocks of a zone show at an instant. */
export function minutesOfDay(instant: Date, timeZone: string): number {
  return localTime(instant, timeZone).minutes;
}

/** True for an IANA zone this runtime knows, e.g. `Asia/Shanghai`. */
export function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone });
    return true;
  } catch {
    return false;
  }
}

/**
 * The store-local business day of an instant as `YYYY-MM-DD`.
 * Before the cut-off (`HH:MM`, e.g. `04:00`) it is still the day before: a bar's 02:00 sale belongs to last night.
 */
export function businessDayOf(instant: Date, timeZone: string, dayCutoff: string): string {
  const local = localTime(instant, timeZone);
  const [hours = 0, minutes = 0] = dayCutoff.split(':').map(Number);
  const isBeforeCutoff = local.minutes < hours * 60 + minutes;
  const day = new Date(Date.UTC(local.year, local.month - 1, local.day - (isBeforeCutoff ? 1 : 0)));
  return day.toISOString().slice(0, 10);
}
