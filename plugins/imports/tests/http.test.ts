import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { kernel } from '@tessera/kernel/public';
import { bootTessera, type Tessera } from '../../../config/presets/testing';
import { runSchema, setAsideRowSchema, type Run } from '../src/contracts';
import { emptyTally } from '../src/domain/tally';
import { importsService } from '../src/services/imports';
import { takeImportLock } from '../src/store/import-lock';
import { fileOf, HEADER, SLICE, SLICE_ROWS, SLICE_TOTAL } from './slice';

let tessera: Tessera;
let owner: string;
beforeAll(async () => {
  tessera = await bootTessera();
  owner = await tessera.signIn('owner');
});
afterAll(() => tessera.close());

function upload(token: string, content: Buffer | string, query: Record<string, string> = {}) {
  return tessera
    .as(token)
    .post('/api/imports/runs')
    .query({ profile: 'online-retail', fileName: 'history.csv.gz', ...query })
    .set('content-type', 'application/octet-stream')
    .send(content);
}

async function ended(id: string): Promise<Run> {
  for (;;) {
    const { body } = await tessera.as(owner).get(`/api/imports/runs/${id}`).expect(200);
    if (body.status !== 'queued' && body.status !== 'running') return runSchema.parse(body);
    await sleep(100);
  }
}

const oneInvoice = (no: string) =>
  `${HEADER}\n${no},A1,=BOX,1,2011-05-03 09:00:00,2.50,,\n${no},B,-1 fee,1,2011-05-03 09:00:00,-9.00,,\n`;

test('an uploaded file is imported in the background, and the report is there to read', async () => {
  const started = await upload(owner, readFileSync(SLICE)).expect(202);
  expect(runSchema.parse(started.body)).toMatchObject({ fileName: 'history.csv.gz', reconciliation: null });
  const run = await ended(started.body.id);
  expect(run).toMatchObject({ status: 'done', counts: { rows: SLICE_ROWS }, progress: { fraction: 1 } });
  expect(run.reconciliation).toMatchObject({ fileTotal: SLICE_TOTAL, isExact: true });

  const list = await tessera.as(owner).get('/api/imports/runs').expect(200);
  expect(list.headers['x-total-count']).toBe('1');

  const page = await tessera.as(owner).get(`/api/imports/runs/${run.id}/set-aside`).query({ _end: 5 }).expect(200);
  expect(page.body.map((row: unknown) => setAsideRowSchema.parse(row))).toHaveLength(5);
  expect(page.headers['x-total-count']).toBe(String(run.counts.setAsideRows));
});

test('the act is on the trail with the person, the file and what it holds', async () => {
  const [line] = await kernel(tessera.strapi).database.query<{ name: string; after: Record<string, unknown> }>(
    `SELECT staff_name AS name, after FROM tessera.audit WHERE action = 'imports.run' AND effect = 'allow' ORDER BY id LIMIT 1`,
  );
  expect(line?.name).toMatch(/owner/);
  expect(line?.after).toMatchObject({ fileName: 'history.csv.gz', storeCode: 'UK', profile: 'online-retail' });
});

test('set-aside rows are downloaded as a sheet that runs no formula', async () => {
  const { body } = await upload(owner, oneInvoice('700001').replace('A1,=BOX', 'B,=BOX')).expect(202);
  await ended(body.id);
  const sheet = await tessera.as(owner).get(`/api/imports/runs/${body.id}/set-aside.csv`).expect(200);
  expect(sheet.headers['content-type']).toContain('text/csv');
  expect(sheet.headers['content-disposition']).toMatch(/^attachment; filename="set-aside-.*\.csv"$/);
  const [head, first, second] = sheet.text.split('\r\n');
  expect(head).toBe(`line,reason,explanation,amount,${HEADER}`);
  expect(first).toContain('company-cost');
  expect(first).toContain(",'=BOX,");
  expect(second).toContain(",'-1 fee,");
  expect(second).toMatch(/^3,company-cost,"[^"]+",-9,/);
});

test.each([
  ['another header', () => 'a,b\n1,2\n', 422, 'wrong_header'],
  ['nothing', () => '', 422, 'empty_file'],
  ['a picture', () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]), 422, 'unreadable_file'],
])('%s is refused at once', async (_, content, status, code) => {
  const refused = await upload(owner, content());
  expect([refused.status, refused.body.error?.code]).toEqual([status, code]);
});

