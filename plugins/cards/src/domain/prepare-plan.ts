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
}

/**
 * Refuses a plan that would put nothing on a card. @param data the attributes that are written
 * @param before the stored plan on an update; null on a create
 * @throws bad_card_plan (422)
 */
export function preparePlan(data: Record<string, unknown>, before: StoredPlan | null): Record<string, unknown> {
  const kind = data['kind'] ?? before?.kind ?? 'stored-value';
  const sessionCount = 'sessionCount' in data ? data['sessionCount'] : (before?.sessionCount ?? null);
  if (kind === 'sessions' && (sessionCount === null || sessionCount === undefined)) {
    throw badCardPlan({ field: 'sessionCount', reason: 'a session card has a number of sessions' });
  }
  return data;
}
