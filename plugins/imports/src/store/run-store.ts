import type { Sql, Statement } from '@tessera/kernel/public';
import type { Progress, Reconciliation, Run } from '../contracts';
import type { MemberFileSettings } from '../domain/member-file/settings';
import type { Tally, TreatedRow } from '../domain/tally';

/** A row of `tessera.import_run`. */
export interface RunRecord {
  id: string;
  profile: string;
  storeCode: string;
  fileName: string;
  filePath: string;
  fileBytes: number;
  fileHash: string;
  status: Run['status'];
  isCancelRequested: boolean;
  staffId: number | null;
  staffName: string;
  createdAt: string;
  finishedAt: string | null;
  progress: Progress;
  checkpointLine: number;
  tally: Tally;
  reconciliation: Reconciliation | null;
  error: Run['error'];
  /** Of a file of members only. */
  settings: MemberFileSettings | null;
}

export type NewRun = Pick<
  RunRecord,
  | 'profile'
  | 'storeCode'
  | 'fileName'
  | 'filePath'
  | 'fileBytes'
  | 'fileHash'
  | 'staffId'
  | 'staffName'
  | 'createdAt'
  | 'progress'
  | 'tally'
>;

const COLUMNS = `id, profile, store_code AS "storeCode", file_name AS "fileName", file_path AS "filePath",
  file_bytes AS "fileBytes", file_hash AS "fileHash", status, is_cancel_requested AS "isCancelRequested",
  staff_id AS "staffId", staff_name AS "staffName", created_at AS "createdAt", finished_at AS "finishedAt", progress,
  checkpoint_line AS "checkpointLine", tally, reconciliation, error, settings`;

export async function insertRun(sql: Sql, run: NewRun): Promise<RunRecord> {
  const rows = await sql.query<RunRecord>(
    `INSERT INTO tessera.import_run (profile, store_code, file_name, file_path, file_bytes, file_hash, status, staff_id,
       staff_name, created_at, progress, tally)
     VALUES ($1, $2, $3, $4, $5, $6, 'queued', $7, $8, $9, $10, $11) RETURNING ${COLUMNS}`,
    [
      run.profile,
      run.storeCode,
      run.fileName,
      run.filePath,
      run.fileBytes,
      run.fileHash,
      run.staffId,
      run.staffName,
      run.createdAt,
      JSON.stringify(run.progress),
      JSON.stringify(run.tally),
    ],
  );
  return rows[0] as RunRecord;
}

export async function readRun(sql: Sql, id: string): Promise<RunRecord | undefined> {
  const rows = await sql.query<RunRecord>(`SELECT ${COLUMNS} FROM tessera.import_run WHERE id = $1`, [id]);
  return rows[0];
}

export async function readLiveRun(sql: Sql): Promise<RunRecord | undefined> {
  const rows = await sql.query<RunRecord>(
    `SELECT ${COLUMNS} FROM tessera.import_run WHERE status IN ('queued', 'running')`,
  );
  return rows[0];
}

/** The last run of the same file that did not reach its end. */
export async function readUnfinishedRun(
  sql: Sql,
  file: Pick<RunRecord, 'profile' | 'storeCode' | 'fileHash'>,
): Promise<RunRecord | undefined> {
  const rows = await sql.query<RunRecord>(
    `SELECT ${COLUMNS} FROM (SELECT * FROM tessera.import_run
       WHERE file_hash = $1 AND profile = $2 AND store_code = $3 ORDER BY id DESC LIMIT 1) last WHERE status <> 'done'`,
    [file.fileHash, file.profile, file.storeCode],
  );
  return rows[0];
}

/** Runs of histories; files of members have a list of their own. */
export async function listRuns(sql: Sql, page: { start: number; end: number }) {
  const [runs, totals] = await Promise.all([
    sql.query<RunRecord>(
      `SELECT ${COLUMNS} FROM tessera.import_run WHERE settings IS NULL ORDER BY id DESC OFFSET $1 LIMIT $2`,
      [page.start, page.end - page.start],
    ),
    sql.query<{ total: number }>('SELECT count(*) AS total FROM tessera.import_run WHERE settings IS NULL'),
  ]);
  return { runs, total: totals[0]?.total ?? 0 };
}

/** Makes a run that ended early live again. `filePath` is where its file lies now. */
export async function reviveRun(sql: Sql, id: string, filePath: string): Promise<void> {
  await sql.query(
    `UPDATE tessera.import_run SET status = 'queued', file_path = $2, is_cancel_requested = false, finished_at = NULL,
       error = NULL WHERE id = $1`,
    [id, filePath],
  );
}

/** Only whoever holds the import lock may say that a live run has no worker any more. */
export async function failAbandonedRuns(sql: Sql, now: string): Promise<void> {
  await sql.query(
    `UPDATE tessera.import_run SET status = 'failed', finished_at = $1,
       error = '{"code": "interrupted", "message": "The import was interrupted; resume it to go on where it stopped"}'
     WHERE status IN ('queued', 'running')`,
    [now],
  );
}

