import fc from 'fast-check';
import { carryOver, netOf } from './exchange';

const cost = (payable: number, payableInCash = payable) => ({ payable, payableInCash });
const back = (...payments: [method: 'cash' | 'card' | 'transfer' | 'stored-value', amount: number][]) => ({
  payments: payments.map(([method, amount]) => ({ method, amount: -amount })),
});
const of = (method: string, amount: number) => ({ method, amount, reference: 'T1-1' });

test.each([
  ['what costs the same is paid by what came back', back(['card', 500]), 500, [of('card', 500)], []],
  ['what costs more leaves a rest to pay', back(['card', 500]), 800, [of('card', 500)], []],
  ['what costs less leaves a rest that goes back', back(['card', 500]), 499, [of('card', 499)], [['card', 1]]],
  [
    'cash stays first, because a refund gives it last',
    back(['card', 300], ['cash', 200]),
    250,
    [of('card', 50), of('cash', 200)],
    [['card', 250]],
  ],
  ['value of cards is on its card again', back(['stored-value', 400], ['cash', 100]), 500, [of('cash', 100)], []],
  ['what cost nothing pays nothing', back(), 500, [], []],
])('%s', (_what, refund, payable, tenders, goesBack) => {
  expect(carryOver(refund, [{ method: 'card' }], cost(payable), 'T1-1')).toEqual({
    tenders,
    goesBack: goesBack.map(([method, amount]) => ({ method, amount })),
  });
});

test('all in cash, the rounded price is what has to be covered', () => {
  const carried = carryOver(back(['cash', 1_000]), [{ method: 'cash' }], cost(333, 330), 'T1-1');
  expect(carried).toEqual({ tenders: [of('cash', 330)], goesBack: [{ method: 'cash', amount: 670 }] });
});

test('whatever came back pays or goes back by the tender it came by, to the unit', () => {
  const parts = fc.uniqueArray(
    fc.tuple(fc.constantFrom('card', 'transfer', 'cash'), fc.integer({ min: 1, max: 1_000_000 })),
    { selector: ([method]) => method },
  );
  fc.assert(
    fc.property(parts, fc.nat(2_000_000), (given, payable) => {
      const refund = back(...given);
      const { tenders, goesBack } = carryOver(refund, [{ method: 'card' }], cost(payable), 'T1-1');
      const total = given.reduce((sum, [, amount]) => sum + amount, 0);
      expect(tenders.reduce((sum, { amount }) => sum + amount, 0)).toBe(Math.min(total, payable));
      expect([...tenders, ...goesBack].every(({ amount }) => amount > 0)).toBe(true);
      expect(netOf([...refund.payments, ...tenders, ...goesBack])).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});