test('a file that turns out damaged ends as a failed run that says so', async () => {
  const whole = gzipSync(`${HEADER}\n${oneInvoice('1').repeat(4_000)}`, { level: 0 });
  const { body } = await upload(owner, whole.subarray(0, whole.length - 20)).expect(202);
  expect(await ended(body.id)).toMatchObject({
    status: 'failed',
    error: { code: 'unreadable_file' },
    counts: { sales: 0 },
  });
});

test.each([
  ['an unknown profile', { profile: 'nope' }, 422],
  ['an unknown parameter', { colour: 'red' }, 400],
  ['a store code that is none', { storeCode: 'a b' }, 400],
])('%s is refused', async (_, query, status) => {
  await upload(owner, oneInvoice('700002'), query).expect(status);
});

test('one import at a time: the second is refused while the first holds the lock', async () => {
  const lock = await takeImportLock(kernel(tessera.strapi).database);
  const refused = await upload(owner, oneInvoice('700003')).expect(409);
  expect(refused.body.error.code).toBe('import_running');
  await lock?.release();
  const { body } = await upload(owner, oneInvoice('700003')).expect(202);
  expect(await ended(body.id)).toMatchObject({ status: 'done' });
});

/** What a killed server leaves: a run that looks live and has no worker. */
async function leaveRun(fileName: string, content: string): Promise<string> {
  const [run] = await kernel(tessera.strapi).database.query<{ id: string }>(
    `INSERT INTO tessera.import_run (profile, store_code, file_name, file_path, file_bytes, file_hash, status, staff_name,
       created_at, progress, tally)
     SELECT profile, store_code, $1, $2, $3, $1, 'running', 'system', created_at, progress, $4
     FROM tessera.import_run LIMIT 1 RETURNING id`,
    [fileName, fileOf(content), content.length, JSON.stringify(emptyTally())],
  );
  return run?.id ?? '';
}

test('a server that starts goes on with what a killed one left', async () => {
  const id = await leaveRun('killed.csv', oneInvoice('700007'));
  await importsService(tessera.strapi).resumeInterrupted();
  expect(await ended(id)).toMatchObject({ status: 'done', counts: { sales: 1 }, reconciliation: { isExact: true } });
});

test('a run without a worker is cancelled, then resumed to its end', async () => {
  const id = await leaveRun('left.csv', oneInvoice('700004'));
  const cancelled = await tessera.as(owner).post(`/api/imports/runs/${id}/cancel`).expect(202);
  expect(cancelled.body.status).toBe('cancelled');
  const again = await tessera.as(owner).post(`/api/imports/runs/${id}/cancel`).expect(409);
  expect(again.body.error.code).toBe('run_is_over');
  await tessera.as(owner).post(`/api/imports/runs/${id}/resume`).expect(202);
  expect(await ended(id)).toMatchObject({ status: 'done', counts: { sales: 1 }, reconciliation: { isExact: true } });
});

test('a run whose file is gone asks for the file', async () => {
  await kernel(tessera.strapi).database.query(
    `UPDATE tessera.import_run SET status = 'failed', file_path = '/nowhere' WHERE file_name = 'left.csv'`,
  );
  const { body } = await tessera.as(owner).get('/api/imports/runs');
  const { id } = (body as Run[]).find((run) => run.fileName === 'left.csv') as Run;
  const refused = await tessera.as(owner).post(`/api/imports/runs/${id}/resume`).expect(409);
  expect(refused.body.error.code).toBe('file_gone');
});

test('who may see imports may not run them, and a cashier may neither', async () => {
  const auditor = await tessera.signIn('auditor');
  await tessera.as(auditor).get('/api/imports/runs').expect(200);
  await tessera.as(auditor).get('/api/imports/profiles').expect(200);
  expect((await upload(auditor, oneInvoice('700005'))).status).toBe(403);
  const cashier = await tessera.signIn('cashier', { store: await tessera.makeStore() });
  await tessera.as(cashier).get('/api/imports/runs').expect(403);
  expect((await upload(cashier, oneInvoice('700006'))).status).toBe(403);
  await tessera.request.get('/api/imports/runs').expect(401);
});

test('an unknown run is 404, a wrong id and a wrong page are 400', async () => {
  const as = tessera.as(owner);
  await as.get('/api/imports/runs/0198d2f4-0000-7000-8000-000000000000').expect(404);
  await as.get('/api/imports/runs/x').expect(400);
  await as.get('/api/imports/runs').query({ _start: 0, _end: 5_000 }).expect(400);
});
