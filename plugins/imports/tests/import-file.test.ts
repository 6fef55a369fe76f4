import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { kernel, type Database } from '@tessera/kernel/public';
import { bootTessera, type Tessera } from '../../../config/presets/testing';
import type { Run } from '../src/contracts';
import { imports, type ImportRequest } from '../src/public';
import { fileOf, fileOfLines, HEADER, SLICE, SLICE_ROWS, SLICE_TOTAL, sliceLines } from './slice';

let tessera: Tessera;
let database: Database;
beforeAll(async () => {
  tessera = await bootTessera();
  database = kernel(tessera.strapi).database;
});
afterAll(() => tessera.close());

function importFile(path: string, options: Partial<ImportRequest> = {}): Promise<Run> {
  return imports(tessera.strapi).importFile({ path, profile: 'online-retail', actor: 'system', ...options });
}

/** Everything an import may change, as one value to compare. */
async function books(): Promise<unknown> {
  const [state] = await database.query(`SELECT
    (SELECT jsonb_agg(jsonb_build_array(number, source_ref, payable, member_id, occurred_at) ORDER BY source_ref)
       FROM tessera.transaction) AS transactions,
    (SELECT jsonb_agg(jsonb_build_array(l.sku, l.quantity, l.amount, l.name_en) ORDER BY t.source_ref, l.line_no)
       FROM tessera.transaction_line l JOIN tessera.transaction t ON t.id = l.transaction_id) AS lines,
    (SELECT jsonb_agg(jsonb_build_array(account, unit, balance) ORDER BY account) FROM tessera.account) AS accounts,
    (SELECT count(*) FROM public.members) AS members, (SELECT count(*) FROM public.products) AS products,
    (SELECT max(updated_at) FROM public.products) AS touched`);
  return state;
}

const rowsFor = (invoice: string, ...rows: string[]) =>
  rows.map((row) => `${invoice},${row},2011-05-03 09:00:00,2.50,99001.0,United Kingdom`);

