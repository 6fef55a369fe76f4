import { parseExpression } from 'cron-parser';
import type { JobSchedule } from '../../domain/job';

/** The next instant at which a schedule is due. @throws on a schedule that is none */
export function nextRunAt({ cron, timeZone }: JobSchedule, now: Date): string {
  return parseExpression(cron, { currentDate: now, tz: timeZone }).next().toISOString();
}

/** Was it due since it last began, and did not? A server that sleeps at night catches up in the morning. */
export function isOverdue({ cron, timeZone }: JobSchedule, lastStartedAt: string, now: Date): boolean {
  const due = parseExpression(cron, { currentDate: now, tz: timeZone }).prev().toISOString();
  return lastStartedAt < due;
}
