import { Tooltip } from 'antd';
import i18next from 'i18next';
import { useStore } from '../providers/me';

/** Time zone of the store one works in, else the device's. */
export function useTimeZone(): string {
  return useStore()?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function formatInstant(iso: string, timeZone: string): string {
  return new Intl.DateTimeFormat(i18next.language, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    new Date(iso),
  );
}

/** `YYYY-MM-DD`, which has no zone, in the way of the language. */
export function formatDay(day: string): string {
  const instant = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(instant.getTime())) return day;
  return new Intl.DateTimeFormat(i18next.language, { dateStyle: 'medium', timeZone: 'UTC' }).format(instant);
}

/** An instant in the time of the store; the zone shows on hover. */
export function Instant({ iso }: { iso: string }) {
  const timeZone = useTimeZone();
  return (
    <Tooltip title={`${timeZone} · ${iso}`}>
      <time dateTime={iso} style={{ whiteSpace: 'nowrap' }}>
        {formatInstant(iso, timeZone)}
      </time>
    </Tooltip>
  );
}