describe('the slice of the demo store', () => {
  let first: Run;
  beforeAll(async () => {
    // Stopped in the middle, gone on with, stopped again: the result must not show it.
    for (const batches of [1, 1]) {
      const stopper = new AbortController();
      let seen = 0;
      const onProgress = (run: Run) => {
        if (run.progress.phase === 'book' && ++seen === batches) stopper.abort();
      };
      const stopped = await importFile(SLICE, { signal: stopper.signal, onProgress });
      expect(stopped.status).toBe('cancelled');
      expect(stopped.counts.rows).toBeLessThan(SLICE_ROWS);
    }
    first = await importFile(SLICE);
  });

  test('every row is accounted for, and the sums agree to the thousandth', () => {
    expect(first).toMatchObject({ status: 'done', isUnchanged: false, error: null });
    expect(first.reconciliation).toMatchObject({ fileTotal: SLICE_TOTAL, difference: 0, isExact: true });
    expect(first.outcomes.reduce((rows, outcome) => rows + outcome.rows, 0)).toBe(SLICE_ROWS);
    expect(first.outcomes.reduce((sum, outcome) => sum + outcome.amount, 0)).toBe(SLICE_TOTAL);
  });

  test('an import that was stopped twice has one run, which counts everything once', async () => {
    const runs = await database.query<{ id: string }>(`SELECT id FROM tessera.import_run WHERE file_hash = $1`, [
      first.fileHash,
    ]);
    expect(runs).toHaveLength(1);
    const [booked] = await database.query<{ sales: number; refunds: number; lines: number }>(
      `SELECT count(*) FILTER (WHERE kind = 'sale') AS sales, count(*) FILTER (WHERE kind = 'refund') AS refunds,
         (SELECT count(*) FROM tessera.transaction_line) AS lines FROM tessera.transaction`,
    );
    expect(first.counts).toMatchObject({ ...booked, alreadyBooked: 0, rows: SLICE_ROWS });
  });

  test('what is in the books is what the report says, in transactions, lines, payments and accounts', async () => {
    const [sums] = await database.query<Record<string, number>>(`SELECT
      (SELECT sum(payable)::bigint FROM tessera.transaction) AS transactions,
      (SELECT sum(amount)::bigint FROM tessera.transaction_line) AS lines,
      (SELECT sum(amount)::bigint FROM tessera.payment) AS payments,
      (SELECT sum(balance)::bigint FROM tessera.account WHERE account = 'transfer') AS transfer,
      (SELECT -sum(balance)::bigint FROM tessera.account WHERE account = 'revenue') AS revenue`);
    const booked = (first.reconciliation?.booked ?? 0) / 10;
    expect(new Set(Object.values(sums ?? {}))).toEqual(new Set([booked]));
  });

  test('the journal balances', async () => {
    const off = await database.query(
      `SELECT journal_id FROM tessera.posting GROUP BY journal_id HAVING sum(amount) <> 0`,
    );
    expect(off).toEqual([]);
  });

  test('an invoice keeps its date, its customer and its lines', async () => {
    const [sale] = await database.query(
      `SELECT t.kind, t.occurred_at AS "occurredAt", t.business_day AS "businessDay", t.payable, t.currency, m.member_no AS "memberNo",
         s.code AS store, (SELECT count(*) FROM tessera.transaction_line l WHERE l.transaction_id = t.id) AS lines
       FROM tessera.transaction t JOIN public.members m ON m.document_id = t.member_id
       JOIN public.stores s ON s.document_id = t.store_id WHERE source_ref = '536365'`,
    );
    expect(sale).toEqual({
      kind: 'sale',
      occurredAt: '2010-12-01T08:26:00.000Z',
      businessDay: '2010-12-01',
      payable: 13_912,
      currency: 'GBP',
      memberNo: 'UK17850',
      store: 'UK',
      lines: 7,
    });
  });

  test('an interrupted invoice is one sale, and a cancellation is a refund', async () => {
    const rows = await database.query(
      `SELECT source_ref AS ref, kind, payable < 0 AS "isNegative" FROM tessera.transaction
       WHERE source_ref IN ('542806', 'C541433') ORDER BY source_ref`,
    );
    expect(rows).toEqual([
      { ref: '542806', kind: 'sale', isNegative: false },
      { ref: 'C541433', kind: 'refund', isNegative: true },
    ]);
  });

  test('set-aside rows have their line and their reason', async () => {
    const rows = await database.query<{ reason: string; fields: string[]; line: number }>(
      `SELECT line_no AS line, reason, fields FROM tessera.import_set_aside WHERE run_id = $1 ORDER BY line_no`,
      [first.id],
    );
    const lines = sliceLines();
    expect(rows).toHaveLength(first.counts.setAsideRows);
    expect(rows.every(({ line, fields }) => lines[line - 1]?.startsWith(`${fields[0]},${fields[1]},`))).toBe(true);
    const reasons = new Set(rows.map(({ reason }) => reason));
    expect(reasons).toEqual(
      new Set(['stock-found', 'stock-write-off', 'company-cost', 'fraction-of-penny', 'bad-debt']),
    );
  });

  test('the same file again changes nothing and says so', async () => {
    const before = await books();
    const again = await importFile(SLICE);
    expect(await books()).toEqual(before);
    expect(again).toMatchObject({
      status: 'done',
      isUnchanged: true,
      counts: { sales: 0, refunds: 0, membersCreated: 0 },
    });
    expect(again.counts.alreadyBooked).toBe(first.counts.sales + first.counts.refunds);
    expect(again.reconciliation).toEqual(first.reconciliation);
    expect(again.outcomes).toEqual(first.outcomes);
  });

  test('the trail names the system for every start', async () => {
    const rows = await database.query(
      `SELECT staff_name AS name, rule FROM tessera.audit WHERE action = 'imports.run' AND subject_id = $1`,
      [first.id],
    );
    expect(rows).toEqual([1, 2, 3].map(() => ({ name: 'system', rule: 'system' })));
  });
});

