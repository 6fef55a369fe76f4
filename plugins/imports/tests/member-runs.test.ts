import { existsSync, utimesSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import supertest from 'supertest';
import { kernel } from '@tessera/kernel/public';
import { bootTessera, type Tessera } from '../../../config/presets/testing';
import { bootSecondNode } from '../../../config/presets/testing/boot-second-node';
import { signInWith } from '../../backoffice/tests/make-role';
import { importsService } from '../src/services/imports';
import { clearMemberFilesJob } from '../src/services/member-file/clear-job';
import { BASE, memberDesk, outcomesOf } from './member-desk';
import { archiveOf, workbookOf } from './workbook';

let tessera: Tessera;
let owner: string;
let desk: ReturnType<typeof memberDesk>;
let store: string;
beforeAll(async () => {
  tessera = await bootTessera();
  owner = await tessera.signIn('owner');
  desk = memberDesk(tessera, owner);
  store = await tessera.makeStore({ code: 'RIVER', nameZh: '江边店', nameEn: 'Riverside' });
});
afterAll(() => tessera.close());

const query = <Row>(text: string, values: unknown[] = []) => kernel(tessera.strapi).database.query<Row>(text, values);
const countMembers = async () => (await query<{ n: number }>('SELECT count(*) AS n FROM public.members'))[0]?.n;

test('a workbook is read: shared and rich texts, numbers, dates, booleans, sparse rows', async () => {
  const shared =
    '<sst><si><t>姓名</t></si><si><r><t>张</t></r><r><t>伟_x000D_</t></r><rPh><t>zhang</t></rPh></si></sst>';
  const styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>';
  const row = `<row r="7"><c r="A7" t="s"><v>1</v></c><c r="B7"><v>1.3812340001E10</v></c><c r="D7" s="1"><v>33010</v></c></row>`;
  const header =
    '<row r="2"><c t="s"><v>0</v></c><c t="str"><f>1+1</f><v>手机</v></c><c t="b"><v>1</v></c><c t="inlineStr"><is><t>生日</t></is></c></row>';
  const content = await archiveOf({
    'xl/worksheets/one.xml': `<x:worksheet xmlns:x="m"><sheetData>${header}${row}</sheetData></x:worksheet>`,
    'xl/sharedStrings.xml': shared,
    'xl/styles.xml': styles,
  });
  const done = await desk.importAll(content);
  expect(done).toMatchObject({
    format: 'xlsx',
    columns: [{ title: '姓名' }, { title: '手机' }, { title: 'true' }, {}],
  });
  expect(outcomesOf(done)).toEqual({ 'member-created': 1 });
  expect(await query('SELECT name, phone, birthday::text FROM public.members WHERE name = $1', ['张伟'])).toEqual([
    { name: '张伟', phone: '+8613812340001', birthday: '1990-05-17' },
  ]);
});

const NAME = ['name'];
test.each<[string, () => Promise<Buffer>, string]>([
  [
    'a document of another program',
    () => archiveOf({ 'xl/workbook.xml': null, 'word/document.xml': '<w/>' }),
    'not_a_sheet',
  ],
  ['broken XML', () => workbookOf([], { 'xl/worksheets/one.xml': '<worksheet><row><c>' }), 'not_a_sheet'],
  [
    'entities that multiply',
    () =>
      workbookOf([], {
        'xl/worksheets/one.xml':
          '<!DOCTYPE a [<!ENTITY x "yy">]><worksheet><row><c t="str"><v>&x;</v></c></row></worksheet>',
      }),
    'not_a_sheet',
  ],
  ['an archive cut short', async () => (await workbookOf([NAME, ['Ann']])).subarray(0, 200), 'not_a_sheet'],
  ['a cell of 10 MB', () => workbookOf([NAME, ['x'.repeat(10_000_000)]]), 'cell_too_long'],
  ['2,000 columns', () => workbookOf([Array.from({ length: 2_000 }, () => 'x')]), 'too_many_columns'],
  ['a column far to the right', () => workbookOf([[{ type: 'r="XFD1"', xml: '<v>1</v>' }]]), 'too_many_columns'],
  [
    'shared texts that unpack to 70 MB',
    () => workbookOf([NAME], { 'xl/sharedStrings.xml': `<sst>${' '.repeat(70_000_000)}</sst>` }),
    'unpacked_too_large',
  ],
])('%s is refused', async (_, make, code) => {
  const refused = await desk.upload(await make(), 'members.xlsx');
  expect([refused.status, refused.body.error?.code]).toEqual([422, code]);
});

test('a workbook that says it is small and is not is refused', async () => {
  const content = await workbookOf([NAME, ['x'.repeat(1_000)]]);
  // The size in the directory, where it stands after the name's signature.
  for (let at = content.indexOf('PK\x01\x02'); at >= 0; at = content.indexOf('PK\x01\x02', at + 4)) {
    content.writeUInt32LE(10, at + 24);
  }
  const refused = await desk.upload(content, 'members.xlsx');
  expect(refused.body.error?.code).toBe('not_a_sheet');
});

const manyRows = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => `R-${from + index},Guest ${index},`).join('\n');

