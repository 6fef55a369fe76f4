import { ruleProblem } from './rule-problem';

const row = (kind: string, args: unknown) => ({ id: '1', kind, args }) as Parameters<typeof ruleProblem>[1];

test('a rule or template whose stored arguments are not what its kind wants says which', () => {
  expect(ruleProblem('earn-rules', row('per-visit', { points: 10 }))).toBeNull();
  expect(ruleProblem('earn-rules', row('per-visit', { points: 'ten' }))).toMatchObject({
    reason: 'badArgs',
    labels: [{ en: expect.any(String), zh: expect.any(String) }],
  });
  expect(ruleProblem('coupon-templates', row('fixed', { amount: -5 }))).toMatchObject({ reason: 'badArgs' });
  expect(ruleProblem('coupon-templates', row('fixed', null))).toMatchObject({ reason: 'badArgs' });
});

test('a kind that nobody knows any more does not apply; other lists have no rules', () => {
  expect(ruleProblem('earn-rules', row('per-moon', {}))).toEqual({ reason: 'unknownKind' });
  expect(ruleProblem('products', row('per-moon', {}))).toBeNull();
  expect(ruleProblem('earn-rules', { id: '1', kind: 'per-visit' } as never)).toBeNull();
});
