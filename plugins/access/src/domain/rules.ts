import type { Grant, Policy, PolicyAssignment, PolicyPermission, PolicyRole, Visibility } from './policy';

/** One way a person may perform a permission: a grant, as it stands in one assignment at one moment. */
export interface Rule {
  assignment: PolicyAssignment;
  role: PolicyRole;
  grant: Grant;
  stores: 'all' | string[];
  ownRecordsOnly: boolean;
}

/** Half-open: from `validFrom` until just before `validUntil`. An instant that cannot be read is no permission. */
export function isValidAt(assignment: Pick<PolicyAssignment, 'validFrom' | 'validUntil'>, now: Date): boolean {
  const { validFrom, validUntil } = assignment;
  if (validFrom !== null && !(Date.parse(validFrom) <= now.getTime())) return false;
  return validUntil === null || now.getTime() < Date.parse(validUntil);
}

/** The definition, without what objects inherit. */
export function definitionOf(policy: Policy, permission: string): PolicyPermission | undefined {
  return Object.hasOwn(policy.permissions, permission) ? policy.permissions[permission] : undefined;
}

/** Stores of every assignment that holds now. */
export function assignedStores(policy: Policy, now: Date): 'all' | string[] {
  const valid = policy.assignments.filter((assignment) => isValidAt(assignment, now));
  if (valid.some((assignment) => assignment.storeId === null)) return 'all';
  return [...new Set(valid.map((assignment) => assignment.storeId ?? ''))].sort();
}

function storesOf(grant: Grant, assignment: PolicyAssignment, assigned: 'all' | string[]): 'all' | string[] {
  if (grant.scope === 'all') return 'all';
  if (grant.scope === 'assigned-stores') return assigned;
  return assignment.storeId === null ? 'all' : [assignment.storeId];
}

export interface RuleSet {
  rules: Rule[];
  /** Assignments whose role would grant it, but not now. */
  notNow: PolicyAssignment[];
}

/** Every rule that answers for the permission now. */
export function rulesFor(policy: Policy, permission: string, now: Date): RuleSet {
  const definition = definitionOf(policy, permission);
  const roles = new Map(policy.roles.map((role) => [role.id, role]));
  const assigned = assignedStores(policy, now);
  const found: RuleSet = { rules: [], notNow: [] };
  if (!definition) return found;
  for (const assignment of policy.assignments) {
    const role = roles.get(assignment.roleId);
    for (const grant of role?.grants ?? []) {
      if (!role || grant.permission !== permission) continue;
      if (!isValidAt(assignment, now)) {
        found.notNow.push(assignment);
        continue;
      }
      const stores = definition.isStoreScoped ? storesOf(grant, assignment, assigned) : 'all';
      found.rules.push({ assignment, role, grant, stores, ownRecordsOnly: grant.ownRecordsOnly === true });
    }
  }
  return found;
}

/** How a grant shows a field: its own entry, else `*` (personal fields masked), else hidden. */
export function visibilityOf(definition: PolicyPermission, grant: Grant, field: string): Visibility {
  if (!definition.fields.includes(field)) return 'hidden';
  const read = grant.read ?? {};
  if (Object.hasOwn(read, field)) return read[field] ?? 'hidden';
  const rest = Object.hasOwn(read, '*') ? (read['*'] ?? 'hidden') : 'hidden';
  return rest === 'clear' && definition.personal.includes(field) ? 'masked' : rest;
}

export function canWrite(definition: PolicyPermission, grant: Grant, field: string): boolean {
  if (!definition.fields.includes(field)) return false;
  return grant.write?.some((name) => name === '*' || name === field) ?? false;
}

/** Highest permitted value: a number, or Infinity; a limit that is not named is 0. */
export function limitOf(grant: Grant, key: string): number {
  const limits = grant.limits ?? {};
  if (!Object.hasOwn(limits, key)) return 0;
  const limit = limits[key];
  if (limit === null) return Infinity;
  return limit ?? 0;
}

/** True when `wide` reaches every row that `narrow` reaches. */
export function reaches(
  wide: Pick<Rule, 'stores' | 'ownRecordsOnly'>,
  narrow: Pick<Rule, 'stores' | 'ownRecordsOnly'>,
): boolean {
  if (wide.ownRecordsOnly && !narrow.ownRecordsOnly) return false;
  if (wide.stores === 'all') return true;
  if (narrow.stores === 'all') return false;
  const stores = new Set(wide.stores);
  return narrow.stores.every((store) => stores.has(store));
}
