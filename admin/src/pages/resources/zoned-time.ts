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
