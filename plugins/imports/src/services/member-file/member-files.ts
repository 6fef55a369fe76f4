import type { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import { access, type Staff } from '@tessera/access/public';
import { invalidInput, notFound } from '@tessera/kernel/domain';
import { kernel } from '@tessera/kernel/public';
import { MAX_FILE_BYTES, type MemberChoice, type MemberFile, type MemberPreview } from '../../contracts';
import { fileGone, notADraft, runIsOver, wrongMapping } from '../../domain/errors';
import { suggestMapping, type MemberField } from '../../domain/member-file/columns';
import type { MemberFileAct, MemberFileSettings } from '../../domain/member-file/settings';
import { emptyProgress } from '../../domain/progress';
import { emptyTally } from '../../domain/tally';
import { deleteDraft, hasFaultyRows, insertDraft, listMemberFiles, queueMemberFile } from '../../store/draft-store';
import { takeImportLock } from '../../store/import-lock';
import { readStores } from '../../store/member-file-store';
import { endAbandonedRun, failAbandonedRuns, readRun, requestCancel, type RunRecord } from '../../store/run-store';
import type { FileShelf } from '../file-shelf';
import { isHere } from '../file-shelf';
import { toRun } from '../to-run';
import type { Workers } from '../workers';
import { errorFile } from './error-file';
import { previewRows } from './preview';
import { inspectTable } from './read-table';
import { carryMemberFile } from './run-member-file';

const PERMISSION = 'members.import';

/** Files of members: see `memberFileSchema`. Each call names who asks; others' files are not there for him. */
export interface MemberFiles {
  /** @throws too_large (413), empty_file, unreadable_file, not_a_sheet, too_many_columns … (422) */
  upload(staff: Staff, request: { content: Readable; fileName: string }): Promise<MemberFile>;
  list(staff: Staff): Promise<MemberFile[]>;
  /** @throws not_found (404), as all below */
  get(staff: Staff, id: string): Promise<MemberFile>;
  /** @throws forbidden (403) naming a field that may not be written, wrong_mapping (422), file_gone (409) */
  preview(staff: Staff, id: string, choice: MemberChoice, scope: 'first' | 'all'): Promise<MemberPreview>;
  /** The same, and not_a_draft, import_running (409). */
  start(staff: Staff, id: string, choice: MemberChoice): Promise<MemberFile>;
  /** Goes on with a run that was cancelled or failed. @throws run_is_over, file_gone, import_running (409) */
  resume(staff: Staff, id: string): Promise<MemberFile>;
  /** @throws run_is_over (409) */
  cancel(staff: Staff, id: string): Promise<MemberFile>;
  /** @throws not_a_draft (409) */
  discard(staff: Staff, id: string): Promise<void>;
  /** @throws file_gone (409) once the rows have been cleared */
  errorFile(staff: Staff, id: string, language: 'zh' | 'en'): Promise<{ fileName: string; content: Readable }>;
}

interface Desk {
  strapi: Core.Strapi;
  shelf: FileShelf;
  workers: Workers;
}
type MemberRun = RunRecord & { settings: MemberFileSettings };

function toMemberFile(run: MemberRun, hasErrorFile: boolean): MemberFile {
  const { header, samples, rows, format, choice } = run.settings;
  return {
    run: toRun(run),
    rows,
    format: format.kind,
    encoding: format.kind === 'csv' ? format.encoding : null,
    columns: header.map((title, index) => ({ title, samples: samples.map((row) => row[index] ?? '') })),
    choice,
    hasErrorFile,
  };
}

/** Whoever may import for all stores sees every file; others see their own. */
function reachOf({ strapi }: Desk, staff: Staff): string | null {
  const { rows } = access(strapi).decide(staff, { permission: PERMISSION, now: kernel(strapi).clock.now() });
  return rows.some((rule) => rule.stores === 'all') ? null : staff.id;
}

async function demandFile(desk: Desk, staff: Staff, id: string): Promise<MemberRun> {
  const run = await readRun(kernel(desk.strapi).database, id);
  const reach = reachOf(desk, staff);
  const isOpen = run?.settings && (reach === null || String(run.staffId) === reach);
  if (!run || !isOpen) throw notFound({ what: 'import', id });
  return run as MemberRun;
}

async function show(desk: Desk, staff: Staff, id: string): Promise<MemberFile> {
  const run = await demandFile(desk, staff, id);
  return toMemberFile(run, await hasFaultyRows(kernel(desk.strapi).database, id));
}

function demandMapping(choice: MemberChoice, header: readonly string[]): void {
  const fields = choice.mapping.filter((field) => field !== null);
  if (choice.mapping.length !== header.length) throw wrongMapping({ reason: 'length' });
  if (new Set(fields).size !== fields.length) throw wrongMapping({ reason: 'twice' });
  const names: readonly MemberField[] = ['name', 'memberNo', 'phone'];
  if (!names.some((field) => fields.includes(field))) throw wrongMapping({ reason: 'no-name-or-number' });
}

/**
 * What the person may write with this choice: members are created and changed under the permissions of the forms, store by
 * store, besides the one to import. The number is the file's to give, which no form may.
 */
async function actOf({ strapi }: Desk, staff: Staff, choice: MemberChoice): Promise<MemberFileAct> {
  const { database, clock } = kernel(strapi);
  const now = clock.now();
  const rights = access(strapi);
  const write = choice.mapping.filter((field): field is MemberField => field !== null && field !== 'memberNo');
  const decision = await rights.demand(staff, { permission: PERMISSION, now });
  await rights.demand(staff, { permission: 'members.create', now, fields: { write } });
  if (choice.whenKnown === 'update')
    await rights.demand(staff, { permission: 'members.change', now, fields: { write } });
  const stores = ['', ...(await readStores(database)).map(({ id }) => id)];
  if (choice.homeStoreId !== null && !stores.includes(choice.homeStoreId)) {
    throw invalidInput({ issues: [{ path: 'homeStoreId', message: 'must be a store in use' }] });
  }
  const openFor = (permission: string) =>
    stores.filter((store) => {
      const records = [{ storeId: store || null }];
      const asked = [
        { permission: PERMISSION, now, records },
        { permission, now, records, fields: { write } },
      ];
      return asked.every((request) => rights.decide(staff, request).effect === 'allow');
    });
  return {
    rights: {
      create: openFor('members.create'),
      change: choice.whenKnown === 'update' ? openFor('members.change') : [],
    },
    trail: rights.auditRow({ staff, decision }),
  };
}

async function upload(desk: Desk, staff: Staff, { content, fileName }: { content: Readable; fileName: string }) {
  const { strapi, shelf } = desk;
  const { database, clock } = kernel(strapi);
  const rights = access(strapi);
  const now = clock.now();
  const decision = await rights.demand(staff, { permission: PERMISSION, now });
  const file = await shelf.put(content, MAX_FILE_BYTES, 'alone');
  try {
    const { format, header, samples, rows } = await inspectTable(file.path);
    const choice = { mapping: suggestMapping(header), whenKnown: 'skip' as const, homeStoreId: null };
    const run = await database.transaction(async (sql) => {
      const draft = await insertDraft(sql, {
        fileName,
        filePath: file.path,
        fileBytes: file.bytes,
        fileHash: file.hash,
        staffId: Number(staff.id),
        staffName: staff.name,
        createdAt: now.toISOString(),
        progress: emptyProgress(rows),
        tally: emptyTally(),
        settings: { format, header, samples, rows, choice, act: null },
      });
      const after = { fileName, fileHash: file.hash, rows };
      await rights.record(sql, { staff, decision, subjectType: 'imports', subjectId: draft.id, after });
      return draft;
    });
    return toMemberFile(run as MemberRun, false);
  } catch (error) {
    await shelf.discard(file.path);
    throw error;
  }
}

/** Puts a draft or an interrupted run to work. What may be written is asked anew. */
async function work(desk: Desk, staff: Staff, run: MemberRun, choice: MemberChoice): Promise<MemberFile> {
  const { strapi, workers } = desk;
  const { database, clock } = kernel(strapi);
  if (!(await isHere(run.filePath))) throw fileGone(undefined);
  demandMapping(choice, run.settings.header);
  const act = await actOf(desk, staff, choice);
  const settings = { ...run.settings, choice, act };
  const lock = await workers.demandLock();
  try {
    await database.transaction(async (sql) => {
      await failAbandonedRuns(sql, clock.now().toISOString());
      if (!(await queueMemberFile(sql, run.id, settings))) throw notADraft({ status: run.status });
      const after = { start: run.fileName, fileHash: run.fileHash, ...choice };
      await access(strapi).record(sql, {
        staff,
        decision: await access(strapi).demand(staff, { permission: PERMISSION, now: clock.now() }),
        subjectType: 'imports',
        subjectId: run.id,
        after,
      });
    });
    const queued = await demandFile(desk, staff, run.id);
    const answer = toMemberFile(queued, false);
    workers.workInBackground(queued, carryMemberFile(strapi), lock);
    return answer;
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function cancel(desk: Desk, staff: Staff, id: string): Promise<MemberFile> {
  const { database, clock } = kernel(desk.strapi);
  const { status } = await demandFile(desk, staff, id);
  if (!(await requestCancel(database, id))) throw runIsOver({ status });
  // The lock is free: the worker is gone and will not answer.
  const lock = await takeImportLock(database);
  if (lock) {
    await endAbandonedRun(database, id, clock.now().toISOString());
    await lock.release();
  }
  return show(desk, staff, id);
}

export function createMemberFiles(strapi: Core.Strapi, parts: { shelf: FileShelf; workers: Workers }): MemberFiles {
  const desk: Desk = { strapi, ...parts };
  const { database } = kernel(strapi);
  return {
    upload: (staff, request) => upload(desk, staff, request),
    get: (staff, id) => show(desk, staff, id),
    async list(staff) {
      const found = await listMemberFiles(database, reachOf(desk, staff));
      return Promise.all(
        found.map(async ({ id, hasFaultyRows: has }) => toMemberFile(await demandFile(desk, staff, id), has)),
      );
    },
    async preview(staff, id, choice, scope) {
      const run = await demandFile(desk, staff, id);
      demandMapping(choice, run.settings.header);
      if (!(await isHere(run.filePath))) throw fileGone(undefined);
      const { rights } = await actOf(desk, staff, choice);
      return previewRows(strapi, run, { ...run.settings, choice }, { rights, scope });
    },
    async start(staff, id, choice) {
      const run = await demandFile(desk, staff, id);
      if (run.status !== 'draft') throw notADraft({ status: run.status });
      return work(desk, staff, run, choice);
    },
    async resume(staff, id) {
      const run = await demandFile(desk, staff, id);
      if (run.status !== 'cancelled' && run.status !== 'failed') throw runIsOver({ status: run.status });
      return work(desk, staff, run, run.settings.choice);
    },
    cancel: (staff, id) => cancel(desk, staff, id),
    async discard(staff, id) {
      const run = await demandFile(desk, staff, id);
      if (!(await deleteDraft(database, id))) throw notADraft({ status: run.status });
      await parts.shelf.discard(run.filePath);
    },
    async errorFile(staff, id, language) {
      const run = await demandFile(desk, staff, id);
      if (!(await hasFaultyRows(database, id))) throw fileGone(undefined);
      return errorFile(strapi, run, run.settings, language);
    },
  };
}
