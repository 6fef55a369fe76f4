import type { Core } from '@strapi/strapi';
import { kernel, type Clock, type Database } from '@tessera/kernel/public';
import { createInvoiceGrouper } from '../domain/group-invoices';
import { progressOf, type PhaseReading } from '../domain/progress';
import type { ImportProfile } from '../domain/profile';
import { createRowScan, type ScanResult } from '../domain/scan-rows';
import type { InvoiceGroup } from '../domain/source-row';
import { noteScanFindings, reconcile } from '../domain/tally';
import { readStoreCurrencies } from '../store/master-data-store';
import { saveRun, sumSetAside, type RunRecord } from '../store/run-store';
import { bookBatch } from './book-batch';
import { beginRun, endRun, SHUTDOWN, type CarryOptions } from './carry-run';
import { ensurePlace } from './import-place';
import { createMasterData } from './master-data';
import { readRecords } from './read-file';

export interface RunOptions extends CarryOptions {
  profile: ImportProfile;
}

/** Rows per transaction: large enough for PostgreSQL to work in sets, small enough to stop within a second. */
const BATCH_ROWS = 2_000;
const SCAN_PROGRESS_MS = 500;

interface Work extends RunOptions {
  strapi: Core.Strapi;
  database: Database;
  clock: Clock;
  run: RunRecord;
}

function startReading({ clock, run }: Work, phase: PhaseReading['phase']) {
  let startedAt = clock.now().getTime();
  const reading: PhaseReading = {
    phase,
    bytesRead: 0,
    bytesTotal: run.fileBytes,
    rowsRead: 0,
    elapsedMs: 0,
    bytesBefore: 0,
    rowsBefore: 0,
  };
  return {
    reading,
    restart() {
      startedAt = clock.now().getTime();
      reading.bytesBefore = reading.bytesRead;
      reading.rowsBefore = reading.rowsRead;
    },
    progress() {
      reading.elapsedMs = clock.now().getTime() - startedAt;
      return progressOf(reading);
    },
  };
}

/** Reads the whole file and writes nothing but progress: a damaged file is refused before its first invoice is booked. */
async function scanFile(work: Work): Promise<ScanResult> {
  const { run, profile, clock, database, signal } = work;
  const scan = createRowScan(profile);
  const meter = startReading(work, 'scan');
  let toldAt = clock.now().getTime();
  for await (const records of readRecords(
    run.filePath,
    profile.columns,
    (bytes) => (meter.reading.bytesRead = bytes),
  )) {
    for (const { fields, lineNo } of records) scan.add(profile.readRow(fields, lineNo));
    meter.reading.rowsRead += records.length;
    if (signal.aborted) break;
    if (clock.now().getTime() - toldAt < SCAN_PROGRESS_MS) continue;
    toldAt = clock.now().getTime();
    run.progress = meter.progress();
    run.isCancelRequested = await saveRun(database, run);
    work.onProgress(run);
    if (run.isCancelRequested) break;
  }
  return scan.result();
}

/** Complete invoices in batches; what the run has dealt with before is passed over. */
async function* readBatches(work: Work, scan: ScanResult, reading: PhaseReading): AsyncGenerator<InvoiceGroup[]> {
  const { run, profile } = work;
  const done = run.checkpointLine;
  const grouper = createInvoiceGrouper(scan.splitInvoices);
  let batch: InvoiceGroup[] = [];
  let rows = 0;
  function add(groups: InvoiceGroup[]): boolean {
    for (const group of groups) {
      if (group.lastLineNo <= done) continue;
      batch.push(group);
      rows += group.rows.length + group.unreadable.length;
    }
    return rows >= BATCH_ROWS;
  }
  function take(): InvoiceGroup[] {
    const taken = batch;
    batch = [];
    rows = 0;
    return taken;
  }
  for await (const records of readRecords(run.filePath, profile.columns, (bytes) => (reading.bytesRead = bytes))) {
    for (const { fields, lineNo } of records) {
      reading.rowsRead += 1;
      if (add(grouper.push(profile.readRow(fields, lineNo)))) yield take();
    }
  }
  add(grouper.end());
  if (batch.length > 0) yield take();
}

/** Books batch after batch; the next one is read while PostgreSQL works on the last. @returns whether it was asked to stop */
async function bookFile(work: Work, scan: ScanResult): Promise<boolean> {
  const { strapi, database, clock, profile, run, signal, onProgress } = work;
  const place = await ensurePlace(strapi, profile, run.storeCode);
  const currencies = await readStoreCurrencies(database);
  const areItemsForSale = currencies.every((currency) => currency === profile.currency);
  const masterData = createMasterData({ profile, scan, place, areItemsForSale, now: () => clock.now() });
  const context = { database, profile, place, masterData, run };
  noteScanFindings(run.tally, scan);

  const meter = startReading(work, 'book');
  let isStopped = false;
  let pending: Promise<void> = Promise.resolve();
  async function book(batch: InvoiceGroup[]): Promise<void> {
    run.progress = meter.progress();
    isStopped = await bookBatch(context, batch);
    onProgress(run);
  }
  for await (const batch of readBatches(work, scan, meter.reading)) {
    if (meter.reading.rowsBefore === 0) meter.restart();
    await pending;
    if (isStopped || signal.aborted) return true;
    pending = book(batch);
    // Reported by the await above or below; without a listener of its own it would count as unhandled until then.
    pending.catch(() => undefined);
  }
  await pending;
  run.progress = { ...meter.progress(), secondsLeft: 0 };
  return isStopped || signal.aborted;
}

async function importRows(work: Work): Promise<void> {
  const { strapi, run, profile, signal, database } = work;
  await beginRun(strapi, run);
  const scan = await scanFile(work);
  const isStopped = run.isCancelRequested || signal.aborted || (await bookFile(work, scan));
  if (isStopped) {
    if (signal.reason !== SHUTDOWN) await endRun(strapi, run, 'cancelled');
    return;
  }
  const setAside = await sumSetAside(database, run.id);
  run.reconciliation = reconcile(run.tally, { fileTotal: scan.fileTotal, setAside, currency: profile.currency });
  await endRun(strapi, run, 'done');
}

/** Carries the run of a history to its end. The caller holds the import lock. */
export async function runImport(strapi: Core.Strapi, run: RunRecord, options: RunOptions): Promise<void> {
  const { database, clock } = kernel(strapi);
  await importRows({ ...options, strapi, database, clock, run });
}