test('a run that was cut off goes on where it stopped, and a server that starts goes on by itself', async () => {
  const file = await desk.draft(`card no,name,phone\n${manyRows(1, 1_600)}`);
  const glance = await desk.as.post(`${BASE}/${file.run.id}/preview?scope=first`).send(file.choice).expect(200);
  expect(glance.body).toMatchObject({ isWhole: false, total: 500 });
  await desk.post(file, 'start').expect(202);
  await importsService(tessera.strapi).stop();
  const [left] = await query<{ status: string; line: number }>(
    'SELECT status, checkpoint_line AS line FROM tessera.import_run WHERE id = $1',
    [file.run.id],
  );
  expect(left?.status).toMatch(/running|queued/);
  const made = await query<{ n: number }>(`SELECT count(*) AS n FROM public.members WHERE member_no LIKE 'R-%'`);
  expect(made[0]?.n).toBe(Math.max(0, (left?.line ?? 0) - 1));
  expect(made[0]?.n).toBeLessThan(1_600);
  // What another process would do: the lock of this one is gone with its worker.
  for (let status = 'running'; status === 'running' || status === 'queued'; ) {
    await importsService(tessera.strapi).resumeInterrupted();
    status = (await desk.ended(file.run.id)).run.status;
  }
  const done = await desk.ended(file.run.id);
  expect(done.run).toMatchObject({ status: 'done', counts: { membersCreated: 1_600, rows: 1_600 } });
});

/** Four kinds of rows in turn: a new number, no number, one that is known, one that is wrong. */
const mixedRows = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const kinds = [`K-${index},New ${index},RIVER,`, `,Unnumbered ${index},RIVER,`, `O-${index},After ${index},,`];
    return kinds[index % 4] ?? `K-${index},Wrong ${index},RIVER,1990-13-01`;
  }).join('\n');

const linesDone = async (id: string) =>
  (await query<{ line: number }>('SELECT checkpoint_line AS line FROM tessera.import_run WHERE id = $1', [id]))[0]
    ?.line;

/** A server of its own begins the run and dies in it; the next one goes on by itself and dies, too. @returns where each of them stood */
async function dieTwice(rows: string): Promise<{ id: string; stops: unknown[] }> {
  let node = await bootSecondNode(tessera);
  const as = (token: string) => supertest.agent(node.url).set('authorization', `Bearer ${token}`) as never;
  const there = memberDesk({ as }, owner);
  const file = await there.draft(`card no,name,store,birthday\n${rows}`);
  await there.post(file, 'start', { whenKnown: 'update' }).expect(202);
  const stops: unknown[] = [];
  for (const waitMs of [0, 80]) {
    if (stops.length > 0) node = await bootSecondNode(tessera);
    try {
      const before = await linesDone(file.run.id);
      while ((await linesDone(file.run.id)) === before) await sleep(5);
      // Somewhere within the batch that follows.
      await sleep(waitMs);
    } finally {
      await node.close();
    }
    stops.push(await linesDone(file.run.id));
  }
  return { id: file.run.id, stops };
}

