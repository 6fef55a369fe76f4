import type { Counts, Finding, Outcome, Reconciliation } from '../contracts';
import { FINDINGS, OUTCOMES, type FindingCode, type OutcomeCode } from './outcomes';
import type { ScanResult } from './scan-rows';
import type { InvoiceGroup, SourceRow } from './source-row';
import type { Thousandths } from './thousandths';

/** What a run has done so far. Kept with the run in the transaction of every batch, so it survives an interruption. */
export interface Tally {
  counts: Counts;
  outcomes: Partial<Record<OutcomeCode, { rows: number; amount: Thousandths }>>;
  findings: Partial<Record<FindingCode, number>>;
  /** Read back from the booked transactions. */
  booked: Thousandths;
}

export function emptyTally(): Tally {
  return {
    counts: {
      rows: 0,
      invoices: 0,
      sales: 0,
      refunds: 0,
      lines: 0,
      alreadyBooked: 0,
      membersCreated: 0,
      membersUpdated: 0,
      productsCreated: 0,
      servicesCreated: 0,
      setAsideRows: 0,
      unreadableRows: 0,
    },
    outcomes: {},
    findings: {},
    booked: 0,
  };
}

/** One row with what became of it; `amount` null = it cannot be read. */
export interface TreatedRow {
  lineNo: number;
  fields: string[];
  amount: Thousandths | null;
  outcome: OutcomeCode;
  isGuest: boolean;
}

export function addTreatedRows(tally: Tally, rows: readonly TreatedRow[]): void {
  for (const { outcome, amount, isGuest } of rows) {
    const share = (tally.outcomes[outcome] ??= { rows: 0, amount: 0 });
    share.rows += 1;
    share.amount += amount ?? 0;
    tally.counts.rows += 1;
    if (!OUTCOMES[outcome].isBooked) tally.counts.setAsideRows += 1;
    else if (isGuest) addFinding(tally, 'guest-rows', 1);
    if (amount === null) tally.counts.unreadableRows += 1;
  }
}

/** One row of a file of members: it has no amount. */
export function addMemberRow(tally: Tally, outcome: OutcomeCode): void {
  const share = (tally.outcomes[outcome] ??= { rows: 0, amount: 0 });
  share.rows += 1;
  tally.counts.rows += 1;
  if (!OUTCOMES[outcome].isBooked) tally.counts.setAsideRows += 1;
  if (outcome === 'member-created') tally.counts.membersCreated += 1;
  if (outcome === 'member-updated') tally.counts.membersUpdated += 1;
}

export function addFinding(tally: Tally, code: FindingCode, count: number): void {
  if (count > 0) tally.findings[code] = (tally.findings[code] ?? 0) + count;
}

function countRepeats(rows: readonly SourceRow[]): number {
  return rows.length - new Set(rows.map((row) => row.fields.join('\u0000'))).size;
}

/** Counts what is odd about one invoice. */
export function addInvoiceFindings(tally: Tally, { rows }: InvoiceGroup): void {
  addFinding(tally, 'duplicate-rows', countRepeats(rows));
  addFinding(tally, 'blank-descriptions', rows.filter((row) => row.description === '').length);
  addFinding(tally, 'two-times', new Set(rows.map((row) => row.localTime)).size > 1 ? 1 : 0);
}

/** Notes what only the whole file shows; a resumed run notes the same again. */
export function noteScanFindings(tally: Tally, scan: ScanResult): void {
  Object.assign(tally.findings, {
    'case-variants': scan.caseVariants,
    'split-invoices': scan.splitInvoices.size,
    'fine-prices': scan.finePrices,
    'several-countries': scan.customersWithSeveralCountries,
  } satisfies Partial<Record<FindingCode, number>>);
}

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(record) as Key[];
}

export function outcomesOf(tally: Tally): Outcome[] {
  return keysOf(OUTCOMES).flatMap((code) => {
    const share = tally.outcomes[code];
    return share ? [{ code, ...OUTCOMES[code], ...share }] : [];
  });
}

export function findingsOf(tally: Tally): Finding[] {
  return keysOf(FINDINGS).flatMap((code) => {
    const count = tally.findings[code];
    return count ? [{ code, label: FINDINGS[code], count }] : [];
  });
}

/**
 * Does every thousandth of the file stand in the books or on the list of set-aside rows?
 * @param fileTotal of the scan, which knows nothing of invoices; @param setAside read back from the list
 */
export function reconcile(
  tally: Tally,
  { fileTotal, setAside, currency }: { fileTotal: Thousandths; setAside: Thousandths; currency: string },
): Reconciliation {
  const difference = fileTotal - tally.booked - setAside;
  return { currency, fileTotal, booked: tally.booked, setAside, difference, isExact: difference === 0 };
}