/** Ends a live run that has no worker any more. The caller holds the import lock. */
export async function endAbandonedRun(sql: Sql, id: string, now: string): Promise<void> {
  await sql.query(
    `UPDATE tessera.import_run SET status = 'cancelled', finished_at = $2 WHERE id = $1 AND status IN ('queued', 'running')`,
    [id, now],
  );
}

const SAVE: Statement = {
  name: 'imports-save-run',
  text: `UPDATE tessera.import_run SET status = $2, progress = $3, checkpoint_line = $4, tally = $5, reconciliation = $6,
    finished_at = $7 WHERE id = $1 RETURNING is_cancel_requested AS "isCancelRequested"`,
};

/** Writes what the worker knows. @returns whether somebody has asked to stop */
export async function saveRun(sql: Sql, run: RunRecord): Promise<boolean> {
  const rows = await sql.query<{ isCancelRequested: boolean }>(SAVE, [
    run.id,
    run.status,
    JSON.stringify(run.progress),
    run.checkpointLine,
    JSON.stringify(run.tally),
    run.reconciliation ? JSON.stringify(run.reconciliation) : null,
    run.finishedAt,
  ]);
  return rows[0]?.isCancelRequested ?? true;
}

/** Ends a run as failed; what its batches had saved stays. */
export async function failRun(sql: Sql, id: string, error: NonNullable<Run['error']>, now: string): Promise<void> {
  await sql.query(`UPDATE tessera.import_run SET status = 'failed', error = $2, finished_at = $3 WHERE id = $1`, [
    id,
    JSON.stringify(error),
    now,
  ]);
}

/** @returns false when the run is over already */
export async function requestCancel(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE tessera.import_run SET is_cancel_requested = true WHERE id = $1 AND status IN ('queued', 'running') RETURNING id`,
    [id],
  );
  return rows.length > 0;
}

/** PostgreSQL text cannot hold U+0000; a row that carries one is shown without it. */
export function storable<Row extends { fields: string[] }>(row: Row): Row {
  return { ...row, fields: row.fields.map((field) => field.replaceAll('\0', '')) };
}

export async function insertSetAside(sql: Sql, runId: string, rows: readonly TreatedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    `INSERT INTO tessera.import_set_aside (run_id, line_no, reason, amount, fields)
     SELECT $1, r."lineNo", r.outcome, r.amount, r.fields
     FROM jsonb_to_recordset($2) AS r ("lineNo" int, outcome text, amount bigint, fields text[])`,
    [runId, JSON.stringify(rows.map(storable))],
  );
}

/** Σ amount of the set-aside rows of a run, thousandths. */
export async function sumSetAside(sql: Sql, runId: string): Promise<number> {
  const rows = await sql.query<{ total: number }>(
    'SELECT coalesce(sum(amount), 0)::bigint AS total FROM tessera.import_set_aside WHERE run_id = $1',
    [runId],
  );
  return rows[0]?.total ?? 0;
}

export interface SetAsideRecord {
  lineNo: number;
  reason: string;
  amount: number | null;
  fields: string[];
}

/** In file order, after `afterLine`; `reason` null = all. */
export async function listSetAside(
  sql: Sql,
  { runId, reason, offset = 0, afterLine = 0, limit }: SetAsidePage,
): Promise<SetAsideRecord[]> {
  return sql.query<SetAsideRecord>(
    `SELECT line_no AS "lineNo", reason, amount, fields FROM tessera.import_set_aside
     WHERE run_id = $1 AND ($2::text IS NULL OR reason = $2) AND line_no > $3 ORDER BY line_no OFFSET $4 LIMIT $5`,
    [runId, reason, afterLine, offset, limit],
  );
}

export interface SetAsidePage {
  runId: string;
  reason: string | null;
  offset?: number;
  afterLine?: number;
  limit: number;
}

export async function countSetAside(sql: Sql, runId: string, reason: string | null): Promise<number> {
  const rows = await sql.query<{ total: number }>(
    'SELECT count(*) AS total FROM tessera.import_set_aside WHERE run_id = $1 AND ($2::text IS NULL OR reason = $2)',
    [runId, reason],
  );
  return rows[0]?.total ?? 0;
}

/** A line of the trail for acts of the system itself, which has no session and no policy. */
export async function recordSystemAct(sql: Sql, runId: string, after: unknown): Promise<void> {
  const entry = {
    staffId: null,
    staffName: 'system',
    action: 'imports.run',
    subjectType: 'imports',
    subjectId: runId,
    effect: 'allow',
    rule: 'system',
    policyVersion: 0,
    after,
  };
  await sql.query('SELECT tessera.record_audit($1)', [JSON.stringify(entry)]);
}
