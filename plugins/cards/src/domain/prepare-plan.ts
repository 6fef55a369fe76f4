import { defineError } from '@tessera/kernel/domain';

export const badCardPlan = defineError<{ field: string; reason: string }>(
  'bad_card_plan',
  422,
  ({ field, reason }) => `${field}: ${reason}`,
);

/** Coupons that one piece of a plan may give: each is a row of its own. */
const MAX_COUPONS = 50;

/** What of a stored plan a change may leave as it is. */
export interface StoredPlan {
  kind: string;
  sessionCount: number | null;
  validityDays: number | null;
  usesPer: string | null;
  usesLimit: number | null;
  bonus: number;
  bonusKind: string | null;
  bonusCount: number | null;
  bonusInstalments: number | null;
  /** Kinds of the plans a package is made of. */
  partKinds: string[];
  hasBonusCoupon: boolean;
  /** Of the session card whose sessions are given. */
  bonusPlanKind: string | null;
}

/** What a change says of the relations of a plan; null = they stay as they are. */
export interface WrittenRelations {
  /** Kinds of the plans that are its parts. */
  partKinds: readonly string[] | null;
  hasBonusCoupon: boolean | null;
  /** Kinds of the plan whose sessions are given, which is one or none. */
  bonusPlanKinds: readonly string[] | null;
}

const isThere = (value: unknown): boolean => value !== null && value !== undefined;

/** Ids of a written relation, as the back office sends them: one, a list, or `{ set: [{ documentId }] }`. */
export function idsOfRelation(relation: unknown): string[] {
  if (typeof relation === 'string') return [relation];
  const list = Array.isArray(relation) ? relation : ((relation as { set?: unknown } | null)?.set ?? []);
  if (!Array.isArray(list)) return [];
  return list.map((each: unknown) => (typeof each === 'string' ? each : (each as { documentId: string }).documentId));
}

type After = (field: Exclude<keyof StoredPlan, 'partKinds' | 'hasBonusCoupon' | 'bonusPlanKind'>) => unknown;

/** A bonus is of one kind, and says all that it needs; only what is topped up has one. @throws bad_card_plan (422) */
function demandBonus(after: After, has: { coupon: boolean; planKind: string | null }): void {
  const bonusKind = after('bonusKind') ?? 'money';
  if (bonusKind === 'money') return;
  if ((after('kind') ?? 'stored-value') !== 'stored-value') {
    throw badCardPlan({ field: 'bonusKind', reason: 'only stored value is given something on top' });
  }
  if (Number(after('bonus') ?? 0) > 0) throw badCardPlan({ field: 'bonus', reason: 'the bonus is not money' });
  if (isThere(after('bonusInstalments'))) {
    throw badCardPlan({ field: 'bonusInstalments', reason: 'only money comes in monthly parts' });
  }
  if (!isThere(after('bonusCount'))) throw badCardPlan({ field: 'bonusCount', reason: 'say how many' });
  if (bonusKind === 'coupons' && !has.coupon) {
    throw badCardPlan({ field: 'bonusCouponId', reason: 'say which coupon' });
  }
  if (bonusKind === 'coupons' && Number(after('bonusCount')) > MAX_COUPONS) {
    throw badCardPlan({ field: 'bonusCount', reason: `no more than ${MAX_COUPONS} coupons` });
  }
  if (bonusKind === 'sessions' && has.planKind !== 'sessions') {
    throw badCardPlan({ field: 'bonusPlanId', reason: 'say of which session card' });
  }
}

/**
 * Refuses a plan that would put nothing on a card. @param data the attributes that are written
 * @param before the stored plan on an update; null on a create
 * @throws bad_card_plan (422)
 */
export function preparePlan(
  data: Record<string, unknown>,
  before: StoredPlan | null,
  { partKinds, hasBonusCoupon, bonusPlanKinds }: WrittenRelations,
): Record<string, unknown> {
  const after: After = (field) => (field in data ? data[field] : (before?.[field] ?? null));
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
  demandBonus(after, {
    coupon: hasBonusCoupon ?? before?.hasBonusCoupon ?? false,
    planKind: bonusPlanKinds ? (bonusPlanKinds[0] ?? null) : (before?.bonusPlanKind ?? null),
  });
  return data;
}
