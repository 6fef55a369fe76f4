import fc from 'fast-check';
import type { AccessRequest, Grant, Policy, PolicyAssignment, PolicyPermission } from '../src/domain/policy';

/** Few names, so that what is drawn meets: generators of policies and requests for the property tests. */
const STORES = ['s1', 's2', 's3'];
const FIELDS = ['name', 'phone', 'note'];
const PERMISSIONS = ['members.view', 'checkout.sell', 'roles.view'];
const DAY = 86_400_000;
export const NOON = new Date('2026-06-15T12:00:00.000Z');

const permission = fc.record({
  risk: fc.constantFrom('low', 'medium', 'high', 'critical'),
  isStoreScoped: fc.boolean(),
  canBeApproved: fc.boolean(),
  needsReason: fc.boolean(),
  limits: fc.constantFrom([], ['amount'], ['amount', 'rate']),
  fields: fc.constant(FIELDS),
  personal: fc.constantFrom([], ['phone'], ['phone', 'note']),
}) as fc.Arbitrary<PolicyPermission>;

const visibility = fc.constantFrom('clear' as const, 'masked' as const, 'hidden' as const);

export const grant: fc.Arbitrary<Grant> = fc.record(
  {
    permission: fc.constantFrom(...PERMISSIONS),
    scope: fc.constantFrom('own-store' as const, 'assigned-stores' as const, 'all' as const),
    ownRecordsOnly: fc.boolean(),
    read: fc.dictionary(fc.constantFrom('*', ...FIELDS), visibility),
    write: fc.subarray(['*', ...FIELDS]),
    limits: fc.dictionary(fc.constantFrom('amount', 'rate'), fc.option(fc.nat(20))),
    beyondLimit: fc.constantFrom('deny' as const, 'approve' as const),
  },
  { requiredKeys: ['permission', 'scope'] },
);

const instant = fc.integer({ min: -30, max: 30 }).map((days) => new Date(NOON.getTime() + days * DAY).toISOString());

export const assignment: fc.Arbitrary<PolicyAssignment> = fc.record({
  id: fc.uuid(),
  roleId: fc.constantFrom('r0', 'r1', 'r2'),
  storeId: fc.option(fc.constantFrom(...STORES)),
  validFrom: fc.option(instant, { freq: 4 }),
  validUntil: fc.option(instant, { freq: 4 }),
});

export const policy: fc.Arbitrary<Policy> = fc
  .record({
    definitions: fc.tuple(permission, permission, permission),
    grants: fc.array(fc.array(grant, { maxLength: 3 }), { minLength: 3, maxLength: 3 }),
    assignments: fc.array(assignment, { maxLength: 4 }),
  })
  .map(({ definitions, grants, assignments }) => ({
    version: 1,
    staffId: '7',
    permissions: Object.fromEntries(
      PERMISSIONS.map((code, index) => [code, definitions[index]]),
    ) as Policy['permissions'],
    roles: grants.map((held, index) => {
      const name = { zh: `岗位${index}`, en: `Role ${index}` };
      return { id: `r${index}`, code: `role-${index}`, name, grants: held };
    }),
    assignments,
  }));

export const request: fc.Arbitrary<AccessRequest> = fc.record(
  {
    permission: fc.constantFrom(...PERMISSIONS, 'unknown.act'),
    now: fc.integer({ min: -20, max: 20 }).map((days) => new Date(NOON.getTime() + days * DAY)),
    records: fc.array(
      fc.record({ storeId: fc.option(fc.constantFrom(...STORES)), staffId: fc.option(fc.constantFrom('7', '8')) }),
      { maxLength: 2 },
    ),
    fields: fc.record(
      { read: fc.subarray(FIELDS), write: fc.subarray(FIELDS), query: fc.subarray(FIELDS) },
      { requiredKeys: [] },
    ),
    amounts: fc.dictionary(fc.constantFrom('amount', 'rate'), fc.nat(25)),
  },
  { requiredKeys: ['permission', 'now'] },
);
