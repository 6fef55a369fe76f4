import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone';
import utc from 'dayjs/plugin/utc';

dayjs.extend(utc);
dayjs.extend(timezone);

/** Wall-clock time `YYYY-MM-DDTHH:mm:ss` of a zone → ISO instant. */
export function inZone(wallClock: string, timeZone: string): string {
  return dayjs.tz(wallClock, timeZone).toISOString();
}

/** ISO instant → wall-clock time of a zone. */
export function wallClockIn(iso: string, timeZone: string): dayjs.Dayjs {
  return dayjs(iso).tz(timeZone);
}

/** The midnight with which the day of an instant began in a zone, as ISO instant. */
export function startOfDay(instant: Date, timeZone: string): string {
  return dayjs(instant).tz(timeZone).startOf('day').toISOString();
}
