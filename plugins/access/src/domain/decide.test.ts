import fc from 'fast-check';
import { grant, policy, request, assignment } from '../../tests/arbitrary-policy';
import { decide } from './decide';
import type { AccessRequest, Decision, Grant, Policy, PolicyAssignment } from './policy';

const NOW = new Date('2026-06-15T12:00:00.000Z');
const RANK = { deny: 0, approve: 1, allow: 2 } as const;
const SHOWN = { masked: 1, clear: 2 } as const;

const MEMBERS = {
  risk: 'low',
  isStoreScoped: true,
  canBeApproved: false,
  needsReason: false,
  limits: [],
  fields: ['name', 'phone', 'homeStore'],
  personal: ['phone'],
} as const;
const DISCOUNT = { ...MEMBERS, risk: 'high', canBeApproved: true, limits: ['rate'], fields: [], personal: [] } as const;

interface Scenario {
  grants: Grant[];
  assignments?: Partial<PolicyAssignment>[];
}

/** Somebody with one role, at store s1 unless said otherwise. */
function policyOf({ grants, assignments = [{}] }: Scenario): Policy {
  const at = { roleId: 'r', storeId: 's1', validFrom: null, validUntil: null };
  return {
    version: 3,
    staffId: '7',
    permissions: { 'members.view': MEMBERS, 'checkout.discount': DISCOUNT } as unknown as Policy['permissions'],
    roles: [{ id: 'r', code: 'cashier', name: { zh: '收银员', en: 'Cashier' }, grants }],
    assignments: assignments.map((given, index) => ({ id: `a${index}`, ...at, ...given })),
  };
}

const view = (more: Partial<Grant> = {}): Grant => ({
  permission: 'members.view',
  scope: 'own-store',
  read: { '*': 'clear' },
  ...more,
});
const discount = (more: Partial<Grant> = {}): Grant => ({
  permission: 'checkout.discount',
  scope: 'own-store',
  limits: { rate: 1000 },
  ...more,
});