test('killed twice in the midst of a run, it comes to its end: each row once and whole', async () => {
  const count = 6_000;
  const each = count / 4;
  const known = Array.from({ length: each }, (_, index) => `O-${4 * index + 2},Before ${index}`);
  await desk.importAll(`card no,name\n${known.join('\n')}`);
  const { id, stops } = await dieTwice(mixedRows(count));
  await importsService(tessera.strapi).resumeInterrupted();
  const done = await desk.ended(id);
  expect([...new Set(stops)]).toHaveLength(2);
  expect(Math.max(...stops.map(Number))).toBeLessThan(count);

  expect(done.run).toMatchObject({ status: 'done', counts: { rows: count, setAsideRows: each } });
  expect(outcomesOf(done)).toMatchObject({ 'member-created': 2 * each, 'member-updated': each });
  const [made] = await query(
    `SELECT count(*) FILTER (WHERE name LIKE 'New %') AS new, count(DISTINCT name) FILTER (WHERE name LIKE 'New %') AS names,
      count(*) FILTER (WHERE name LIKE 'Unnumbered %') AS unnumbered,
      count(DISTINCT name) FILTER (WHERE name LIKE 'Unnumbered %') AS "unnumberedNames",
      count(*) FILTER (WHERE member_no LIKE 'O-%' AND name = 'After ' || substr(member_no, 3)) AS updated,
      count(*) FILTER (WHERE name LIKE 'Wrong %') AS wrong,
      count(*) FILTER (WHERE (name LIKE 'New %' OR name LIKE 'Unnumbered %') AND (name_pinyin IS NULL OR status <> 'active'
        OR NOT EXISTS (SELECT FROM public.members_home_store_lnk l WHERE l.member_id = m.id))) AS half
    FROM public.members m`,
  );
  expect(made).toEqual({
    new: each,
    names: each,
    unnumbered: each,
    unnumberedNames: each,
    updated: each,
    wrong: 0,
    half: 0,
  });
  const audited = await query(
    `SELECT count(*) AS updates, count(DISTINCT a.subject_id) AS members FROM tessera.audit a JOIN public.members m
      ON m.document_id = a.subject_id WHERE a.subject_type = 'members' AND m.member_no LIKE 'O-%'`,
  );
  expect(audited).toEqual([{ updates: each, members: each }]);
  const { text } = await desk.errors(done).expect(200);
  expect(text.trim().split('\n')).toHaveLength(1 + each);
}, 60_000);

test('cancelled, resumed, done: each row once', async () => {
  const file = await desk.draft(`card no,name\n${manyRows(5_000, 2_000).replaceAll(/,$/gm, '')}`);
  await desk.post(file, 'start').expect(202);
  await desk.as.post(`${BASE}/${file.run.id}/cancel`);
  const stopped = await desk.ended(file.run.id);
  if (stopped.run.status === 'cancelled') await desk.as.post(`${BASE}/${file.run.id}/resume`).expect(202);
  const done = await desk.ended(file.run.id);
  expect(outcomesOf(done)).toEqual({ 'member-created': 2_000 });
  await desk.as.post(`${BASE}/${file.run.id}/cancel`).expect(409);
  await desk.post(file, 'start').expect(409);
});

test('people bring in members of their stores only, fields they may write only, and see their own files only', async () => {
  const elsewhere = await tessera.makeStore({ code: 'HILL' });
  const grants = [
    { permission: 'members.import', scope: 'own-store' as const },
    { permission: 'members.create', scope: 'own-store' as const, write: ['name', 'phone', 'homeStore'] },
  ];
  const person = await signInWith(tessera, grants, store);
  const theirs = memberDesk(tessera, await tessera.signInAs(person.person));
  const done = await theirs.importAll('name,store\nIn,RIVER\nOut,HILL\nNone,\n');
  expect(outcomesOf(done)).toEqual({ 'member-created': 1, 'not-your-store': 2 });
  const again = await theirs.draft('name,note\nIn,x\n');
  const refused = await theirs.post(again, 'preview').expect(403);
  expect(refused.body.error.details.reasons).toEqual([{ code: 'field_read_only', field: 'note' }]);
  await theirs.post(again, 'preview', { mapping: ['name', null], whenKnown: 'update' }).expect(403);
  await theirs.post(again, 'preview', { mapping: ['name', null], homeStoreId: elsewhere }).expect(200);

  const mine = await desk.importAll('name,phone\nAnn,1\n');
  for (const path of ['', '/errors.csv']) await theirs.as.get(`${BASE}/${mine.run.id}${path}`).expect(404);
  expect((await theirs.as.get(BASE)).body).toHaveLength(2);
  for (const path of ['', '/set-aside', '/set-aside.csv']) {
    await desk.as.get(`/api/imports/runs/${mine.run.id}${path}`).expect(404);
  }
  const cashier = await tessera.signIn('cashier', { store });
  await tessera.as(cashier).get(BASE).expect(403);
  await theirs.as.delete(`${BASE}/${again.run.id}`).expect(204);
  await theirs.as.get(`${BASE}/${again.run.id}`).expect(404);
});

