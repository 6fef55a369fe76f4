import { kernel } from '@tessera/kernel/public';
import { bootTessera, type Tessera } from '../../../config/presets/testing';
import { members } from '../src/public';

let tessera: Tessera;
beforeAll(async () => {
  tessera = await bootTessera();
});
afterAll(() => tessera.close());

type Fields = Record<string, unknown>;
const documents = () => tessera.strapi.documents('api::member.member');
const create = (data: Fields) => documents().create({ data: data as never });

test('a new member gets the next number, the moment of joining and what it is found by', async () => {
  const made = await create({ name: ' 欧阳  修 ', phone: '138 0000 1111' });
  expect(made).toMatchObject({
    memberNo: expect.stringMatching(/^M\d{6}$/),
    name: '欧阳 修',
    phone: '+8613800001111',
    phoneLast4: '1111',
    nameInitials: 'oyx',
    status: 'active',
  });
  expect(Date.parse(made.joinedAt as string)).toBeGreaterThan(Date.now() - 60_000);
});

test('forty members made at once have forty numbers', async () => {
  const made = await Promise.all(Array.from({ length: 40 }, (_, index) => create({ name: `同时${index}` })));
  expect(new Set(made.map((member) => member.memberNo)).size).toBe(40);
});

test('a number that somebody typed is stepped over', async () => {
  const next = await members(tessera.strapi).nextMemberNo();
  const typed = `M${String(Number(next.slice(1)) + 1).padStart(6, '0')}`;
  await create({ name: 'typed', memberNo: typed.toLowerCase() });
  expect((await create({ name: 'generated' })).memberNo).toBe(`M${String(Number(next.slice(1)) + 2).padStart(6, '0')}`);
});

test('a change of name changes what the member is found by, a change of something else does not', async () => {
  const { documentId } = await create({ name: '张三', phone: '13800002222' });
  await documents().update({ documentId, data: { gender: 'male' } as never });
  const renamed = await documents().update({ documentId, data: { name: '李四' } as never });
  expect(renamed).toMatchObject({ namePinyin: 'li si', nameInitials: 'ls', phoneLast4: '2222', gender: 'male' });
});

test.each([
  [{ phone: '123' }, 'invalid_phone'],
  [{ birthday: '2999-01-01' }, 'invalid_birthday'],
  [{ tags: [1] }, 'invalid_tags'],
  [{ consentChannel: 'paper' }, 'incomplete_consent'],
  [{ status: 'merged' }, 'invalid_merge'],
])('%j is refused with %s and leaves nothing behind', async (fields, code) => {
  const name = `refused ${code}`;
  await expect(create({ name, ...fields })).rejects.toMatchObject({ code });
  expect(await kernel(tessera.strapi).database.query('SELECT 1 FROM members WHERE name = $1', [name])).toEqual([]);
});

test('one phone belongs to one member, also when two enrol at once', async () => {
  const tries = Array.from({ length: 6 }, () => create({ name: 'twin', phone: '13800003333' }));
  const outcomes = await Promise.allSettled(tries);
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
});

test('a phone of staff is kept as a member’s is, by our API and by Strapi’s own screens', async () => {
  const owner = tessera.as(await tessera.signIn('owner'));
  const screen = '/content-manager/collection-types/api::staff-profile.staff-profile';
  const made = await owner
    .post('/api/backoffice/staff')
    .send({ staffNo: 'P-1', name: '李', phone: '138 0000 4444' })
    .expect(201);
  expect(made.body.phone).toBe('+8613800004444');
  const other = await owner.post(screen).send({ staffNo: 'P-2', name: '王', phone: '(0)13800005555' });
  expect([other.status, other.body.data.phone]).toEqual([201, '+8613800005555']);
  for (const [url, staffNo] of [
    ['/api/backoffice/staff', 'P-3'],
    [screen, 'P-4'],
  ] as const) {
    const refused = await owner.post(url).send({ staffNo, name: '赵', phone: 'front desk' });
    // Strapi's own screens get the code where they look for it.
    expect([refused.status, refused.body.error.code ?? refused.body.error.name]).toEqual([400, 'invalid_phone']);
  }
  const kept = await kernel(tessera.strapi).database.query(
    `SELECT staff_no FROM staff_profiles WHERE staff_no LIKE 'P-%'`,
  );
  expect(kept).toEqual([{ staff_no: 'P-1' }, { staff_no: 'P-2' }]);
});
