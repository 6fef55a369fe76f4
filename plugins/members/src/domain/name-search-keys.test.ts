import fc from 'fast-check';
import { nameSearchKeys, titleSearchKeys } from './name-search-keys';

test.each([
  ['张三丰', 'zhang sanfeng', 'zsf'],
  ['单田芳', 'shan tianfang', 'stf'],
  ['曾国藩', 'zeng guofan', 'zgf'],
  ['仇英', 'qiu ying', 'qy'],
  ['吕布', 'lv bu', 'lb'],
  ['欧阳修', 'ouyang xiu', 'oyx'],
  ['欧阳', 'ou yang', 'oy'],
  ['王', 'wang', 'w'],
  ['Mary Smith', 'mary smith', 'ms'],
  ['  Zoë   O’Brien-Müller ', 'zoe obrienmuller', 'zo'],
  ['Li小龙', 'li xiaolong', 'lxl'],
  ['张三 Smith', 'zhang san smith', 'zss'],
  ['ＡＢＣ公司', 'abc gongsi', 'ags'],
  ['😀', '', ''],
])('the name %s is found by %j and %j', (name, pinyin, initials) => {
  expect(nameSearchKeys(name)).toEqual({ pinyin, initials });
});

test.each([
  ['单人按摩', 'danrenanmo', 'dram'],
  ['美式咖啡 Large', 'meishikafei large', 'mskfl'],
])('the title %s is read without surnames', (title, pinyin, initials) => {
  expect(titleSearchKeys(title)).toEqual({ pinyin, initials });
});

test('keys of any text fit their columns, are lower case and have single spaces', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (name) => {
      for (const keys of [nameSearchKeys(name), titleSearchKeys(name)]) {
        expect(keys.pinyin.length).toBeLessThanOrEqual(300);
        expect(keys.initials.length).toBeLessThanOrEqual(80);
        expect(keys.pinyin).toBe(keys.pinyin.trim().replace(/\s+/g, ' '));
        expect(keys.pinyin).not.toMatch(/[A-Z\p{Cc}]/u);
      }
    }),
  );
});
