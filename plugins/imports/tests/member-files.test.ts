import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { kernel } from '@tessera/kernel/public';
import { bootTessera, type Tessera } from '../../../config/presets/testing';
import { memberPreviewSchema, type MemberChoice } from '../src/contracts';
import { memberDesk, outcomesOf } from './member-desk';

let tessera: Tessera;
let desk: ReturnType<typeof memberDesk>;
let store: string;
beforeAll(async () => {
  tessera = await bootTessera();
  desk = memberDesk(tessera, await tessera.signIn('owner'));
  store = await tessera.makeStore({ code: 'RIVER', nameZh: '江边店', nameEn: 'Riverside' });
});
afterAll(() => tessera.close());

type Fields = Record<string, unknown>;
async function read(memberNo: string): Promise<Fields | undefined> {
  const [found] = await tessera.strapi
    .documents('api::member.member')
    .findMany({ filters: { memberNo } as never, populate: '*' as never });
  return found as Fields | undefined;
}

const FILE = [
  '会员号,姓名,手机号码,生日,性别,标签,所属门店,猫',
  'T-1,张三丰,138 1234 5678,1990/5/17,男,老客;染发,江边店,x',
  'T-2,Zoë Smith,+44 20 7946 0958,,f,,RIVER,',
  'T-3,王五,12345,2990-01-01,neither,,nowhere,',
  'T-4,李四,13812345678,,,,,',
  ',,13912345678,,,,,',
  '',
].join('\r\n');

test('columns are recognised, a preview says what each row becomes, and a run does just that', async () => {
  const file = await desk.draft(FILE);
  expect(file).toMatchObject({ rows: 5, format: 'csv', encoding: 'utf-8', run: { status: 'draft' } });
  expect(file.choice.mapping).toEqual(['memberNo', 'name', 'phone', 'birthday', 'gender', 'tags', 'homeStore', null]);

  const { body } = await desk.post(file, 'preview').expect(200);
  const preview = memberPreviewSchema.parse(body);
  expect(preview.rows.map(({ outcome, lineNo }) => [lineNo, outcome])).toEqual([
    [2, 'member-created'],
    [3, 'member-created'],
    [4, 'unknown-value'],
    [5, 'duplicate-phone'],
    [6, 'missing-name'],
  ]);
  expect(preview.rows[0]?.values).toMatchObject({ phone: '+8613812345678', birthday: '1990-05-17', gender: 'male' });
  expect(preview.rows[2]?.faults.map(({ code, field }) => [code, field])).toEqual([
    ['unknown-value', 'gender'],
    ['unknown-store', 'homeStore'],
    ['bad-phone', 'phone'],
    ['bad-birthday', 'birthday'],
  ]);
  expect(preview.rows[3]?.faults).toMatchObject([{ code: 'duplicate-phone', field: 'phone', line: 2 }]);
  expect(await read('T-1')).toBeUndefined();

  await desk.post(file, 'start').expect(202);
  const done = await desk.ended(file.run.id);
  expect(outcomesOf(done)).toEqual(Object.fromEntries(preview.outcomes.map(({ code, rows }) => [code, rows])));
  expect(await read('T-1')).toMatchObject({
    name: '张三丰',
    phoneLast4: '5678',
    namePinyin: 'zhang sanfeng',
    tags: ['老客', '染发'],
    source: 'import',
    homeStore: { documentId: store },
  });
});

test('an imported member is what the document service would have made of the same facts', async () => {
  const made = await tessera.strapi.documents('api::member.member').create({
    data: {
      ...{ memberNo: 'T-BY-HAND', name: '张三丰', phone: '13712345678', birthday: '1990-05-17', gender: 'male' },
      ...{ tags: ['老客', '染发'], source: 'import', homeStore: store },
    } as never,
  });
  const own = ['id', 'documentId', 'memberNo', 'phone', 'createdAt', 'updatedAt', 'publishedAt', 'joinedAt'];
  const shapeOf = (member: Fields | undefined) =>
    Object.fromEntries(Object.entries(member ?? {}).filter(([name]) => !own.includes(name)));
  const imported = await read('T-1');
  expect(shapeOf(imported)).toEqual(shapeOf(await read('T-BY-HAND')));
  expect(typeof imported?.['joinedAt']).toBe(typeof made['joinedAt']);
  expect(imported?.['publishedAt']).not.toBeNull();
});

