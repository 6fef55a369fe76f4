import { argFields } from './arg-fields';
import { EARN_RULE_KINDS } from './earn-rules';

test('every argument of every kind has a name in both languages', () => {
  for (const { code } of EARN_RULE_KINDS) {
    const fields = argFields(code);
    expect(fields.length).toBeGreaterThan(0);
    for (const { name, label } of fields) expect([label.zh, label.en]).not.toContain(name);
  }
});

test('money, points, choices and records are drawn as what they are', () => {
  expect(argFields('per-money')).toMatchObject([
    { name: 'points', type: 'integer', unit: 'count', isRequired: true },
    { name: 'amount', type: 'integer', unit: 'minor' },
  ]);
  expect(argFields('per-item').find(({ name }) => name === 'categories')).toMatchObject({
    type: 'relations',
    reference: 'categories',
    isRequired: false,
  });
  expect(argFields('weekday-hour').find(({ name }) => name === 'weekdays')?.options).toHaveLength(7);
});

test('an unknown kind has no arguments', () => {
  expect(argFields('nonsense')).toEqual([]);
});
