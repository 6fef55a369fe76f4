import fc from 'fast-check';
import { formatMemberNo, planLookup } from './plan-lookup';

const EVERYTHING = { defaultCountry: 'CN', searchable: { memberNo: true, phone: true, name: true } };
const steps = (query: string, facts = EVERYTHING) => planLookup(query, facts).map(({ by, value }) => `${by} ${value}`);

test.each([
  ['5678', ['memberNo 5678', 'memberNo M005678', 'phoneLast4 5678', 'memberNoPrefix 5678']],
  ['138 1234 5678', ['phone +8613812345678']],
  ['+86 13812345678', ['phone +8613812345678']],
  ['m000123', ['memberNo M000123', 'memberNoPrefix M000123', 'pinyinPrefix m000123']],
  ['张', ['namePrefix 张', 'namePart 张']],
  ['张san', ['namePrefix 张san', 'namePart 张san']],
  ['Zhang San', ['pinyinPrefix zhangsan', 'givenPinyinPrefix zhangsan']],
  ['zs', ['pinyinPrefix zs', 'initialsPrefix zs', 'givenPinyinPrefix zs', 'givenInitialsPrefix zs']],
  ['José', ['pinyinPrefix jose', 'initialsPrefix jose', 'givenPinyinPrefix jose', 'givenInitialsPrefix jose']],
  ['100%_\\', ['namePrefix 100%_\\']],
  ['', []],
])('%j is searched as %j', (query, expected) => {
  const found = steps(query);
  for (const step of expected) expect(found).toContain(step);
  if (expected.length === 0) expect(found).toEqual([]);
});

test('a part of a phone number finds nobody by phone', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{1,10}$/), (digits) => {
      fc.pre(digits.length !== 4);
      const byPhone = planLookup(digits, EVERYTHING).filter((step) => step.by.startsWith('phone'));
      expect(byPhone.filter((step) => step.value.length - 3 > digits.length)).toEqual([]);
    }),
  );
});

test('what one may not search by is not searched by', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 64 }), (query) => {
      const nothing = { defaultCountry: 'CN', searchable: { memberNo: false, phone: false, name: false } };
      expect(planLookup(query, nothing)).toEqual([]);
    }),
  );
});

test('a number is at least six digits wide and never cut', () => {
  expect([1, 999_999, 1_000_000].map(formatMemberNo)).toEqual(['M000001', 'M999999', 'M1000000']);
});