test('goods priced in pounds are not for sale where other stores count in another currency', async () => {
  await tessera.makeStore({ currency: 'CNY' });
  const path = fileOfLines(...rowsFor('590000', 'NEW-IN-CNY,BOX,1'));
  await importFile(path);
  const [item] = await database.query(
    `SELECT active, unit_price AS price FROM public.products WHERE sku = 'NEW-IN-CNY'`,
  );
  expect(item).toEqual({ active: false, price: 250 });
});

test('an invoice that comes again with another amount is set aside, and the books stay', async () => {
  await importFile(fileOfLines(...rowsFor('600001', 'A1,BOX,2')));
  const run = await importFile(fileOfLines(...rowsFor('600001', 'A1,BOX,3'), ...rowsFor('600002', 'A1,BOX,1')));
  expect(run.outcomes).toMatchObject([
    { code: 'sale', rows: 1, amount: 2_500 },
    { code: 'differs-from-booked', rows: 1, amount: 7_500 },
  ]);
  expect(run.reconciliation).toMatchObject({ isExact: true, booked: 2_500, setAside: 7_500 });
});

test('broken lines are set aside by line, and the rest of the file is booked', async () => {
  const good = rowsFor('600010', 'B1,BOX,1', 'B2,"BOX, LARGE",1');
  const path = fileOfLines(
    good[0] as string,
    '600010,B1,too few',
    '600010,"B1"x,BOX,1,2011-13-03 09:00:00,2.50,,',
    '600010,B1,BOX,one,2011-05-03 09:00:00,2.50,,',
    good[1] as string,
  );
  const run = await importFile(path);
  expect(run).toMatchObject({ status: 'done', counts: { lines: 2, setAsideRows: 3 } });
  const rows = await database.query<{ line: number }>(
    'SELECT line_no AS line FROM tessera.import_set_aside WHERE run_id = $1 ORDER BY line_no',
    [run.id],
  );
  expect(rows.map(({ line }) => line)).toEqual([3, 4, 5]);
});

test.each([
  ['an empty file', () => fileOf(''), 'empty_file'],
  ['a file of blank lines', () => fileOf('\n\n'), 'empty_file'],
  ['another header', () => fileOf('a,b,c\n1,2,3\n'), 'wrong_header'],
  ['a picture', () => fileOf(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0])), 'unreadable_file'],
  ['gzip that ends early', () => fileOf(readFileSync(SLICE).subarray(0, 40_000)), 'unreadable_file'],
  ['gzip of something else', () => fileOf(gzipSync('hello')), 'wrong_header'],
  ['a quote that is never closed', () => fileOf(`${HEADER}\n1,A,"open ${'x'.repeat(70_000)}\n`), 'unreadable_file'],
  ['a file that is not there', () => '/nowhere/at-all.csv', 'unreadable_file'],
])('%s is refused with a reason, and nothing is booked', async (_, make, code) => {
  const before = await books();
  await expect(importFile(make())).rejects.toMatchObject({ code, status: 422 });
  expect(await books()).toEqual(before);
});

test('a store that counts in another currency is refused', async () => {
  await tessera.makeStore({ code: 'JPY-STORE', currency: 'JPY' });
  const path = fileOfLines(...rowsFor('600020', 'C1,BOX,1'));
  await expect(importFile(path, { storeCode: 'JPY-STORE' })).rejects.toMatchObject({ code: 'wrong_currency' });
});

test('an unknown profile is refused with those there are', async () => {
  await expect(importFile(SLICE, { profile: 'nope' })).rejects.toMatchObject({
    code: 'unknown_profile',
    details: { known: ['online-retail'] },
  });
});
