import fc from 'fast-check';
import { sum } from '@tessera/kernel/domain';
import type { Pieces } from './shift-contracts';
import { countCash, worthOf } from './count-cash';
import { closingJournal, movementJournal, openingJournal, type CashEvent } from './shift-journals';
import { compareCount, expectedCash, expectedTenders, movedCash, totalDifference, type Drawer } from './shift-tenders';

const seed = Number(process.env.SEED);
const amount = fc.integer({ min: 0, max: 1_000_000 });
const drawer: fc.Arbitrary<Drawer> = fc.record({
  float: amount,
  taken: fc.uniqueArray(
    fc.record({
      method: fc.constantFrom('cash', 'card', 'transfer', 'stored-value'),
      sales: amount,
      refunds: amount.map((value) => 0 - value),
    }),
    { selector: ({ method }) => method },
  ),
  movements: fc.array(fc.record({ kind: fc.constantFrom('in' as const, 'out' as const, 'drop' as const), amount })),
});
const event: CashEvent = {
  id: '0198c000-0000-7000-8000-000000000001',
  shift: {
    id: '0198c000-0000-7000-8000-000000000002',
    storeId: 'store',
    tillId: 'till',
    currency: 'CNY',
    businessDay: '2026-11-24',
  },
  staffId: '1',
  now: new Date('2026-11-24T08:00:00Z'),
};
const KNOWN = [
  { value: 10_000, form: 'note' as const },
  { value: 100, form: 'note' as const },
  { value: 100, form: 'coin' as const },
  { value: 10, form: 'coin' as const },
];

test('what should be there is the float and everything that moved, and the float is nobody’s sale', () => {
  fc.assert(
    fc.property(drawer, (facts) => {
      const tenders = expectedTenders(facts);
      const moved = sum(facts.taken.map(({ sales, refunds }) => sales + refunds));
      expect(sum(tenders.map(({ expected }) => expected))).toBe(facts.float + moved + movedCash(facts.movements));
      expect(tenders[0]?.method).toBe('cash');
      expect(tenders[0]?.expected).toBe(expectedCash(facts));
    }),
    { seed },
  );
});

test('a count of exactly what should be there differs by nothing, whatever was taken', () => {
  fc.assert(
    fc.property(drawer, (facts) => {
      const expected = expectedTenders(facts);
      const others = expected
        .filter(({ method }) => method !== 'cash')
        .map(({ method, expected: due }) => ({ method, amount: due }));
      const compared = compareCount(expected, { cash: expectedCash(facts), others });
      expect(totalDifference(compared)).toBe(0);
    }),
    { seed },
  );
});

test('every unit that is counted too much or too little is in the difference, and none is set off against another', () => {
  fc.assert(
    fc.property(
      drawer,
      fc.integer({ min: -500, max: 500 }),
      fc.integer({ min: -500, max: 500 }),
      (facts, cash, card) => {
        const expected = expectedTenders(facts);
        const due = (name: string) => expected.find(({ method }) => method === name)?.expected ?? 0;
        const compared = compareCount(expected, {
          cash: due('cash') + cash,
          others: [
            { method: 'card', amount: due('card') + card },
            { method: 'transfer', amount: due('transfer') },
          ],
        });
        expect(totalDifference(compared)).toBe(Math.abs(cash) + Math.abs(card));
      },
    ),
    { seed },
  );
});

test('what nobody can count has no difference; what can be counted and was not is missing', () => {
  const expected = expectedTenders({
    float: 0,
    taken: [
      { method: 'card', sales: 500, refunds: 0 },
      { method: 'stored-value', sales: 300, refunds: 0 },
    ],
    movements: [],
  });
  expect(compareCount(expected, { cash: 0, others: [] })).toMatchObject([
    { method: 'cash', counted: 0, difference: 0 },
    { method: 'card', counted: 0, difference: -500 },
    { method: 'stored-value', counted: null, difference: null },
  ]);
});

test('a surplus of a tender that nothing was taken by is a difference too', () => {
  const compared = compareCount(expectedTenders({ float: 0, taken: [], movements: [] }), {
    cash: 0,
    others: [{ method: 'card', amount: 700 }],
  });
  expect(compared[1]).toEqual({ method: 'card', sales: 0, refunds: 0, expected: 0, counted: 700, difference: 700 });
});

test('float, movements and count are balanced journals that leave the drawer empty', () => {
  fc.assert(
    fc.property(drawer, amount, (facts, counted) => {
      const journals = [
        openingJournal(event, facts.float),
        ...facts.movements.map((movement) => movementJournal(event, movement)),
      ];
      const cashIn = (list: typeof journals) =>
        sum(
          list.flatMap(({ postings }) =>
            postings.filter(({ account }) => account === 'cash').map((posting) => posting.amount),
          ),
        );
      const expected = cashIn(journals);
      expect(expected).toBe(facts.float + movedCash(facts.movements));
      const all = [...journals, closingJournal(event, { expected, counted })];
      for (const { postings } of all) expect(sum(postings.map((posting) => posting.amount))).toBe(0);
      expect(cashIn(all)).toBe(0);
    }),
    { seed },
  );
});

test('a count keeps its worth, each coin and note once, in the order of the currency', () => {
  const pieces: fc.Arbitrary<Pieces> = fc
    .record({
      count: fc.integer({ min: 0, max: 500 }),
      kind: fc.constantFrom(...KNOWN),
    })
    .map(({ count, kind }) => ({ ...kind, count }));
  fc.assert(
    fc.property(fc.array(pieces), (given) => {
      const kept = countCash(given, KNOWN);
      expect(worthOf(kept)).toBe(worthOf(given));
      expect(kept.every(({ count }) => count > 0)).toBe(true);
      const order = kept.map(({ value, form }) => KNOWN.findIndex((one) => one.value === value && one.form === form));
      expect(order).toEqual([...new Set(order)].sort((a, b) => a - b));
    }),
    { seed },
  );
});

test('a coin of another currency is refused, unless the currency has no list', () => {
  const strange = [{ value: 25, form: 'coin' as const, count: 3 }];
  expect(() => countCash(strange, KNOWN)).toThrow('There is no coin of 25');
  expect(countCash(strange, [])).toEqual(strange);
});

test('more cash than a drawer holds is refused', () => {
  expect(() =>
    countCash(
      [
        { value: 10_000, form: 'note', count: 100_000 },
        { value: 100, form: 'coin', count: 1 },
      ],
      KNOWN,
    ),
  ).toThrow('more cash than a drawer holds');
});
