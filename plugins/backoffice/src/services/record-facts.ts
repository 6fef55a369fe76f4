import type { RecordFacts } from '@tessera/access/domain';
import type { RowFacts } from '../domain/visible-row';

/** A row as `decide` sees it: one record per store it belongs to, so that a change needs the right in each of them. */
export function recordsOf({ storeIds, staffIds }: RowFacts): RecordFacts[] {
  const staffId = staffIds[0] ?? null;
  return storeIds.length === 0 ? [{ storeId: null, staffId }] : storeIds.map((storeId) => ({ storeId, staffId }));
}
