import fc from 'fast-check';
import { SPEND_ORDERS } from './plan';
import { principalPart } from './principal-part';

const anyHolding = fc.record({
  order: fc.constantFrom(...SPEND_ORDERS),
  principal: fc.integer({ min: 0, max: 1_000_000 }),
  bonus: fc.integer({ min: 0, max: 1_000_000 }),
});

test('no part is more than there is, and all of it is all of both', () => {
  fc.assert(
    fc.property(anyHolding, fc.double({ min: 0, max: 1, noNaN: true }), ({ order, principal, bonus }, share) => {
      const amount = Math.floor(share * (principal + bonus));
      const part = principalPart(order, amount, { principal, bonus });
      expect(part).toBeGreaterThanOrEqual(0);
      expect(part).toBeLessThanOrEqual(principal);
      expect(amount - part).toBeGreaterThanOrEqual(0);
      expect(amount - part).toBeLessThanOrEqual(bonus);
      expect(principalPart(order, principal + bonus, { principal, bonus })).toBe(principal);
    }),
    { numRuns: 1_000 },
  );
});

test('neither part turns round when the amount grows, so what refunds give back is never negative', () => {
  const two = fc.tuple(fc.nat(2_000_000), fc.nat(2_000_000));
  fc.assert(
    fc.property(anyHolding, two, ({ order, principal, bonus }, amounts) => {
      const [less = 0, more = 0] = amounts.map((each) => Math.min(each, principal + bonus)).sort((a, b) => a - b);
      const [low, high] = [less, more].map((amount) => principalPart(order, amount, { principal, bonus }));
      expect(high).toBeGreaterThanOrEqual(low ?? 0);
      expect(more - (high ?? 0)).toBeGreaterThanOrEqual(less - (low ?? 0));
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ['principal-first', 300, 300],
  ['principal-first', 550, 500],
  ['bonus-first', 300, 240],
  ['bonus-first', 50, 0],
  ['in-proportion', 560, 500],
  ['in-proportion', 56, 50],
] as const)('%s: of %i taken from 500 and 60, principal is %i', (order, amount, principal) => {
  expect(principalPart(order, amount, { principal: 500, bonus: 60 })).toBe(principal);
});
