import { suggestMapping, type MemberField } from './columns';
import { readCells } from './read-cells';

const facts = { stores: new Map([['river', 's1']]), timeZone: 'Asia/Shanghai' };

test.each([
  ['会员卡号,姓名,手机号码,出生日期,性别,备注', ['memberNo', 'name', 'phone', 'birthday', 'gender', 'note']],
  [
    'Card No., FULL NAME ,mobile_phone,Date of birth,Sex,Shop',
    ['memberNo', 'name', 'phone', 'birthday', 'gender', 'homeStore'],
  ],
  ['name,Name,constructor,__proto__,Line,Reason', ['name', null, null, null, null, null]],
])('%s is recognised', (header, fields) => {
  expect(suggestMapping(header.split(','))).toEqual(fields);
});

test.each<[MemberField, string, unknown]>([
  ['birthday', '1990-05-17', '1990-05-17'],
  ['birthday', '1990/5/7', '1990-05-07'],
  ['birthday', '1990年5月7日', '1990-05-07'],
  ['birthday', '19900507', '1990-05-07'],
  ['birthday', '1990-05-17 00:00:00', '1990-05-17'],
  // What is no day is left for the preparation to refuse.
  ['birthday', '1990', '1990'],
  ['joinedAt', '2026-01-31T10:00:00.000Z', '2026-01-31T10:00:00.000Z'],
  ['joinedAt', '2026-01-31', '2026-01-30T16:00:00.000Z'],
  ['joinedAt', '2026/1/31 9:30', '2026-01-31T01:30:00.000Z'],
  ['gender', ' 女 ', 'female'],
  ['status', 'Active', 'active'],
  ['homeStore', 'RIVER', 's1'],
  ['tags', 'a；b、c', ['a', 'b', 'c']],
  ['name', ' Ann ', ' Ann '],
])('%s %j is %j', (field, cell, value) => {
  expect(readCells([cell], [field], facts)).toEqual({ body: { [field]: value }, faults: [] });
});

test.each<[MemberField, string, string]>([
  ['joinedAt', 'yesterday', 'bad-date'],
  ['joinedAt', '2026-02-30', 'bad-date'],
  ['joinedAt', '2026-02-03 25:00', 'bad-date'],
  ['gender', 'constructor', 'unknown-value'],
  ['homeStore', '__proto__', 'unknown-store'],
  ['phone', '+86*******5678', 'masked-value'],
  ['birthday', '****-**-**', 'masked-value'],
  ['note', '***', 'masked-value'],
  ['name', '张**', 'masked-value'],
])('%s %j is refused as %s', (field, cell, code) => {
  expect(readCells([cell], [field], facts)).toEqual({ body: {}, faults: [{ code, field }] });
});

test('an empty cell says nothing; a cell beyond the header is a fault of the row', () => {
  expect(readCells([' ', 'x'], ['name', 'note'], facts)).toEqual({ body: { note: 'x' }, faults: [] });
  expect(readCells(['x', '', 'y'], ['name', null], facts).faults).toEqual([{ code: 'bad-row', field: null }]);
});
