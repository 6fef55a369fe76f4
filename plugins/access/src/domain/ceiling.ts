import type { Grant, Policy, PolicyAssignment } from './policy';
import { canWrite, definitionOf, limitOf, reaches, rulesFor, visibilityOf, type Rule } from './rules';

const RANK = { hidden: 0, masked: 1, clear: 2 } as const;

/** A role at a store (null = all) for a period that may be open. */
export interface Giving {
  grants: readonly Grant[];
  storeId: string | null;
  /** ISO instant; null = for good. */
  validUntil?: string | null;
}

function hasNoLimit(rule: Rule, limits: readonly string[]): boolean {
  return limits.every((key) => limitOf(rule.grant, key) === Infinity);
}

/** A right that ends cannot be made to last by giving it away. */
function lastsUntil({ validUntil: end }: PolicyAssignment, validUntil: string | null): boolean {
  return end === null || (validUntil !== null && Date.parse(validUntil) <= Date.parse(end));
}

/** Does this one rule of the giver hold everything that the grant would give at those stores? */
function dominates(policy: Policy, rule: Rule, grant: Grant, stores: 'all' | string[]): boolean {
  const definition = definitionOf(policy, grant.permission);
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

/**
 * Grants that a person who works at one more store would exercise there too: those that reach every store he is
 * assigned to. Whoever gives him that store gives him these as well.
 */
export function widenedBy(recipient: Policy, storeId: string | null): Grant[] {
  const isThereAlready = recipient.assignments.some(
    (held) =>
      (held.storeId === null || held.storeId === storeId) && held.validFrom === null && held.validUntil === null,
  );
  if (isThereAlready) return [];
  return recipient.roles.flatMap((role) =>
    role.grants
      .filter((grant) => grant.scope === 'assigned-stores')
      .map((grant): Grant => ({ ...grant, scope: 'own-store' })),
  );
}

/**
 * The ceiling: which of these grants would give, at that store and for that long, more than the giver holds now.
 * Nobody gives what he does not hold himself. @returns codes of the permissions that are too much; empty = he may.
 */
export function aboveCeiling({
  policy,
  giving: { grants, storeId, validUntil = null },
  now,
}: {
  policy: Policy;
  giving: Giving;
  now: Date;
}): string[] {
  const tooMuch = grants.filter((grant) => {
    const isScoped = definitionOf(policy, grant.permission)?.isStoreScoped ?? true;
    const stores = !isScoped || grant.scope !== 'own-store' || storeId === null ? ('all' as const) : [storeId];
    const rules = rulesFor(policy, grant.permission, now).rules.filter((rule) =>
      lastsUntil(rule.assignment, validUntil),
    );
    return !rules.some((rule) => dominates(policy, rule, grant, stores));
  });
  return [...new Set(tooMuch.map((grant) => grant.permission))].sort();
}
