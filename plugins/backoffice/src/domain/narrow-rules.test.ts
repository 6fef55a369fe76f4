import type { RowRule } from '@tessera/access/domain';
import fc from 'fast-check';
import { narrowRules } from './narrow-rules';
import { visibilityOfRow } from './visible-row';

const stores = fc.oneof(fc.constant('all' as const), fc.subarray(['a', 'b', 'c']));
const staffId = fc.option(fc.constantFrom('1', '2'), { nil: undefined });
const rule: fc.Arbitrary<RowRule> = fc
  .record({
    stores,
    staffId,
    read: fc.dictionary(fc.constantFrom('name', 'phone'), fc.constantFrom('clear', 'masked')),
  })
  .map(({ staffId: owner, ...rest }) => ({ ...rest, ...(owner === undefined ? {} : { staffId: owner }) }));
const facts = fc.record({
  storeIds: fc.subarray(['a', 'b', 'c'], { maxLength: 1 }),
  staffIds: fc.subarray(['1', '2'], { maxLength: 1 }),
});

test('a row is taken along when both lists admit it, and looks as it looks in the first', () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 4 }), fc.array(rule, { maxLength: 4 }), facts, (shown, reached, row) => {
      const isReached = visibilityOfRow(reached, row) !== undefined;
      expect(visibilityOfRow(narrowRules(shown, reached), row)).toEqual(
        isReached ? visibilityOfRow(shown, row) : undefined,
      );
    }),
  );
});
