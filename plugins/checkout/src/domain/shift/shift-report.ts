import {
  shiftReportSchema,
  type Shift,
  type ShiftFigures,
  type ShiftReport,
  type ShiftTender,
} from './shift-contracts';
import { compareCount, expectedTenders, type Taken } from './shift-tenders';

/** A shift as it is stored, with what its transactions add up to. */
export interface StoredShift {
  shift: Shift;
  taken: Taken[];
  totals: Omit<ShiftFigures, 'tenders' | 'differenceReason' | 'counts' | 'handoverExpected'>;
  counts: ShiftFigures['counts'];
  handoverExpected: number[];
  differenceReason: string | null;
  /** With what it was closed; empty while open. */
  closedWith: ShiftTender[];
}

/** What should be in the drawer of an open shift now, per tender; of a closed one what was booked when it was closed. */
export function tendersOf({ shift, taken, closedWith }: StoredShift): ShiftTender[] {
  if (shift.status === 'closed') return closedWith;
  return expectedTenders({ float: shift.float.amount, taken, movements: shift.movements });
}

/** Lays a blind count beside what the shift should have now. */
export function countShift(
  stored: StoredShift,
  counted: { cash: number; others: readonly { method: string; amount: number }[] },
): ShiftTender[] {
  return compareCount(tendersOf(stored), counted);
}

/**
 * X while the shift is open, Z once it is closed. Its key order is fixed, so that a repeated request is answered with the
 * same bytes.
 * @param maySeeExpected of an open shift; without it the report says nothing from which the drawer could be worked out
 */
export function reportOf(stored: StoredShift, { maySeeExpected }: { maySeeExpected: boolean }): ShiftReport {
  const { shift, totals, counts, handoverExpected, differenceReason } = stored;
  const isClosed = shift.status === 'closed';
  const figures = { ...totals, tenders: tendersOf(stored), differenceReason, counts, handoverExpected };
  return shiftReportSchema.parse({
    kind: isClosed ? 'z' : 'x',
    shift,
    figures: isClosed || maySeeExpected ? figures : null,
  });
}
