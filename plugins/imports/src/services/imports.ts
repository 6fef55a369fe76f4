import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import { access, type Staff } from '@tessera/access/public';
import { notFound } from '@tessera/kernel/domain';
import { kernel, type Database } from '@tessera/kernel/public';
import { MAX_FILE_BYTES, type Run } from '../contracts';
import { fileGone, runIsOver, unknownProfile } from '../domain/errors';
import type { ImportProfile } from '../domain/profile';
import { findProfile, PROFILES } from '../domain/profiles';
import type { Imports } from '../public';
import { takeImportLock } from '../store/import-lock';
import { endAbandonedRun, readLiveRun, readRun, requestCancel, type RunRecord } from '../store/run-store';
import { createFileShelf, describeFile, isHere } from './file-shelf';
import type { Carry } from './carry-run';
import { createMemberFiles, type MemberFiles } from './member-file/member-files';
import { carryMemberFile } from './member-file/run-member-file';
import { openRun, type StartRequest } from './open-run';
import { demandFile } from './read-file';
import { runImport } from './run-import';
import { toRun } from './to-run';
import { createWorkers, type Workers } from './workers';

export interface UploadRequest {
  content: Readable;
  fileName: string;
  profile: string;
  storeCode?: string | undefined;
  staff: Staff;
}

export interface ImportsService extends Imports {
  /** Keeps the file and starts in the background. @throws forbidden (403), import_running (409), too_large (413), wrong_header … (422) */
  upload(request: UploadRequest): Promise<Run>;
  /** Goes on with a run that was cancelled or failed. @throws run_is_over, file_gone, import_running (409) */
  resume(staff: Staff, id: string): Promise<Run>;
  /** @throws run_is_over (409) */
  cancel(staff: Staff, id: string): Promise<Run>;
  /** Goes on with what a stopped server left unfinished, when its file is here and nobody else does. */
  resumeInterrupted(): Promise<void>;
  stop: Workers['stop'];
  readonly memberFiles: MemberFiles;
}

export function importsService(strapi: Core.Strapi): ImportsService {
  return strapi.plugin('imports').service('imports') as ImportsService;
}

function demandProfile(code: string): ImportProfile {
  const profile = findProfile(code);
  if (!profile) throw unknownProfile({ profile: code, known: PROFILES.map((known) => known.code) });
  return profile;
}

function carryHistory(strapi: Core.Strapi, profile: ImportProfile): Carry {
  return (run, options) => runImport(strapi, run, { profile, ...options });
}

/** What goes on with a run that a stopped server left. */
function carryOf(strapi: Core.Strapi, run: RunRecord): Carry | undefined {
  if (run.settings) return carryMemberFile(strapi);
  const profile = findProfile(run.profile);
  return profile && carryHistory(strapi, profile);
}

async function demandRun(database: Database, id: string): Promise<RunRecord> {
  const run = await readRun(database, id);
  // A file of members is acted on through routes of its own, with a permission of its own.
  if (!run || run.settings) throw notFound({ what: 'import', id });
  return run;
}

/** Opens a run under the import lock and hands both to a worker of this process. */
async function start(strapi: Core.Strapi, workers: Workers, request: StartRequest): Promise<Run> {
  const profile = demandProfile(request.profile);
  const lock = await workers.demandLock();
  try {
    await demandFile(request.file.path, profile.columns);
    const run = await openRun(strapi, request, profile);
    const answer = toRun(run);
    workers.workInBackground(run, carryHistory(strapi, profile), lock);
    return answer;
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function cancel(strapi: Core.Strapi, staff: Staff, id: string): Promise<Run> {
  const { database, clock } = kernel(strapi);
  await access(strapi).demand(staff, { permission: 'imports.run', now: clock.now() });
  const { status } = await demandRun(database, id);
  if (!(await requestCancel(database, id))) throw runIsOver({ status });
  // The lock is free: the worker is gone and will not answer.
  const lock = await takeImportLock(database);
  if (lock) {
    await endAbandonedRun(database, id, clock.now().toISOString());
    await lock.release();
  }
  return toRun(await demandRun(database, id));
}

async function resumeInterrupted(strapi: Core.Strapi, workers: Workers): Promise<void> {
  const { database } = kernel(strapi);
  const run = await readLiveRun(database);
  const carry = run && carryOf(strapi, run);
  if (!run || !carry || !(await isHere(run.filePath))) return;
  const lock = await takeImportLock(database);
  if (!lock) return;
  strapi.log.info(`Import of ${run.fileName} goes on where it stopped`);
  workers.workInBackground(run, carry, lock);
}

export function createImportsService({ strapi }: { strapi: Core.Strapi }): ImportsService {
  const { database, clock } = kernel(strapi);
  const shelf = createFileShelf(strapi.config.get('plugin::imports.directory') as string);
  const workers = createWorkers(strapi, shelf);

  return {
    stop: workers.stop,
    memberFiles: createMemberFiles(strapi, { shelf, workers }),
    async importFile({ path, profile: code, storeCode, actor, onProgress, signal }) {
      const profile = demandProfile(code);
      const file = await describeFile(path);
      const lock = await workers.demandLock();
      try {
        await demandFile(file.path, profile.columns);
        const run = await openRun(strapi, { file, fileName: basename(path), profile: code, storeCode, actor }, profile);
        await workers.work(run, carryHistory(strapi, profile), {
          signal,
          onProgress: (record) => onProgress?.(toRun(record)),
        });
        return toRun(run);
      } finally {
        await lock.release();
      }
    },
    async upload({ content, staff, ...request }) {
      demandProfile(request.profile);
      await access(strapi).demand(staff, { permission: 'imports.run', now: clock.now() });
      const file = await shelf.put(content, MAX_FILE_BYTES);
      try {
        return await start(strapi, workers, { ...request, file, actor: staff });
      } catch (error) {
        // The run of the same file may be the one that is under way, and needs it.
        const live = await readLiveRun(database);
        if (live?.filePath !== file.path) await shelf.discard(file.path);
        throw error;
      }
    },
    async resume(staff, id) {
      const { status, filePath, fileBytes, fileHash, fileName, profile, storeCode } = await demandRun(database, id);
      if (status !== 'cancelled' && status !== 'failed') throw runIsOver({ status });
      if (!(await isHere(filePath))) throw fileGone(undefined);
      const file = { path: filePath, bytes: fileBytes, hash: fileHash };
      return start(strapi, workers, { file, fileName, profile, storeCode, actor: staff });
    },
    cancel: (staff, id) => cancel(strapi, staff, id),
    resumeInterrupted: () => resumeInterrupted(strapi, workers),
  };
}
