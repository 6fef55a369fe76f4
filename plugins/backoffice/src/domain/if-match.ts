import { invalidInput } from '@tessera/kernel/domain';
import { versionRequired } from './errors';

/**
 * The version that the caller changed: `3`, `"3"` or `W/"3"`.
 * @throws version_required (428) without it, invalid_input (400) for anything else
 */
export function readIfMatch(header: string | undefined): number {
  if (header === undefined || header.trim() === '') throw versionRequired(undefined);
  const version = Number(/^(?:W\/)?(?:"(\d{1,9})"|(\d{1,9}))$/.exec(header.trim())?.slice(1).find(Boolean) ?? NaN);
  if (Number.isInteger(version)) return version;
  throw invalidInput({ issues: [{ path: 'If-Match', message: 'must be one version, like "3"' }] });
}
