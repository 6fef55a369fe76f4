import fc from 'fast-check';
import { grant, NOON, policy, request } from '../../tests/arbitrary-policy';
import { aboveCeiling, widenedBy } from './ceiling';
import { decide } from './decide';
import type { Grant, Policy, PolicyAssignment } from './policy';

const DEFINITION = {
  risk: 'low',
  isStoreScoped: true,
  canBeApproved: true,
  needsReason: false,
  limits: ['rate'],
  fields: ['name', 'phone'],
  personal: ['phone'],
} as const;

/** A giver who holds this grant at store s1, perhaps until some day. */
function giver(held: Partial<Grant>, assignment: Partial<PolicyAssignment> = {}): Policy {
  const given: Grant = { permission: 'act', scope: 'own-store', ...held };
  return {
    version: 1,
    staffId: '7',
    permissions: { act: DEFINITION } as unknown as Policy['permissions'],
    roles: [{ id: 'r', code: 'manager', name: { zh: '店长', en: 'Manager' }, grants: [given] }],
    assignments: [{ id: 'a', roleId: 'r', storeId: 's1', validFrom: null, validUntil: null, ...assignment }],
  };
}

const wide: Partial<Grant> = { read: { '*': 'clear' }, write: ['name'], limits: { rate: 20 }, beyondLimit: 'approve' };
const rows: [string, Policy, Partial<Grant>, { storeId: string | null; validUntil?: string }, boolean][] = [
  ['the same at the same store', giver(wide), wide, { storeId: 's1' }, true],
  ['less at the same store', giver(wide), { read: { name: 'masked' }, limits: { rate: 5 } }, { storeId: 's1' }, true],
  ['the same at another store', giver(wide), wide, { storeId: 's2' }, false],
  ['the same in all stores', giver(wide), wide, { storeId: null }, false],
  ['a grant that reaches all stores', giver(wide), { ...wide, scope: 'all' }, { storeId: 's1' }, false],
  ['a clear field one sees masked', giver(wide), { read: { phone: 'clear' } }, { storeId: 's1' }, false],
  ['a field one may not write', giver(wide), { write: ['phone'] }, { storeId: 's1' }, false],
  ['a higher limit', giver(wide), { limits: { rate: 21 } }, { storeId: 's1' }, false],
  ['no limit', giver(wide), { limits: { rate: null } }, { storeId: 's1' }, false],
  ['asking for consent, where one may not ask', giver({}), { beyondLimit: 'approve' }, { storeId: 's1' }, false],
  [
    'asking for consent, where one needs none',
    giver({ limits: { rate: null } }),
    { beyondLimit: 'approve' },
    { storeId: 's1' },
    true,
  ],
  ['all records, where one holds the own', giver({ ownRecordsOnly: true }), {}, { storeId: 's1' }, false],
  [
    'for good, what one holds until July',
    giver(wide, { validUntil: '2026-07-01T00:00:00Z' }),
    wide,
    { storeId: 's1' },
    false,
  ],
  [
    'until June, what one holds until July',
    giver(wide, { validUntil: '2026-07-01T00:00:00Z' }),
    wide,
    { storeId: 's1', validUntil: '2026-06-30T00:00:00Z' },
    true,
  ],
  [
    'what one held until yesterday',
    giver(wide, { validUntil: '2026-06-14T00:00:00Z' }),
    wide,
    { storeId: 's1' },
    false,
  ],
  ['a permission nobody declared', giver(wide), { permission: '__proto__' }, { storeId: 's1' }, false],
];

test.each(rows)('giving %s', (_what, policyOfGiver, given, to, isPermitted) => {
  const grants: Grant[] = [{ permission: 'act', scope: 'own-store', ...given }];
  const tooMuch = aboveCeiling({ policy: policyOfGiver, giving: { grants, ...to }, now: NOON });
  expect(tooMuch).toEqual(isPermitted ? [] : [grants[0]?.permission]);
});

test('one more store widens the grants that reach every assigned store', () => {
  const recipient = giver({ scope: 'assigned-stores' });
  expect(widenedBy(recipient, 's2')).toEqual([{ permission: 'act', scope: 'own-store' }]);
  expect(widenedBy(recipient, 's1')).toEqual([]);
});

const RANK = { deny: 0, approve: 1, allow: 2 } as const;
const SHOWN = { masked: 1, clear: 2 } as const;

test('whoever gets what the ceiling lets through may do nothing that the giver may not', () => {
  const giving = fc.record({
    strange: fc.array(grant, { maxLength: 1 }),
    own: fc.array(fc.nat(9), { maxLength: 2 }),
    storeId: fc.option(fc.constantFrom('s1', 's2')),
    validUntil: fc.option(fc.constantFrom('2026-06-20T00:00:00.000Z', '2026-07-30T00:00:00.000Z')),
  });
  let given = 0;
  fc.assert(
    fc.property(policy, giving, request, (held, { strange, own, storeId, validUntil }, asked) => {
      fc.pre(asked.now >= NOON);
      const holds = held.roles.flatMap((role) => role.grants);
      const grants = [...strange, ...own.flatMap((index) => holds[index] ?? [])];
      fc.pre(aboveCeiling({ policy: held, giving: { grants, storeId, validUntil }, now: NOON }).length === 0);
      if (grants.length > 0) given += 1;
      const role = { id: 'new', code: 'new', name: { zh: '新', en: 'New' }, grants };
      const assignments = [{ id: 'new', roleId: 'new', storeId, validFrom: null, validUntil }];
      const recipient: Policy = { ...held, roles: [role], assignments };
      const [got, had] = [decide(recipient, asked), decide(held, asked)];
      expect(RANK[got.effect]).toBeLessThanOrEqual(RANK[had.effect]);
      if (got.effect === 'deny') return;
      for (const [field, how] of Object.entries(got.read))
        expect(SHOWN[had.read[field] ?? 'masked']).toBeGreaterThanOrEqual(SHOWN[how]);
      expect(had.write).toEqual(expect.arrayContaining(got.write));
    }),
    { numRuns: 4_000, maxSkipsPerRun: 1_000 },
  );
  expect(given).toBeGreaterThan(200);
});
