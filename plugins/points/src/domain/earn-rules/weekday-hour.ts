import { described } from '@tessera/backoffice/domain';
import { z } from 'zod';
import { multiplierArg } from './args';
import { earnRuleKind } from './kind';

const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'] as const;
const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time, like 09:30');

const argsSchema = z.strictObject({
  multiplier: multiplierArg,
  weekdays: described(z.array(z.enum(WEEKDAYS)).min(1).max(7), {
    label: { zh: '星期', en: 'Weekdays' },
  }),
  from: described(timeSchema.default('00:00'), { label: { zh: '从(时:分)', en: 'From (HH:MM)' } }),
  until: described(timeSchema.default('00:00'), { label: { zh: '到(时:分)', en: 'Until (HH:MM)' } }),
});

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** `until` may lie after midnight; equal times mean the whole day. */
function isWithin(minutes: number, from: number, until: number): boolean {
  if (from === until) return true;
  return from < until ? minutes >= from && minutes < until : minutes >= from || minutes < until;
}

/** Multiplies what is earned on certain days of the week, at certain hours. The weekday is that of the business day. */
export const weekdayHour = earnRuleKind({
  code: 'weekday-hour',
  label: { zh: '指定星期和时段', en: 'Weekday and hour' },
  argsSchema,
  evaluate({ multiplier, weekdays, from, until }, { moment }) {
    const isDay = weekdays.some((weekday) => Number(weekday) === moment.weekday);
    if (!isDay || !isWithin(moment.minutes, minutesOf(from), minutesOf(until))) return null;
    return { kind: 'multiplier', basisPoints: multiplier };
  },
});
