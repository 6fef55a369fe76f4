import fc from 'fast-check';
import { TesseraError } from '@tessera/kernel/domain';
import { prepareMember, type MemberData } from './prepare-member';

const NOW = new Date('2026-03-01T10:00:00Z');
const update = (data: MemberData) => prepareMember(data, { action: 'update', now: NOW, defaultCountry: 'CN' });
const create = (data: MemberData) => prepareMember(data, { action: 'create', now: NOW, defaultCountry: 'CN' });

function codeOf(run: () => unknown): string {
  try {
    run();
    return 'ok';
  } catch (error) {
    if (error instanceof TesseraError) return error.code;
    throw error;
  }
}

test('a name is trimmed, composed and searchable', () => {
  expect(update({ name: '  Zoe\u0308   Smith ' })).toEqual({
    name: 'Zoë Smith',
    namePinyin: 'zoe smith',
    nameInitials: 'zs',
  });
});

test('a phone is normalised and keeps its last four digits', () => {
  expect(update({ phone: '138-1234-5678' })).toEqual({ phone: '+8613812345678', phoneLast4: '5678' });
  expect(update({ phone: '' })).toEqual({ phone: null, phoneLast4: null });
});

test('derived fields are never believed', () => {
  expect(update({ phoneLast4: '0000', namePinyin: 'x', nameInitials: 'x', gender: 'male' })).toEqual({
    gender: 'male',
  });
});

test('a new member joined now unless said otherwise', () => {
  expect(create({}).joinedAt).toBe(NOW.toISOString());
  expect(create({ joinedAt: '2020-01-01T00:00:00Z' }).joinedAt).toBe('2020-01-01T00:00:00Z');
  expect(update({})).toEqual({});
});

test.each([
  ['2026-03-01', 'ok'],
  ['2026-03-02', 'invalid_birthday'],
  ['1900-01-01', 'ok'],
  ['1899-12-31', 'invalid_birthday'],
  ['2000-02-29', 'ok'],
  ['2001-02-29', 'invalid_birthday'],
  ['2001-2-9', 'invalid_birthday'],
  [20010101, 'invalid_birthday'],
  [null, 'ok'],
])('birthday %j: %s', (birthday, code) => {
  expect(codeOf(() => update({ birthday }))).toBe(code);
});

test.each([
  [{ name: ' ' }, 'invalid_name'],
  [{ name: null }, 'invalid_name'],
  [{ name: 'a\0' }, 'invalid_name'],
  [{ memberNo: 'M 1' }, 'invalid_member_no'],
  [{ phone: 7 }, 'invalid_phone'],
  [{ phone: '12' }, 'invalid_phone'],
  [{ note: 'a\0' }, 'invalid_text'],
  [{ tags: 'vip' }, 'invalid_tags'],
  [{ tags: [''] }, 'invalid_tags'],
  [{ tags: ['x'.repeat(41)] }, 'invalid_tags'],
  [{ tags: ['vip', ' vip '] }, 'ok'],
  [{ consentChannel: 'paper' }, 'incomplete_consent'],
  [{ consentAt: '2026-01-01T00:00:00Z' }, 'incomplete_consent'],
  [{ consentChannel: 'paper', consentVersion: '1', consentAt: '2026-03-02T00:00:00Z' }, 'incomplete_consent'],
  [{ consentChannel: 'paper', consentVersion: '1', consentAt: 'soon' }, 'incomplete_consent'],
  [{ consentChannel: 'paper', consentVersion: '1' }, 'ok'],
  [{ consentChannel: null, consentVersion: null, consentAt: null }, 'ok'],
  [{ status: 'merged' }, 'invalid_merge'],
  [{ status: 'active', mergedInto: 'abc' }, 'invalid_merge'],
  [{ status: 'merged', mergedInto: null }, 'invalid_merge'],
  [{ mergedInto: { connect: ['abc'] } }, 'ok'],
])('%j: %s', (data, code) => {
  expect(codeOf(() => update(data))).toBe(code);
});

test('a member merged into another one is marked as merged', () => {
  expect(update({ mergedInto: { connect: [{ documentId: 'abc' }] } })).toMatchObject({ status: 'merged' });
});

test('a consent without a moment was given now', () => {
  expect(update({ consentChannel: 'paper', consentVersion: '1' }).consentAt).toBe(NOW.toISOString());
});

test('whatever is written, preparing it again changes nothing, and refusals are typed and do not repeat the value', () => {
  const names = ['name', 'memberNo', 'phone', 'birthday', 'tags', 'note', 'status', 'mergedInto', 'consentAt'];
  const value = fc.oneof(fc.string({ unit: 'binary' }), fc.anything(), fc.constantFrom('138 1234 5678', '2000-01-01'));
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), value), (data) => {
      try {
        const once = update(data);
        expect(update(once)).toEqual(once);
      } catch (error) {
        if (!(error instanceof TesseraError)) throw error;
        expect(error.status).toBe(400);
        expect(Object.keys(error.details as object)).toEqual(['field']);
      }
    }),
  );
});