test('the same file again changes nothing', async () => {
  const before = await read('T-1');
  for (const whenKnown of ['skip', 'update'] as const) {
    const again = await desk.importAll(FILE, { whenKnown });
    expect(again.run).toMatchObject({
      status: 'done',
      isUnchanged: true,
      counts: { membersCreated: 0, membersUpdated: 0 },
    });
    expect(await read('T-1')).toEqual(before);
  }
});

test('rows that were not taken are downloaded with their reasons, mended, and sent again', async () => {
  const first = await desk.importAll('Name,Mobile\n"=cmd, x",+86 137 0000 0001\nAnn,1\nBo,13700000003\n');
  expect(outcomesOf(first)).toEqual({ 'member-created': 2, 'bad-phone': 1 });
  const { text, headers } = await desk.errors(first).expect(200);
  expect(headers['cache-control']).toBe('no-store');
  expect(text).toBe('\uFEFFName,Mobile,Line,Reason\r\nAnn,1,3,Phone: This is not a phone number\r\n');
  expect((await desk.errors(first, 'zh')).text).toContain('手机号: 不是有效的电话号码');

  const mended = await desk.importAll(text.replace('Ann,1,', 'Ann,137 0000 0002,'));
  expect(outcomesOf(mended)).toEqual({ 'member-created': 1 });
  expect(mended.hasErrorFile).toBe(false);
  await desk.errors(mended).expect(409);
});

test('the error file runs no formula, and what it shields comes in as it was', async () => {
  const file = await desk.importAll('Name,Phone\n=HYPERLINK(1),+1\n@x,-2\n');
  const { text } = await desk.errors(file).expect(200);
  expect(text).toContain("\r\n'=HYPERLINK(1),'+1,2,");
  const mended = await desk.importAll(text.replace("'+1", '13700000009').replace("'-2", ''));
  expect(outcomesOf(mended)).toEqual({ 'member-created': 2 });
  const names = await kernel(tessera.strapi).database.query('SELECT name FROM public.members WHERE name ~ $1', [
    '^[=@]',
  ]);
  expect(names).toEqual(expect.arrayContaining([{ name: '=HYPERLINK(1)' }, { name: '@x' }]));
});

test('known members are left as they are, or get what the file says, each change on the trail', async () => {
  await desk.importAll('member no,name,phone,note\nU-1,Ann,13800000001,nuts\nU-2,Bea,13800000002,\n');
  const change =
    'member no,name,phone,note\nU-1,Anna,,\n,Bea Lee,13800000002,new\nU-2,X,,\nU-9,Bo,13800000001,\nU-2,,13800000001,\n';
  const skipped = await desk.importAll(change);
  expect(outcomesOf(skipped)).toEqual({ 'member-skipped': 4, 'duplicate-number': 1 });
  const updated = await desk.importAll(change, { whenKnown: 'update' });
  expect(outcomesOf(updated)).toEqual({
    'member-updated': 2,
    'duplicate-member': 1,
    'number-differs': 1,
    'duplicate-number': 1,
  });
  expect(await read('U-1')).toMatchObject({
    name: 'Anna',
    namePinyin: 'anna',
    phone: '+8613800000001',
    note: 'nuts',
    version: 2,
  });
  expect(await read('U-2')).toMatchObject({ name: 'Bea Lee', note: 'new' });
  const lines = await kernel(tessera.strapi).database.query<{ before: Fields; after: Fields; fields: string[] }>(
    `SELECT fields, before, after FROM tessera.audit WHERE action = 'members.import' AND subject_type = 'members' ORDER BY id`,
  );
  expect(lines).toEqual([
    { fields: ['name'], before: { name: 'Ann' }, after: { name: 'Anna' } },
    { fields: ['name', 'note'], before: { name: 'Bea', note: null }, after: { name: 'Bea Lee', note: '***' } },
  ]);
});

