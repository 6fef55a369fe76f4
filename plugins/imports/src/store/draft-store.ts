import type { Sql } from '@tessera/kernel/public';
import type { MemberFileSettings } from '../domain/member-file/settings';
import { readRun, type NewRun, type RunRecord } from './run-store';

export const MEMBERS_PROFILE = 'members';

/** A file of members that waits. */
export async function insertDraft(
  sql: Sql,
  draft: Omit<NewRun, 'profile' | 'storeCode'> & { settings: MemberFileSettings },
): Promise<RunRecord> {
  const [row] = await sql.query<{ id: string }>(
    `INSERT INTO tessera.import_run (profile, store_code, file_name, file_path, file_bytes, file_hash, status, staff_id,
       staff_name, created_at, progress, tally, settings)
     VALUES ('${MEMBERS_PROFILE}', '', $1, $2, $3, $4, 'draft', $5, $6, $7, $8, $9, $10) RETURNING id`,
    [
      draft.fileName,
      draft.filePath,
      draft.fileBytes,
      draft.fileHash,
      draft.staffId,
      draft.staffName,
      draft.createdAt,
      JSON.stringify(draft.progress),
      JSON.stringify(draft.tally),
      JSON.stringify(draft.settings),
    ],
  );
  return (await readRun(sql, row?.id ?? '')) as RunRecord;
}

/** Makes a draft or an interrupted run live. @returns false when it is neither any more */
export async function queueMemberFile(sql: Sql, id: string, settings: MemberFileSettings): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE tessera.import_run SET status = 'queued', settings = $2, is_cancel_requested = false, finished_at = NULL, error = NULL
     WHERE id = $1 AND status IN ('draft', 'cancelled', 'failed') RETURNING id`,
    [id, JSON.stringify(settings)],
  );
  return rows.length > 0;
}

/** Newest first. @param staffId only what this person gave; null = of everybody */
export async function listMemberFiles(
  sql: Sql,
  staffId: string | null,
): Promise<{ id: string; hasFaultyRows: boolean }[]> {
  return sql.query(
    `SELECT id, EXISTS (SELECT 1 FROM tessera.import_set_aside s WHERE s.run_id = r.id) AS "hasFaultyRows"
     FROM tessera.import_run r WHERE settings IS NOT NULL AND ($1::bigint IS NULL OR staff_id = $1::bigint)
     ORDER BY id DESC LIMIT 20`,
    [staffId],
  );
}

export async function hasFaultyRows(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql.query('SELECT 1 FROM tessera.import_set_aside WHERE run_id = $1 LIMIT 1', [id]);
  return rows.length > 0;
}

/** @returns false when it is no draft (any more) */
export async function deleteDraft(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql.query(`DELETE FROM tessera.import_run WHERE id = $1 AND status = 'draft' RETURNING id`, [id]);
  return rows.length > 0;
}

/** Removes what is people's in files of members from before `since`. The runs and their figures stay. */
export async function clearMemberFiles(sql: Sql, since: string): Promise<{ rows: number; drafts: number }> {
  const rows = await sql.query(
    `WITH old AS (SELECT id FROM tessera.import_run WHERE settings IS NOT NULL AND created_at < $1
       AND status IN ('done', 'cancelled', 'failed'))
     DELETE FROM tessera.import_set_aside WHERE run_id IN (SELECT id FROM old) RETURNING run_id`,
    [since],
  );
  await sql.query(
    `UPDATE tessera.import_run SET settings = jsonb_set(settings, '{samples}', '[]')
     WHERE settings IS NOT NULL AND created_at < $1 AND settings -> 'samples' <> '[]'`,
    [since],
  );
  const drafts = await sql.query(
    `DELETE FROM tessera.import_run WHERE status = 'draft' AND created_at < $1 RETURNING id`,
    [since],
  );
  return { rows: rows.length, drafts: drafts.length };
}

/** Files that a run may still need: waiting, under way, or to be resumed. */
export async function readNeededPaths(sql: Sql, since: string): Promise<Set<string>> {
  const rows = await sql.query<{ path: string }>(
    `SELECT file_path AS path FROM tessera.import_run
     WHERE status IN ('draft', 'queued', 'running')
       OR (status IN ('cancelled', 'failed') AND (settings IS NULL OR created_at >= $1))`,
    [since],
  );
  return new Set(rows.map(({ path }) => path));
}
