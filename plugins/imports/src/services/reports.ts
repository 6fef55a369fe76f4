import { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import { csvLine, notFound } from '@tessera/kernel/domain';
import { kernel } from '@tessera/kernel/public';
import type { Profile, Run, SetAsideRow } from '../contracts';

import { OUTCOMES, type OutcomeCode } from '../domain/outcomes';
import { findProfile, PROFILES } from '../domain/profiles';
import { formatThousandths } from '../domain/thousandths';
import { countSetAside, listRuns, listSetAside, readRun, type SetAsideRecord } from '../store/run-store';
import { toRun } from './to-run';

interface Page {
  start: number;
  end: number;
}

/** What `imports.view` shows. */
export interface Reports {
  profiles(): Profile[];
  runs(page: Page): Promise<{ rows: Run[]; total: number }>;
  /** @throws not_found (404) */
  run(id: string): Promise<Run>;
  /** @throws not_found (404) */
  setAside(id: string, page: Page & { reason: string | null }): Promise<{ rows: SetAsideRow[]; total: number }>;
  /** All set-aside rows as CSV, streamed. @throws not_found (404) */
  setAsideCsv(id: string, reason: string | null): Promise<{ fileName: string; content: Readable }>;
}

const CSV_PAGE = 2_000;

function labelOf(reason: string): SetAsideRow['label'] {
  return OUTCOMES[reason as OutcomeCode]?.label ?? { zh: reason, en: reason };
}

function toCells(record: SetAsideRecord): (string | number | null)[] {
  const amount = record.amount === null ? null : Number(formatThousandths(record.amount).replaceAll(',', ''));
  return [record.lineNo, record.reason, labelOf(record.reason).en, amount, ...record.fields];
}

export function createReports(strapi: Core.Strapi): Reports {
  const { database } = kernel(strapi);

  async function demandRun(id: string): Promise<Run> {
    const run = await readRun(database, id);
    // Rows of a file of members are people: they have routes and a permission of their own.
    if (!run || run.settings) throw notFound({ what: 'import', id });
    return toRun(run);
  }

  async function* csvLines(run: Run, reason: string | null): AsyncGenerator<string> {
    yield csvLine(['line', 'reason', 'explanation', 'amount', ...(findProfile(run.profile)?.columns ?? [])]);
    let afterLine = 0;
    for (;;) {
      const rows = await listSetAside(database, { runId: run.id, reason, afterLine, limit: CSV_PAGE });
      if (rows.length === 0) return;
      yield rows.map((row) => csvLine(toCells(row))).join('');
      afterLine = rows.at(-1)?.lineNo ?? afterLine;
    }
  }

  return {
    profiles: () =>
      PROFILES.map(({ code, label, description, columns, currency, storeCode }) => ({
        code,
        label,
        description,
        columns,
        currency,
        storeCode,
      })),
    async runs(page) {
      const { runs, total } = await listRuns(database, page);
      return { rows: runs.map(toRun), total };
    },
    run: demandRun,
    async setAside(id, { start, end, reason }) {
      await demandRun(id);
      const [records, total] = await Promise.all([
        listSetAside(database, { runId: id, reason, offset: start, limit: end - start }),
        countSetAside(database, id, reason),
      ]);
      return { rows: records.map((record) => ({ ...record, label: labelOf(record.reason) })), total };
    },
    async setAsideCsv(id, reason) {
      const run = await demandRun(id);
      const fileName = `set-aside-${run.createdAt.slice(0, 10)}-${run.id.slice(-6)}.csv`;
      return { fileName, content: Readable.from(csvLines(run, reason)) };
    },
  };
}
