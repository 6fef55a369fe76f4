import fc from 'fast-check';
import { NOON, policy } from '../../tests/arbitrary-policy';
import type { PolicyPermission } from './policy';
import { assignedStores, canWrite, limitOf, reaches, rulesFor, visibilityOf } from './rules';

const DEFINITION = { fields: ['name', 'phone'], personal: ['phone'] } as unknown as PolicyPermission;
const held = { permission: 'members.view', scope: 'own-store' as const };

test.each([
  ['the field itself', { phone: 'clear' }, 'phone', 'clear'],
  ['every field, a plain one', { '*': 'clear' }, 'name', 'clear'],
  ['every field, a personal one', { '*': 'clear' }, 'phone', 'masked'],
  ['every field but this one', { '*': 'clear', name: 'hidden' }, 'name', 'hidden'],
  ['nothing', {}, 'name', 'hidden'],
  ['a field that the object has not', { salary: 'clear' }, 'salary', 'hidden'],
] as const)('a grant that shows %s', (_what, read, field, expected) => {
  expect(visibilityOf(DEFINITION, { ...held, read }, field)).toBe(expected);
});

test('writing needs the field or all of them', () => {
  expect(canWrite(DEFINITION, { ...held, write: ['name'] }, 'name')).toBe(true);
  expect(canWrite(DEFINITION, { ...held, write: ['name'] }, 'phone')).toBe(false);
  expect(canWrite(DEFINITION, { ...held, write: ['*'] }, 'salary')).toBe(false);
});

test('a limit is its number, null is none, and one that is not named is zero', () => {
  const limits = { rate: 5, amount: null };
  expect(['rate', 'amount', 'count', 'toString'].map((key) => limitOf({ ...held, limits }, key))).toEqual([
    5,
    Infinity,
    0,
    0,
  ]);
});

test('reaching is reflexive and transitive', () => {
  const reach = fc.record({
    stores: fc.oneof(fc.constant('all' as const), fc.subarray(['s1', 's2', 's3'])),
    ownRecordsOnly: fc.boolean(),
  });
  fc.assert(
    fc.property(reach, reach, reach, (wide, middle, narrow) => {
      expect(reaches(wide, wide)).toBe(true);
      if (reaches(wide, middle) && reaches(middle, narrow)) expect(reaches(wide, narrow)).toBe(true);
    }),
  );
});

test('every rule names an assignment that holds now and a store that it reaches', () => {
  fc.assert(
    fc.property(policy, (person) => {
      const assigned = assignedStores(person, NOON);
      for (const { assignment, stores, grant } of rulesFor(person, 'members.view', NOON).rules) {
        expect(person.assignments).toContain(assignment);
        if (stores !== 'all' && grant.scope === 'own-store') expect(stores).toEqual([assignment.storeId]);
        if (stores !== 'all' && grant.scope === 'assigned-stores') expect(stores).toEqual(assigned);
      }
    }),
  );
});
