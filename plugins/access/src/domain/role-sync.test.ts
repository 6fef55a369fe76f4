import fc from 'fast-check';
import { grant } from '../../tests/arbitrary-policy';
import type { Grant } from './policy';
import { planRoleSync, type RoleSyncPlan } from './role-sync';

const sell = (amount: number): Grant => ({ permission: 'checkout.sell', scope: 'own-store', limits: { amount } });

const rows: [string, Grant[], Grant[], Grant[], RoleSyncPlan][] = [
  ['a new grant of the template is written', [], [sell(1)], [], { put: [sell(1)], remove: [], conflicts: [] }],
  ['a changed grant is written', [sell(1)], [sell(2)], [sell(1)], { put: [sell(2)], remove: [], conflicts: [] }],
  ['a withdrawn grant is removed', [sell(1)], [], [sell(1)], { put: [], remove: ['checkout.sell'], conflicts: [] }],
  ['a local change is kept', [sell(1)], [sell(1)], [sell(9)], { put: [], remove: [], conflicts: [] }],
  ['a local removal is kept', [sell(1)], [sell(1)], [], { put: [], remove: [], conflicts: [] }],
  ['a local grant is kept', [], [], [sell(9)], { put: [], remove: [], conflicts: [] }],
  [
    'the same change on both sides is no conflict',
    [sell(1)],
    [sell(2)],
    [sell(2)],
    { put: [], remove: [], conflicts: [] },
  ],
  [
    'two changes that disagree are reported',
    [sell(1)],
    [sell(2)],
    [sell(9)],
    { put: [], remove: [], conflicts: [{ permission: 'checkout.sell', template: sell(2), local: sell(9) }] },
  ],
  [
    'a withdrawal of what was changed locally is reported',
    [sell(1)],
    [],
    [sell(9)],
    { put: [], remove: [], conflicts: [{ permission: 'checkout.sell', template: null, local: sell(9) }] },
  ],
];

test.each(rows)('%s', (_what, base, template, local, plan) => {
  expect(planRoleSync({ base, template, local })).toEqual(plan);
});

test('without local changes the role becomes the template, and a second run changes nothing', () => {
  const role = fc.uniqueArray(grant, { selector: (given) => given.permission });
  fc.assert(
    fc.property(role, role, (base, template) => {
      const plan = planRoleSync({ base, template, local: base });
      const replaced = new Set([...plan.remove, ...plan.put.map((given) => given.permission)]);
      const local = [...base.filter((given) => !replaced.has(given.permission)), ...plan.put];
      const byCode = (grants: Grant[]) => new Map(grants.map((given) => [given.permission, given]));
      expect(byCode(local)).toEqual(byCode(template));
      expect(planRoleSync({ base: template, template, local })).toEqual({ put: [], remove: [], conflicts: [] });
    }),
  );
});
