import type { Core } from '@strapi/strapi';
import { access } from '@tessera/access/public';
import { kernel, type Sql } from '@tessera/kernel/public';
import type { ImportProfile } from '../domain/profile';
import { emptyProgress } from '../domain/progress';
import { emptyTally } from '../domain/tally';
import type { ImportRequest } from '../public';
import {
  failAbandonedRuns,
  insertRun,
  readRun,
  readUnfinishedRun,
  recordSystemAct,
  reviveRun,
  type RunRecord,
} from '../store/run-store';
import type { ShelvedFile } from './file-shelf';

export interface StartRequest {
  file: ShelvedFile;
  fileName: string;
  profile: string;
  storeCode?: string | undefined;
  actor: ImportRequest['actor'];
}

async function takeUp(sql: Sql, request: StartRequest, profile: ImportProfile, now: string): Promise<RunRecord> {
  const { actor, file, fileName, storeCode = profile.storeCode } = request;
  const wanted = { profile: profile.code, storeCode, fileHash: file.hash };
  const unfinished = await readUnfinishedRun(sql, wanted);
  if (unfinished) {
    await reviveRun(sql, unfinished.id, file.path);
    return (await readRun(sql, unfinished.id)) as RunRecord;
  }
  return insertRun(sql, {
    ...wanted,
    fileName,
    filePath: file.path,
    fileBytes: file.bytes,
    staffId: actor === 'system' ? null : Number(actor.id),
    staffName: actor === 'system' ? 'system' : actor.name,
    createdAt: now,
    progress: emptyProgress(file.bytes),
    tally: emptyTally(),
  });
}

/**
 * The run of a file: the one that was interrupted, or a new one; with its line of the trail, in one transaction. The
 * caller holds the import lock, so a run that still looks live has lost its worker.
 * @throws forbidden (403)
 */
export async function openRun(strapi: Core.Strapi, request: StartRequest, profile: ImportProfile): Promise<RunRecord> {
  const { database, clock } = kernel(strapi);
  const { actor, fileName } = request;
  const now = clock.now();
  const rights = access(strapi);
  const decision = actor === 'system' ? undefined : await rights.demand(actor, { permission: 'imports.run', now });
  return database.transaction(async (sql) => {
    await failAbandonedRuns(sql, now.toISOString());
    const run = await takeUp(sql, request, profile, now.toISOString());
    const after = { profile: run.profile, storeCode: run.storeCode, fileName, fileHash: run.fileHash };
    if (actor === 'system' || !decision) await recordSystemAct(sql, run.id, after);
    else await rights.record(sql, { staff: actor, decision, subjectType: 'imports', subjectId: run.id, after });
    return run;
  });
}
