import type { Run } from '../contracts';
import { findingsOf, outcomesOf } from '../domain/tally';
import type { RunRecord } from '../store/run-store';

/** A run as the contract shows it: everything but where its file lies. */
export function toRun(record: RunRecord): Run {
  // Runs of before have not counted updates.
  const counts = { ...record.tally.counts, membersUpdated: record.tally.counts.membersUpdated ?? 0 };
  const { sales, refunds, membersCreated, membersUpdated, productsCreated, servicesCreated } = counts;
  const changes = sales + refunds + membersCreated + membersUpdated + productsCreated + servicesCreated;
  return {
    id: record.id,
    profile: record.profile,
    storeCode: record.storeCode,
    fileName: record.fileName,
    fileBytes: record.fileBytes,
    fileHash: record.fileHash,
    status: record.status,
    isCancelRequested: record.isCancelRequested,
    startedBy: record.staffName,
    createdAt: record.createdAt,
    finishedAt: record.finishedAt,
    progress: record.progress,
    counts,
    outcomes: outcomesOf(record.tally),
    findings: findingsOf(record.tally),
    reconciliation: record.reconciliation,
    isUnchanged: record.status === 'done' && changes === 0,
    error: record.error,
  };
}