type Row = [string, Scenario, Partial<AccessRequest>, Decision['effect'], string];
const rows: Row[] = [
  ['nothing granted', { grants: [] }, {}, 'deny', 'no_grant'],
  ['a role that is not assigned', { grants: [view()], assignments: [] }, {}, 'deny', 'no_grant'],
  ['a permission nobody declared', { grants: [view()] }, { permission: 'toString' }, 'deny', 'no_grant'],
  ['the own store', { grants: [view()] }, { records: [{ storeId: 's1' }] }, 'allow', 'cashier/a0'],
  ['another store', { grants: [view()] }, { records: [{ storeId: 's2' }] }, 'deny', 'outside_scope'],
  ['a record of no store', { grants: [view()] }, { records: [{ storeId: null }] }, 'deny', 'outside_scope'],
  [
    'a record of no store, assigned everywhere',
    { grants: [view()], assignments: [{ storeId: null }] },
    { records: [{ storeId: null }] },
    'allow',
    'cashier/a0',
  ],
  [
    'a record moved to another store',
    { grants: [view()] },
    { records: [{ storeId: 's1' }, { storeId: 's2' }] },
    'deny',
    'outside_scope',
  ],
  [
    'every assigned store, from the other one',
    { grants: [view({ scope: 'assigned-stores' })], assignments: [{}, { storeId: 's2', roleId: 'none' }] },
    { records: [{ storeId: 's2' }] },
    'allow',
    'cashier/a0',
  ],
  ['all stores', { grants: [view({ scope: 'all' })] }, { records: [{ storeId: 's9' }] }, 'allow', 'cashier/a0'],
  [
    'a record of a colleague, own records only',
    { grants: [view({ ownRecordsOnly: true })] },
    { records: [{ storeId: 's1', staffId: '8' }] },
    'deny',
    'not_own_record',
  ],
  [
    'the own record, own records only',
    { grants: [view({ ownRecordsOnly: true })] },
    { records: [{ storeId: 's1', staffId: '7' }] },
    'allow',
    'cashier/a0',
  ],
  [
    'a minute before it begins',
    { grants: [view()], assignments: [{ validFrom: '2026-06-15T12:01:00.000Z' }] },
    {},
    'deny',
    'not_valid_now',
  ],
  [
    'the moment it begins',
    { grants: [view()], assignments: [{ validFrom: '2026-06-15T12:00:00Z' }] },
    {},
    'allow',
    'cashier/a0',
  ],
  [
    'the moment it ends',
    { grants: [view()], assignments: [{ validUntil: '2026-06-15T12:00:00Z' }] },
    {},
    'deny',
    'not_valid_now',
  ],
  [
    'a millisecond before it ends',
    { grants: [view()], assignments: [{ validUntil: '2026-06-15T12:00:00.001Z' }] },
    {},
    'allow',
    'cashier/a0',
  ],
  [
    'a period nobody can read',
    { grants: [view()], assignments: [{ validUntil: 'soon' }] },
    {},
    'deny',
    'not_valid_now',
  ],
  ['an instant that is none', { grants: [view()] }, { now: new Date(NaN) }, 'deny', 'no_grant'],
  ['a masked field to read', { grants: [view()] }, { fields: { read: ['phone'] } }, 'allow', 'cashier/a0'],
  ['a masked field to search by', { grants: [view()] }, { fields: { query: ['phone'] } }, 'deny', 'field_hidden'],
  [
    'a clear field to search by',
    { grants: [view({ read: { phone: 'clear' } })] },
    { fields: { query: ['phone'] } },
    'allow',
    'cashier/a0',
  ],
  [
    'a hidden field',
    { grants: [view({ read: { name: 'clear' } })] },
    { fields: { read: ['phone'] } },
    'deny',
    'field_hidden',
  ],
  ['a field that is none', { grants: [view()] }, { fields: { read: ['constructor'] } }, 'deny', 'field_hidden'],
  [
    'a field not opened for writing',
    { grants: [view({ write: ['name'] })] },
    { fields: { write: ['phone'] } },
    'deny',
    'field_read_only',
  ],
  [
    'within the limit',
    { grants: [discount()] },
    { permission: 'checkout.discount', amounts: { rate: 1000 } },
    'allow',
    'cashier/a0',
  ],
  [
    'above the limit',
    { grants: [discount()] },
    { permission: 'checkout.discount', amounts: { rate: 1001 } },
    'deny',
    'above_limit',
  ],
  [
    'above a limit that others may lift',
    { grants: [discount({ beyondLimit: 'approve' })] },
    { permission: 'checkout.discount', amounts: { rate: 1001 } },
    'approve',
    'cashier/a0',
  ],
  [
    'a limit that is not named',
    { grants: [discount({ limits: {} })] },
    { permission: 'checkout.discount', amounts: { rate: 1 } },
    'deny',
    'above_limit',
  ],
  [
    'no limit at all',
    { grants: [discount({ limits: { rate: null } })] },
    { permission: 'checkout.discount', amounts: { rate: 1e9 } },
    'allow',
    'cashier/a0',
  ],
  [
    'an amount that is none',
    { grants: [discount({ limits: { rate: null } })] },
    { permission: 'checkout.discount', amounts: { rate: NaN } },
    'deny',
    'above_limit',
  ],
  ['an amount nobody declared', { grants: [view()] }, { amounts: { rate: 1 } }, 'deny', 'above_limit'],
];

test.each(rows)('%s', (_what, scenario, asked, effect, rule) => {
  const decision = decide(policyOf(scenario), { permission: 'members.view', now: NOW, ...asked });
  expect({ effect: decision.effect, rule: decision.rule }).toEqual({ effect, rule });
});

test('a list by a field that is clear in one store only shows that store', () => {
  const scenario = policyOf({ grants: [view({ scope: 'all' }), view({ read: { '*': 'clear', phone: 'clear' } })] });
  const decision = decide(scenario, { permission: 'members.view', now: NOW, fields: { query: ['phone'] } });
  expect(decision.rows.map((row) => row.stores)).toEqual([['s1']]);
});

test('a change is shown as the less visible of before and after', () => {
  const scenario = policyOf({ grants: [view({ scope: 'all' }), view({ read: { '*': 'clear', phone: 'clear' } })] });
  const moved = [{ storeId: 's1' }, { storeId: 's2' }];
  expect(decide(scenario, { permission: 'members.view', now: NOW, records: moved }).read['phone']).toBe('masked');
});

test('every refusal and every risky act has to be recorded', () => {
  const scenario = policyOf({ grants: [view(), discount()] });
  const of = (permission: string) => decide(scenario, { permission, now: NOW }).obligations;
  expect([of('members.view'), of('checkout.discount'), of('members.delete')]).toEqual([[], ['record'], ['record']]);
});

/** Everything `more` permits, and not less than `less` does. */
function expectAtLeast(more: Decision, less: Decision): void {
  expect(RANK[more.effect]).toBeGreaterThanOrEqual(RANK[less.effect]);
  if (less.effect === 'deny') return;
  for (const [field, how] of Object.entries(less.read)) {
    expect(SHOWN[more.read[field] ?? 'masked']).toBeGreaterThanOrEqual(SHOWN[how]);
    expect(more.read).toHaveProperty([field]);
  }
  expect(more.write).toEqual(expect.arrayContaining(less.write));
}

