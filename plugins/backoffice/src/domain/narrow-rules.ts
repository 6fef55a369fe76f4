import type { RowRule } from '@tessera/access/domain';

function storesOfBoth(one: RowRule['stores'], other: RowRule['stores']): RowRule['stores'] {
  if (one === 'all') return other;
  return other === 'all' ? one : one.filter((store) => other.includes(store));
}

/**
 * Rows that one list of rules shows and another one reaches as well, shown as the first says: what may be looked at and
 * also taken along. Rules that reach nothing together are left out.
 */
export function narrowRules(shown: readonly RowRule[], reached: readonly RowRule[]): RowRule[] {
  return shown.flatMap((rule) =>
    reached.flatMap((other) => {
      const stores = storesOfBoth(rule.stores, other.stores);
      const staffId = rule.staffId ?? other.staffId;
      const isNobody = rule.staffId !== undefined && other.staffId !== undefined && rule.staffId !== other.staffId;
      if (isNobody || stores.length === 0) return [];
      return [{ stores, read: rule.read, ...(staffId === undefined ? {} : { staffId }) }];
    }),
  );
}
