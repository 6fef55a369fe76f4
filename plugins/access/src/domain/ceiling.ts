import type { Grant, Policy, PolicyAssignment } from './policy';
import { canWrite, limitOf, reaches, rulesFor, visibilityOf, type Rule } from './rules';

const RANK = { hidden: 0, masked: 1, clear: 2 } as const;

/** Does this one rule of the giver hold everything that the grant would give at those stores? */
function dominates(policy: Policy, rule: Rule, grant: Grant, stores: 'all' | string[]): boolean {
  const definition = policy.permissions[grant.permission];
  if (!definition) return false;
  if (!reaches(rule, { stores, ownRecordsOnly: grant.ownRecordsOnly === true })) return false;
  const seesAsMuch = definition.fields.every(
    (field) => RANK[visibilityOf(definition, rule.grant, field)] >= RANK[visibilityOf(definition, grant, field)],
  );
  const writesAsMuch = definition.fields.every(
    (field) => !canWrite(definition, grant, field) || canWrite(definition, rule.grant, field),
  );
  const asHigh = definition.limits.every((key) => limitOf(rule.grant, key) >= limitOf(grant, key));
  const consents =
    grant.beyondLimit !== 'approve' || rule.grant.beyondLimit === 'approve' || hasNoLimit(rule, definition.limits);
  return seesAsMuch && writesAsMuch && asHigh && consents;
}

function hasNoLimit(rule: Rule, limits: readonly string[]): boolean {
  return limits.every((key) => limitOf(rule.grant, key) === Infinity);
}

/**
 * The ceiling: which of these grants would give, at that store (null = all), more than the giver holds now.
 * Nobody gives what he does not hold himself. @returns codes of the permissions that are too much; empty = he may.
 */
export function aboveCeiling({
  policy,
  grants,
  storeId,
  now,
}: {
  policy: Policy;
  grants: readonly Grant[];
  storeId: PolicyAssignment['storeId'];
  now: Date;
}): string[] {
  const tooMuch = grants.filter((grant) => {
    const isScoped = policy.permissions[grant.permission]?.isStoreScoped ?? true;
    const stores = !isScoped || grant.scope !== 'own-store' || storeId === null ? ('all' as const) : [storeId];
    return !rulesFor(policy, grant.permission, now).rules.some((rule) => dominates(policy, rule, grant, stores));
  });
  return [...new Set(tooMuch.map((grant) => grant.permission))].sort();
}