test('whoever holds nothing may do nothing', () => {
  fc.assert(
    fc.property(policy, request, (held, asked) => {
      expect(decide({ ...held, assignments: [] }, asked)).toMatchObject({
        effect: 'deny',
        rows: [],
        read: {},
        write: [],
      });
    }),
  );
});

test('every input has an answer', () => {
  const anything = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString'));
  const wild = fc.record({
    permission: anything,
    now: fc.date({ noInvalidDate: false }),
    records: fc.array(fc.record({ storeId: fc.option(anything), staffId: fc.option(anything) })),
    fields: fc.record({ read: fc.array(anything), write: fc.array(anything), query: fc.array(anything) }),
    amounts: fc.dictionary(anything, fc.double()),
  });
  fc.assert(
    fc.property(policy, fc.array(anything), wild, (held, fields, asked) => {
      const permissions = Object.fromEntries(
        [asked.permission, ...Object.keys(held.permissions)].map((code) => [
          code,
          { ...MEMBERS, fields, personal: [] },
        ]),
      ) as unknown as Policy['permissions'];
      expect(RANK).toHaveProperty(decide({ ...held, permissions }, asked).effect);
    }),
  );
});

test('one more assignment never takes anything away', () => {
  fc.assert(
    fc.property(policy, assignment, request, (held, added, asked) => {
      const more = { ...held, assignments: [...held.assignments, added] };
      expectAtLeast(decide(more, asked), decide(held, asked));
    }),
    { numRuns: 2_000 },
  );
});

test('one more grant never takes anything away', () => {
  fc.assert(
    fc.property(policy, grant, request, (held, added, asked) => {
      const roles = held.roles.map((role) => ({ ...role, grants: [...role.grants, added] }));
      expectAtLeast(decide({ ...held, roles }, asked), decide(held, asked));
    }),
    { numRuns: 2_000 },
  );
});

test('a tighter limit never permits more', () => {
  fc.assert(
    fc.property(policy, fc.nat(20), request, (held, cap, asked) => {
      const tighten = (limits: Grant['limits']) =>
        limits &&
        Object.fromEntries(Object.entries(limits).map(([key, limit]) => [key, Math.min(limit ?? Infinity, cap)]));
      const roles = held.roles.map((role) => ({
        ...role,
        grants: role.grants.map((given) => ({ ...given, limits: tighten(given.limits) })),
      }));
      expectAtLeast(decide(held, asked), decide({ ...held, roles }, asked));
    }),
    { numRuns: 2_000 },
  );
});

test('a change is permitted only when before and after are', () => {
  fc.assert(
    fc.property(policy, request, (held, asked) => {
      const records = asked.records ?? [];
      fc.pre(records.length === 2);
      const alone = records.map((record) => decide(held, { ...asked, records: [record] }));
      const together = decide(held, asked);
      expect(RANK[together.effect]).toBe(Math.min(...alone.map((decision) => RANK[decision.effect])));
      alone.forEach((decision) => expectAtLeast(decision, together));
    }),
    { numRuns: 2_000 },
  );
});

test('a row that a list may show may be seen by itself', () => {
  fc.assert(
    fc.property(policy, request, fc.constantFrom('s1', 's2', 's3'), (held, asked, storeId) => {
      const list = decide(held, { permission: asked.permission, now: asked.now });
      const isListed = list.rows.some((row) => row.stores === 'all' || row.stores.includes(storeId));
      const record = { storeId, staffId: '7' };
      expect(decide(held, { ...list, now: asked.now, records: [record] }).effect === 'allow').toBe(isListed);
    }),
    { numRuns: 2_000 },
  );
});

test('deciding takes microseconds, so that a till never waits for it', () => {
  const grants = Array.from({ length: 60 }, (_, index) => view({ permission: `p.${index}` }));
  const held = policyOf({ grants: [...grants, view()], assignments: Array.from({ length: 10 }, () => ({})) });
  const times = Array.from({ length: 3_000 }, () => {
    const start = performance.now();
    decide(held, { permission: 'members.view', now: NOW, records: [{ storeId: 's1' }], fields: { read: ['name'] } });
    return performance.now() - start;
  }).sort((a, b) => a - b);
  expect(times[Math.floor(times.length / 2)]).toBeLessThan(0.2);
});
