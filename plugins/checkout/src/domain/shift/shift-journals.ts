import type { Journal } from '@tessera/ledger/domain';
import type { CashMovement } from './shift-contracts';

/** Of which till, and when. */
export interface CashEvent {
  /** Of the journal; a movement's journal bears the movement's id. */
  id: string;
  shift: { id: string; storeId: string; tillId: string; currency: string; businessDay: string };
  staffId: string;
  now: Date;
}

/** Between shifts the drawer is empty: its float comes from the till's part of the safe, and what is counted goes back there. */
const COUNTERPARTS = { in: 'paid-in', out: 'paid-out', drop: 'safe' } as const satisfies Record<
  CashMovement['kind'],
  string
>;

function journal(
  event: CashEvent,
  kind: string,
  subjectType: string,
  moved: [account: string, amount: number][],
): Journal {
  const { id, shift, staffId, now } = event;
  const owner = { ownerType: 'till', ownerId: shift.tillId, unit: shift.currency };
  return {
    id,
    kind,
    storeId: shift.storeId,
    businessDay: shift.businessDay,
    occurredAt: now.toISOString(),
    staffId,
    subjectType,
    subjectId: subjectType === 'shift' ? shift.id : id,
    postings: moved.filter(([, amount]) => amount !== 0).map(([account, amount]) => ({ ...owner, account, amount })),
  };
}

/** The float goes into the drawer. */
export function openingJournal(event: CashEvent, float: number): Journal {
  return journal(event, 'shift-open', 'shift', [
    ['cash', float],
    ['safe', -float],
  ]);
}

/** @param movement its amount is positive, whichever way it goes */
export function movementJournal(event: CashEvent, { kind, amount }: Pick<CashMovement, 'kind' | 'amount'>): Journal {
  const added = kind === 'in' ? amount : -amount;
  return journal(event, `cash-${kind}`, 'cash-movement', [
    ['cash', added],
    [COUNTERPARTS[kind], -added],
  ]);
}

/** What should be there leaves the drawer; what was counted is in the safe; the difference stands on an account of its own. */
export function closingJournal(event: CashEvent, cash: { expected: number; counted: number }): Journal {
  const { expected, counted } = cash;
  return journal(event, 'shift-close', 'shift', [
    ['cash', -expected],
    ['safe', counted],
    ['cash-difference', expected - counted],
  ]);
}