test.each([
  ['UTF-8 with a mark', Buffer.from('\uFEFF姓名,备注\n赵敏一,好\n')],
  ['UTF-16', Buffer.from('\uFEFF姓名\t备注\n赵敏二\t好\n', 'utf16le')],
  // 姓名,备注 / 赵敏三,好
  ['GB18030', Buffer.from('d0d5c3fb2cb1b8d7a20ad5d4c3f4c8fd2cbac30a', 'hex')],
  ['semicolons and mixed line ends', '姓名;备注\r赵敏四;好\r\n\n'],
])('%s is read', async (_, content) => {
  const done = await desk.importAll(content);
  expect(outcomesOf(done)).toEqual({ 'member-created': 1 });
  const [found] = await kernel(tessera.strapi).database.query<Fields>(
    `SELECT name, note, name_initials AS initials FROM public.members ORDER BY id DESC LIMIT 1`,
  );
  expect(found).toMatchObject({ name: expect.stringMatching(/^赵敏[一二三四]$/), note: '好' });
});

const wide = Array.from({ length: 2_000 }, (_, index) => `c${index}`).join(',');
test.each<[string, string | Buffer, string]>([
  ['nothing', '', 'empty_file'],
  ['a header alone', 'name,phone\n', 'empty_file'],
  ['a cell of 10 MB', `name,note\nAnn,"${'x'.repeat(10_000_000)}"\n`, 'cell_too_long'],
  ['an unclosed quote', `name,note\nAnn,"${'x\n'.repeat(200_000)}`, 'cell_too_long'],
  ['2,000 columns', `${wide}\n${wide}\n`, 'too_many_columns'],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1]), 'not_a_sheet'],
  ['an old Excel file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'not_a_sheet'],
  ['an archive that is none', Buffer.from('PK\u0003\u0004 no zip at all'), 'not_a_sheet'],
  [
    'bytes of no encoding',
    Buffer.concat([Buffer.from('name\n'), Buffer.from([0xff, 0xff, 0xff, 0x0a])]),
    'unreadable_file',
  ],
])('%s is refused before anything is kept', async (_, content, code) => {
  const refused = await desk.upload(content);
  expect([refused.status, refused.body.error?.code]).toEqual([422, code]);
  const hash = createHash('sha256').update(content).digest('hex');
  const kept = readdirSync(tessera.strapi.config.get('plugin::imports.directory') as string);
  expect(kept.filter((name) => name.startsWith(hash))).toEqual([]);
});

test('headers and cells that are names of the language are names of columns and texts', async () => {
  const done = await desk.importAll('__proto__,constructor,name,toString\n1,2,__proto__,4\nx,y,hasOwnProperty,z\n');
  expect(done.columns.map(({ title }) => title)).toEqual(['__proto__', 'constructor', 'name', 'toString']);
  expect(outcomesOf(done)).toEqual({ 'member-created': 2 });
});

test('texts that are hard to store are refused row by row, and unicode is kept', async () => {
  const long = `E,${'x'.repeat(2_100)}\n`.repeat(32);
  const done = await desk.importAll(`name,note\nA\u0007B,x\n"👩‍👩‍👧 Żółć \u202Ex",ok\nD,***\n${long}C,"a\u0000"\n`);
  expect(outcomesOf(done)).toEqual({
    'member-created': 1,
    'bad-name': 1,
    'masked-value': 1,
    'too-long': 32,
    'bad-text': 1,
  });
});

test.each<[string, Partial<MemberChoice>, number]>([
  ['two columns of one field', { mapping: ['name', 'name'] }, 422],
  ['a column too few', { mapping: ['name'] }, 422],
  ['nothing that tells who it is', { mapping: ['note', null] }, 422],
  ['a store that is none', { homeStoreId: 'aaaaaaaaaaaaaaaaaaaaaaaa' }, 400],
  ['a field that is none', { mapping: ['name', 'version' as 'note'] }, 400],
])('%s is refused', async (_, choice, status) => {
  await desk.post(await desk.draft('name,note\nAnn,x\n'), 'preview', choice).expect(status);
});
