import { defineError } from '@tessera/kernel/domain';

export const badCardPlan = defineError<{ field: string; reason: string }>(
  'bad_card_plan',
  422,
  ({ field, reason }) => `${field}: ${reason}`,
);

/** What of a stored plan a change may leave as it is. */
export interface StoredPlan {
  kind: string;
  sessionCount: number | null;
  validityDays: number | null;
  usesPer: string | null;
  usesLimit: number | null;
  /** Kinds of the plans a package is made of. */
  partKinds: string[];
}

const isThere = (value: unknown): boolean => value !== null && value !== undefined;

/** Ids of a written relation, as the back office sends them: a list, or `{ set: [{ documentId }] }`. */
export function idsOfRelation(relation: unknown): string[] {
  const list = Array.isArray(relation) ? relation : ((relation as { set?: unknown } | null)?.set ?? []);
  if (!Array.isArray(list)) return [];
  return list.map((each: unknown) => (typeof each === 'string' ? each : (each as { documentId: string }).documentId));
}

/**
 * Refuses a plan that would put nothing on a card. @param data the attributes that are written
 * @param before the stored plan on an update; null on a create
 * @param partKinds kinds of the plans that are written as its parts; null = they stay as they are
 * @throws bad_card_plan (422)
 */
export function preparePlan(
  data: Record<string, unknown>,
  before: StoredPlan | null,
  partKinds: readonly string[] | null,
): Record<string, unknown> {
  const after = (field: keyof StoredPlan) => (field in data ? data[field] : (before?.[field] ?? null));
  const kind = after('kind') ?? 'stored-value';
  if (kind === 'sessions' && !isThere(after('sessionCount'))) {
    throw badCardPlan({ field: 'sessionCount', reason: 'a session card has a number of sessions' });
  }
  if (kind === 'time' && !isThere(after('validityDays'))) {
    throw badCardPlan({ field: 'validityDays', reason: 'a time card has a number of days' });
  }
  if (kind === 'time' && isThere(after('usesPer')) !== isThere(after('usesLimit'))) {
    throw badCardPlan({ field: 'usesLimit', reason: 'a limit says how many uses in which period' });
  }
  const parts = partKinds ?? before?.partKinds ?? [];
  if (kind === 'package' && parts.length < 2) {
    throw badCardPlan({ field: 'parts', reason: 'a package has two parts or more' });
  }
  if (kind === 'package' && parts.some((part) => part !== 'sessions' && part !== 'time')) {
    throw badCardPlan({ field: 'parts', reason: 'the parts of a package are session cards and time cards' });
  }
  return data;
}
