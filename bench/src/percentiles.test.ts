import fc from 'fast-check';
import { percentile, summarise } from './percentiles';

test('a percentile is a value that was measured, and at least that share does not exceed it', () => {
  const values = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1 });
  fc.assert(
    fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (measured, share) => {
      const ascending = [...measured].sort((a, b) => a - b);
      const found = percentile(ascending, share);
      expect(measured).toContain(found);
      const below = ascending.filter((value) => value <= found).length;
      expect(below / ascending.length).toBeGreaterThanOrEqual(share - 1e-9);
    }),
  );
});

test('a hundred requests in two seconds are fifty per second', () => {
  const latencies = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(summarise(latencies, 2)).toEqual({ count: 100, rate: 50, p50: 50, p95: 95, p99: 99, max: 100 });
});
