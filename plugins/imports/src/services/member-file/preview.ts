import type { Core } from '@strapi/strapi';
import { kernel } from '@tessera/kernel/public';
import { PREVIEW_ROWS, type MemberPreview, type PreviewRow } from '../../contracts';
import { MEMBER_FIELDS } from '../../domain/member-file/columns';
import { outcomeOf } from '../../domain/member-file/outcome-of';
import type { MemberFileAct, MemberFileSettings } from '../../domain/member-file/settings';
import { OUTCOMES } from '../../domain/outcomes';
import { addMemberRow, emptyTally, outcomesOf } from '../../domain/tally';
import type { RunRecord } from '../../store/run-store';
import { createJudge, type JudgedRow } from './judge-batch';
import { readTable } from './read-table';

/** Characters of a cell that are enough to find the row again. */
const LONGEST_CELL = 200;

function valuesOf({ row, judgement }: JudgedRow): Record<string, unknown> {
  const data = judgement.kind === 'create' || judgement.kind === 'update' ? judgement.data : row.data;
  const said = judgement.kind === 'create' ? MEMBER_FIELDS : MEMBER_FIELDS.filter((field) => field in row.body);
  return Object.fromEntries(said.filter((field) => data[field] !== undefined).map((field) => [field, data[field]]));
}

function toPreviewRow(judged: JudgedRow): PreviewRow {
  const { row, judgement } = judged;
  const outcome = outcomeOf(judgement);
  const faults = judgement.kind === 'fault' ? judgement.faults : [];
  const { label, isBooked } = OUTCOMES[outcome];
  const member = 'member' in judgement ? judgement.member : undefined;
  return {
    lineNo: row.lineNo,
    cells: row.fields.map((cell) => cell.slice(0, LONGEST_CELL)),
    outcome,
    label,
    isBooked,
    faults: faults.map((fault) => ({ ...fault, label: OUTCOMES[fault.code].label })),
    values: valuesOf(judged),
    memberNo: member?.memberNo ?? null,
  };
}

/** Judges the file as a run would, or only its beginning, and writes nothing. */
export async function previewRows(
  strapi: Core.Strapi,
  run: RunRecord,
  settings: MemberFileSettings,
  { rights, scope }: { rights: MemberFileAct['rights']; scope: 'first' | 'all' },
): Promise<MemberPreview> {
  const { database } = kernel(strapi);
  const judge = await createJudge(strapi, settings, rights);
  const tally = emptyTally();
  const rows: PreviewRow[] = [];
  for await (const records of readTable(run.filePath, settings.format)) {
    const judged = await judge.judge(database, records, false);
    rows.push(...judged.slice(0, PREVIEW_ROWS - rows.length).map(toPreviewRow));
    for (const { judgement } of judged) addMemberRow(tally, outcomeOf(judgement));
    if (scope === 'first') break;
  }
  const outcomes = outcomesOf(tally).map(({ code, label, isBooked, rows: count }) => ({
    code,
    label,
    isBooked,
    rows: count,
  }));
  return { rows, outcomes, total: tally.counts.rows, isWhole: tally.counts.rows === settings.rows };
}
