import { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import { backoffice } from '@tessera/backoffice/public';
import { CSV_BOM, csvLine } from '@tessera/kernel/domain';
import { kernel } from '@tessera/kernel/public';
import type { Fault } from '../../domain/member-file/outcomes';
import type { MemberFileSettings } from '../../domain/member-file/settings';
import { OUTCOMES } from '../../domain/outcomes';
import { listFaultyRows } from '../../store/member-file-store';
import type { RunRecord } from '../../store/run-store';

type Language = 'zh' | 'en';

const PAGE = 1_000;
const HEADINGS = { zh: ['行号', '原因'], en: ['Line', 'Reason'] } as const;
const LINE = { zh: (line: number) => `（第 ${line} 行）`, en: (line: number) => ` (line ${line})` };
const BETWEEN = { zh: '；', en: '; ' };

function sentenceOf(fault: Fault, language: Language, labels: ReadonlyMap<string, string>): string {
  const field = fault.field === null ? '' : `${labels.get(fault.field) ?? fault.field}: `;
  const line = fault.line === undefined ? '' : LINE[language](fault.line);
  return `${field}${OUTCOMES[fault.code].label[language]}${line}`;
}

/**
 * The rows that were not taken as CSV: the columns of the file, then line and reason, so that they are mended in place
 * and sent again. Streamed.
 */
export function errorFile(
  strapi: Core.Strapi,
  run: RunRecord,
  { header }: MemberFileSettings,
  language: Language,
): { fileName: string; content: Readable } {
  const { database } = kernel(strapi);
  const labels = new Map(
    backoffice(strapi)
      .resource('members')
      .fields.map(({ name, label }) => [name, label[language]]),
  );
  async function* lines(): AsyncGenerator<string> {
    yield CSV_BOM + csvLine([...header, ...HEADINGS[language]]);
    let afterLine = 0;
    for (;;) {
      const rows = await listFaultyRows(database, { runId: run.id, afterLine, limit: PAGE });
      if (rows.length === 0) return;
      yield rows
        .map(({ lineNo, fields, faults }) => {
          const cells = header.map((_, index) => fields[index] ?? '');
          const reason = faults.map((fault) => sentenceOf(fault, language, labels)).join(BETWEEN[language]);
          return csvLine([...cells, lineNo, reason]);
        })
        .join('');
      afterLine = rows.at(-1)?.lineNo ?? afterLine;
    }
  }
  return {
    fileName: `not-imported-${run.createdAt.slice(0, 10)}-${run.id.slice(-6)}.csv`,
    content: Readable.from(lines()),
  };
}
