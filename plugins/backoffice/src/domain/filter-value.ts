import type { ListField } from './resource';

export type FilterValue = string | number | boolean;

type Read = { isValid: true; value: FilterValue } | { isValid: false; message: string };

const LONGEST = 200;
const EARLIEST = '0001-01-01';
const EARLIEST_INSTANT = new Date(`${EARLIEST}T00:00:00Z`);

function wrong(message: string): Read {
  return { isValid: false, message };
}

/** A day that exists, `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < EARLIEST) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** An instant with its offset (`2026-01-31T10:00:00Z`), or a day, which means its first moment in UTC. */
function readInstant(text: string): Read {
  if (isCalendarDate(text)) return { isValid: true, value: `${text}T00:00:00.000Z` };
  const isWritten = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const date = new Date(text);
  if (!isWritten || !isCalendarDate(text.slice(0, 10)) || Number.isNaN(date.getTime()) || date < EARLIEST_INSTANT) {
    return wrong('must be an instant, like 2026-01-31T10:00:00Z');
  }
  return { isValid: true, value: date.toISOString() };
}

function readInteger(text: string): Read {
  const value = Number(text);
  if (!/^-?\d{1,16}$/.test(text) || !Number.isSafeInteger(value)) return wrong('must be a whole number');
  return { isValid: true, value };
}

/** Reads one value of a filter as the field's type. */
export function readFilterValue(field: Pick<ListField, 'type' | 'options'>, text: string): Read {
  if (text.length > LONGEST) return wrong(`at most ${LONGEST} characters`);
  if (text.includes('\0')) return wrong('must be text');
  switch (field.type) {
    case 'integer':
      return readInteger(text);
    case 'boolean':
      return text === 'true' || text === 'false'
        ? { isValid: true, value: text === 'true' }
        : wrong('must be true or false');
    case 'date':
      return isCalendarDate(text) ? { isValid: true, value: text } : wrong('must be a day, like 2026-01-31');
    case 'datetime':
      return readInstant(text);
    case 'enumeration':
      return field.options?.includes(text) === false
        ? wrong(`must be one of ${field.options.join(', ')}`)
        : { isValid: true, value: text };
    case 'image':
    case 'json':
      return wrong('cannot be filtered');
    default:
      return { isValid: true, value: text };
  }
}