test('files, faulty rows and drafts of before some days are cleared, and only those', async () => {
  const old = await desk.importAll('name,phone\nAnn,1\n');
  const draft = await desk.draft('name\nAnn\n');
  const fresh = await desk.importAll('name,phone\nBo,1\n');
  await query(`UPDATE tessera.import_run SET created_at = created_at - interval '8 days' WHERE id = ANY ($1)`, [
    [old.run.id, draft.run.id],
  ]);
  const [left] = await query<{ path: string }>('SELECT file_path AS path FROM tessera.import_run WHERE id = $1', [
    draft.run.id,
  ]);
  const path = left?.path ?? '';
  const longAgo = new Date(Date.now() - 8 * 86_400_000);
  utimesSync(path, longAgo, longAgo);
  const result = await clearMemberFilesJob(tessera.strapi).run({ now: new Date() });
  expect(result).toMatchObject({ rows: 1, drafts: 1 });
  expect(existsSync(path)).toBe(false);
  await desk.errors(old).expect(409);
  await desk.errors(fresh).expect(200);
  await desk.as.get(`${BASE}/${draft.run.id}`).expect(404);
  const cleared = await desk.ended(old.run.id);
  expect(cleared).toMatchObject({ hasErrorFile: false, run: { counts: { setAsideRows: 1 } } });
  expect(cleared.columns.flatMap(({ samples }) => samples)).toEqual([]);
});

const text = fc.string({
  unit: fc.constantFrom('a', 'Ż', '张', ' ', '"', ',', ';', "'", '=', '+', '@', '-', '&', '<', '👩', '\n'),
});
const day = fc.date({ min: new Date('1900-01-02'), max: new Date('2020-01-01'), noInvalidDate: true });
const member = fc.record({
  name: text.map((made) => `x${made.replaceAll('\n', '')}`),
  note: fc.option(text.map((made) => made.trim() || null)),
  tags: fc.option(
    fc.uniqueArray(
      text.map((made) => made.replaceAll('\n', '').trim()).filter((made) => made !== ''),
      { maxLength: 3 },
    ),
  ),
  birthday: fc.option(day.map((date) => date.toISOString().slice(0, 10))),
  gender: fc.constantFrom('female', 'male', 'other', null),
  status: fc.constantFrom('active', 'frozen', 'closed'),
  joinedAt: day.map((date) => date.toISOString()),
  isAtHome: fc.boolean(),
  consent: fc.option(
    fc.record({ consentChannel: fc.constantFrom('paper', 'online'), consentVersion: fc.constant("'=1") }),
  ),
});

async function exportAll(format: 'csv' | 'xlsx', language: 'zh' | 'en'): Promise<Buffer> {
  const answer = await tessera
    .as(owner)
    .post('/api/backoffice/members/exports')
    .send({ format, language, reason: 'Round trip' })
    .buffer(true)
    .parse((response, done) => {
      buffer(response as never).then(
        (content) => done(null, content),
        (error: Error) => done(error, undefined),
      );
    })
    .expect(200);
  return answer.body as Buffer;
}

test('what was exported in full comes in again and changes nothing, in either format and language', async () => {
  const members = fc.sample(member, { numRuns: 60, seed: Number(process.env['SEED'] ?? 1) });
  for (const { isAtHome, consent, ...fields } of members) {
    await tessera.makeMember({ ...fields, ...consent, ...(isAtHome ? { homeStore: store } : {}) });
  }
  const before = await query('SELECT * FROM public.members ORDER BY id');
  for (const [format, language] of [
    ['csv', 'zh'],
    ['csv', 'en'],
    ['xlsx', 'zh'],
    ['xlsx', 'en'],
  ] as const) {
    const done = await desk.importAll(await exportAll(format, language), { whenKnown: 'update' });
    expect(outcomesOf(done)).toEqual({ 'member-unchanged': before.length });
    expect(done.run.isUnchanged).toBe(true);
  }
  expect(await query('SELECT * FROM public.members ORDER BY id')).toEqual(before);
  expect(await countMembers()).toBe(before.length);
});
