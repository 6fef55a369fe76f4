import type { Run } from '@tessera/imports/contracts';
import { formatThousandths } from '@tessera/imports/domain';

const BAR = 30;

function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

function duration(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `[██████········]  42 %  booking  228,000 rows  7,400 rows/s  38 s left`. */
export function progressLine({ progress }: Run): string {
  const { fraction, phase, rowsRead, rowsPerSecond, secondsLeft } = progress;
  const full = Math.round(fraction * BAR);
  const bar = `[${'█'.repeat(full)}${'·'.repeat(BAR - full)}]`;
  const left = secondsLeft === null ? '' : `  ${duration(secondsLeft)} left`;
  const doing = phase === 'scan' ? 'reading' : 'booking';
  return `${bar} ${String(Math.floor(fraction * 100)).padStart(3)} %  ${doing}  ${count(rowsRead)} rows  ${count(rowsPerSecond)} rows/s${left}`;
}

function table(rows: [string, string, string][]): string[] {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map(
    ([label, middle, last]) =>
      `  ${label.padEnd(widths[0] ?? 0)}  ${middle.padStart(widths[1] ?? 0)}  ${last.padStart(widths[2] ?? 0)}`,
  );
}

function outcomeLines({ outcomes, reconciliation, counts }: Run): string[] {
  const currency = reconciliation?.currency ?? '';
  const part = (isBooked: boolean): [string, string, string][] =>
    outcomes
      .filter((outcome) => outcome.isBooked === isBooked)
      .map(({ label, rows, amount }) => [label.en, `${count(rows)} rows`, `${currency} ${formatThousandths(amount)}`]);
  const lines = table([...part(true), ...part(false)]);
  const booked = part(true).length;
  return [
    'Booked',
    ...lines.slice(0, booked),
    ...(lines.length > booked ? ['Set aside, each row with line number and reason', ...lines.slice(booked)] : []),
    ...(counts.unreadableRows > 0 ? [`  ${count(counts.unreadableRows)} of them have no readable amount`] : []),
  ];
}

function reconciliationLines({ reconciliation }: Run): string[] {
  if (!reconciliation) return [];
  const { currency, fileTotal, booked, setAside, difference, isExact } = reconciliation;
  const amount = (value: number) => `${currency} ${formatThousandths(value)}`;
  return [
    'Reconciliation',
    ...table([
      ['In the books', '', amount(booked)],
      ['Set aside', '', amount(setAside)],
      ['Σ quantity × price of the file', '', amount(fileTotal)],
      ['Difference', isExact ? 'reconciles exactly' : 'DOES NOT RECONCILE', amount(difference)],
    ]),
  ];
}

/** What became of the file, for a person. */
export function reportLines(run: Run): string[] {
  const { counts, findings } = run;
  const head =
    run.status === 'done'
      ? `${run.fileName}: ${count(counts.rows)} rows, ${count(counts.invoices)} invoices`
      : `${run.fileName}: stopped (${run.status}) after ${count(counts.rows)} rows; the same command goes on from there`;
  const made = table([
    ['Sales booked', '', count(counts.sales)],
    ['Refunds booked', '', count(counts.refunds)],
    ['Invoices that were booked before', '', count(counts.alreadyBooked)],
    ['Members made', '', count(counts.membersCreated)],
    ['Products made', '', count(counts.productsCreated)],
    ['Services made', '', count(counts.servicesCreated)],
  ]);
  return [
    head,
    ...(run.isUnchanged ? ['Everything in it had been imported before: nothing was changed.'] : []),
    ...made,
    ...outcomeLines(run),
    'Noticed on the way',
    ...table(findings.map(({ label, count: times }) => [label.en, '', count(times)])),
    ...reconciliationLines(run),
  ];
}
