import type { Core } from '@strapi/strapi';
import { changesBetween } from '@tessera/backoffice/domain';
import { backoffice } from '@tessera/backoffice/public';
import { kernel, type Sql } from '@tessera/kernel/public';
import type { Judgement } from '../../domain/member-file/judge-row';
import { outcomeOf } from '../../domain/member-file/outcome-of';
import type { MemberFileAct, MemberFileSettings } from '../../domain/member-file/settings';
import { progressOf } from '../../domain/progress';
import { addMemberRow } from '../../domain/tally';
import {
  insertFaultyRows,
  insertPreparedMembers,
  recordLines,
  takeMemberNos,
  updatePreparedMembers,
  type MemberInsert,
} from '../../store/member-file-store';
import { saveRun, type RunRecord } from '../../store/run-store';
import { beginRun, endRun, SHUTDOWN, type Carry, type CarryOptions } from '../carry-run';
import { makeDocumentId } from '../document-id';
import type { FileRecord } from '../read-file';
import { createJudge, type Judge, type JudgedRow } from './judge-batch';
import { readTable } from './read-table';

interface Work extends CarryOptions {
  strapi: Core.Strapi;
  run: RunRecord;
  settings: MemberFileSettings;
  act: MemberFileAct;
  judge: Judge;
}

/** Relations as `changesBetween` compares them. */
function asLoaded(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return 'homeStore' in values
    ? { ...values, homeStore: values['homeStore'] ? { id: values['homeStore'] } : null }
    : { ...values };
}

/** A line of the trail for each member that is changed: what it was would be lost otherwise. */
function trailLines({ strapi, act }: Work, judged: readonly JudgedRow[]): Record<string, unknown>[] {
  const { fields } = backoffice(strapi).resource('members');
  return judged.flatMap(({ judgement }) => {
    if (judgement.kind !== 'update') return [];
    const { member, data } = judgement;
    const changed = fields.filter((field) => Object.hasOwn(data, field.name));
    const changes = changesBetween(changed, asLoaded(member.values), asLoaded(data));
    return [
      {
        ...act.trail,
        subjectType: 'members',
        subjectId: member.documentId,
        storeId: (data['homeStore'] ?? member.values['homeStore'] ?? null) as string | null,
        ...changes,
      },
    ];
  });
}

/** Those with a number of their own go first: a number that is handed out must not be one that the file brings. */
async function createMembers(sql: Sql, judged: readonly JudgedRow[], now: Date): Promise<void> {
  const made = judged.flatMap((row) =>
    row.judgement.kind === 'create' ? [{ row, data: row.judgement.data, documentId: makeDocumentId() }] : [],
  );
  async function insert(members: (MemberInsert & { row: JudgedRow })[]): Promise<void> {
    const inserted = await insertPreparedMembers(sql, members, now);
    for (const { row, documentId } of members) {
      if (inserted.has(documentId)) continue;
      row.judgement = { kind: 'fault', faults: [{ code: 'taken-meanwhile', field: null }] };
    }
  }
  await insert(made.filter(({ data }) => data['memberNo'] !== undefined));
  const unnumbered = made.filter(({ data }) => data['memberNo'] === undefined);
  const numbers = await takeMemberNos(sql, unnumbered.length);
  await insert(unnumbered.map((member, index) => ({ ...member, data: { ...member.data, memberNo: numbers[index] } })));
}

/** Names are found by what is derived from them; the preparation made it for every row. */
function withDerived(judgement: Extract<Judgement, { kind: 'update' }>, { row }: JudgedRow) {
  const { data, member } = judgement;
  const derived = [
    ...(data['name'] === undefined ? [] : ['namePinyin', 'nameInitials']),
    ...(data['phone'] === undefined ? [] : ['phoneLast4']),
  ];
  return {
    rowId: member.rowId,
    data: { ...data, ...Object.fromEntries(derived.map((field) => [field, row.data[field]])) },
  };
}

/** One batch: members, rows set aside, trail and how far the run is, or nothing. @returns whether somebody asked to stop */
async function takeBatch(work: Work, records: readonly FileRecord[]): Promise<boolean> {
  const { strapi, run, judge } = work;
  const { database, clock } = kernel(strapi);
  const now = clock.now();
  return database.transaction(async (sql) => {
    const judged = await judge.judge(sql, records, true);
    await createMembers(sql, judged, now);
    await updatePreparedMembers(
      sql,
      judged.flatMap((row) => (row.judgement.kind === 'update' ? [withDerived(row.judgement, row)] : [])),
      now,
    );
    await recordLines(sql, trailLines(work, judged));
    for (const { judgement } of judged) addMemberRow(run.tally, outcomeOf(judgement));
    await insertFaultyRows(
      sql,
      run.id,
      judged.flatMap(({ row, judgement }) =>
        judgement.kind === 'fault' ? [{ lineNo: row.lineNo, fields: row.fields, faults: judgement.faults }] : [],
      ),
    );
    run.checkpointLine = records.at(-1)?.lineNo ?? run.checkpointLine;
    return saveRun(sql, run);
  });
}

async function takeRows(work: Work): Promise<boolean> {
  const { strapi, run, settings, signal, judge, onProgress } = work;
  const { clock } = kernel(strapi);
  const done = run.checkpointLine;
  let startedAt = clock.now().getTime();
  const reading = {
    phase: 'book' as const,
    bytesRead: 0,
    bytesTotal: settings.rows,
    rowsRead: 0,
    elapsedMs: 0,
    bytesBefore: 0,
    rowsBefore: 0,
  };
  for await (const records of readTable(run.filePath, settings.format)) {
    reading.bytesRead += records.length;
    reading.rowsRead += records.length;
    judge.pass(records.filter(({ lineNo }) => lineNo <= done));
    const fresh = records.filter(({ lineNo }) => lineNo > done);
    if (fresh.length === 0) {
      startedAt = clock.now().getTime();
      Object.assign(reading, { bytesBefore: reading.bytesRead, rowsBefore: reading.rowsRead });
      continue;
    }
    reading.elapsedMs = clock.now().getTime() - startedAt;
    run.progress = progressOf(reading);
    const isStopped = await takeBatch(work, fresh);
    onProgress(run);
    if (isStopped || signal.aborted) return true;
  }
  run.progress = { ...progressOf(reading), secondsLeft: 0 };
  return false;
}

/** Takes the rows of a file of members from where the run stands. The caller holds the import lock. */
export function carryMemberFile(strapi: Core.Strapi): Carry {
  return async (run, options) => {
    const { settings } = run;
    if (!settings?.act) throw new Error(`run ${run.id} was never started`);
    await beginRun(strapi, run);
    const judge = await createJudge(strapi, settings, settings.act.rights);
    const work: Work = { ...options, strapi, run, settings, act: settings.act, judge };
    const isStopped = run.isCancelRequested || (await takeRows(work));
    if (isStopped && options.signal.reason === SHUTDOWN) return;
    await endRun(strapi, run, isStopped ? 'cancelled' : 'done');
    const { counts } = run.tally;
    const after = {
      status: run.status,
      fileHash: run.fileHash,
      ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    };
    await recordLines(kernel(strapi).database, [
      { ...settings.act.trail, subjectType: 'imports', subjectId: run.id, after },
    ]);
  };
}
