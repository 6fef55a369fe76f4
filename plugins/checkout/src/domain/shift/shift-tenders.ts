import { sum } from '@tessera/kernel/domain';
import { COUNTED_BESIDES_CASH, type CashMovement, type ShiftTender } from './shift-contracts';

/** What the transactions of a shift moved by one tender. Refunds are negative. */
export interface Taken {
  method: string;
  sales: number;
  refunds: number;
}

/** What a drawer has to hold. */
export interface Drawer {
  float: number;
  taken: readonly Taken[];
  movements: readonly Pick<CashMovement, 'kind' | 'amount'>[];
}

/** Cash first, then what else can be counted, then the rest by name. */
const ORDER: readonly string[] = ['cash', ...COUNTED_BESIDES_CASH];

function place(method: string): number {
  const index = ORDER.indexOf(method);
  return index < 0 ? ORDER.length : index;
}

function inOrder(tenders: ShiftTender[]): ShiftTender[] {
  return tenders.sort((a, b) => place(a.method) - place(b.method) || a.method.localeCompare(b.method));
}

/** What movements added to the drawer: what was put in less what was paid out or taken to the safe. */
export function movedCash(movements: Drawer['movements']): number {
  return sum(movements.map(({ kind, amount }) => (kind === 'in' ? amount : -amount)));
}

/** What should be there per tender: for cash the float, what was taken and given back, and what was moved; for the rest what was taken. */
export function expectedTenders({ float, taken, movements }: Drawer): ShiftTender[] {
  const methods = taken.some(({ method }) => method === 'cash')
    ? taken
    : [...taken, { method: 'cash', sales: 0, refunds: 0 }];
  return inOrder(
    methods.map(({ method, sales, refunds }) => {
      const besides = method === 'cash' ? float + movedCash(movements) : 0;
      return { method, sales, refunds, expected: besides + sales + refunds, counted: null, difference: null };
    }),
  );
}

/** What should be in the drawer. */
export function expectedCash(drawer: Drawer): number {
  return expectedTenders(drawer).find(({ method }) => method === 'cash')?.expected ?? 0;
}

/**
 * Lays a count beside what should be there. Whatever can be counted and was not named counts as nothing; what nobody can
 * count (value on a card) stays without a count and without a difference.
 */
export function compareCount(
  expected: readonly ShiftTender[],
  counted: { cash: number; others: readonly { method: string; amount: number }[] },
): ShiftTender[] {
  const counts = new Map<string, number>(COUNTED_BESIDES_CASH.map((method) => [method, 0]));
  for (const { method, amount } of counted.others) counts.set(method, (counts.get(method) ?? 0) + amount);
  counts.set('cash', counted.cash);
  const unexpected = [...counts].filter(
    ([method, count]) => count !== 0 && !expected.some((tender) => tender.method === method),
  );
  const nothing = { sales: 0, refunds: 0, expected: 0 };
  const all = [...expected, ...unexpected.map(([method]) => ({ method, ...nothing }))];
  return inOrder(
    all.map((tender) => {
      const count = counts.get(tender.method);
      return count === undefined
        ? { ...tender, counted: null, difference: null }
        : { ...tender, counted: count, difference: count - tender.expected };
    }),
  );
}

/**
 * What the limit on a difference is compared with: the differences of all tenders, whatever their sign. A surplus by one
 * tender does not hide what is missing from another.
 */
export function totalDifference(tenders: readonly Pick<ShiftTender, 'difference'>[]): number {
  return sum(tenders.map(({ difference }) => Math.abs(difference ?? 0)));
}
