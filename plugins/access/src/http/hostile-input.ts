import { invalidInput } from '@tessera/kernel/domain';

/** Far deeper than any contract of ours, far flatter than what overflows a recursive reader. */
const MAX_DEPTH = 32;

/** PostgreSQL stores neither NUL nor half a surrogate pair, and no text that a person types holds one. */
function isStorable(text: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(text);
}

function refuse(path: string, message: string): never {
  throw invalidInput({ issues: [{ path, message }] });
}

/**
 * Looks at the whole of a parsed body before anything reads it: no contract has to think of these again.
 * Iterative, so that no nesting can overflow it. @throws invalid_input (400)
 */
export function refuseHostileBody(body: unknown): void {
  const open: { value: unknown; path: string; depth: number }[] = [{ value: body, path: '', depth: 0 }];
  for (let item = open.pop(); item; item = open.pop()) {
    const { value, path, depth } = item;
    if (typeof value === 'string' && !isStorable(value)) refuse(path, 'must be readable text');
    if (value === null || typeof value !== 'object') continue;
    if (depth === MAX_DEPTH) refuse('', `must not nest deeper than ${MAX_DEPTH}`);
    for (const [key, inner] of Object.entries(value)) {
      if (key === '__proto__' || !isStorable(key)) refuse(path, 'must have readable names');
      open.push({ value: inner, path: path ? `${path}.${key}` : key, depth: depth + 1 });
    }
  }
}

/** The same for the address: path parameters and query. @throws invalid_input (400) */
export function refuseHostileAddress(params: Record<string, string>, query: URLSearchParams): void {
  for (const [name, value] of [...Object.entries(params), ...query]) {
    if (!isStorable(name) || !isStorable(value)) refuse('', 'the address must be readable text');
  }
}
