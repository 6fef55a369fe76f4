const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const fields = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  const made = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...fields, second: '2-digit' });
  formatters.set(timeZone, made);
  return made;
}

/** How far the zone's clocks are ahead of UTC at an instant, in ms. */
function offsetAt(instantMs: number, timeZone: string): number {
  const parts: Record<string, number> = {};
  for (const part of formatterFor(timeZone).formatToParts(instantMs)) parts[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - instantMs;
}

/**
 * The instant at which a zone's clocks show `YYYY-MM-DD HH:MM:SS`, as ISO-8601 UTC. An hour that clocks skip is read
 * as if they had not been put forward yet; one they show twice is the earlier.
 */
export function instantOf(localTime: string, timeZone: string): string {
  const wall = Date.parse(`${localTime.replace(' ', 'T')}Z`);
  const day = 86_400_000;
  const [before, after] = [offsetAt(wall - day, timeZone), offsetAt(wall + day, timeZone)];
  const candidates = [wall - before, wall - after].filter((instant) => instant + offsetAt(instant, timeZone) === wall);
  return new Date(candidates.length > 0 ? Math.min(...candidates) : wall - before).toISOString();
}
