import { prepareItem } from './prepare-item';

const before = { sku: 'A-1', nameZh: '美式咖啡', nameEn: 'Americano', barcodes: ['690'] };

test('an item is found by both names, pinyin, initials, number and barcodes', () => {
  const { searchText } = prepareItem({ ...before }, null);
  for (const word of ['美式咖啡', 'americano', 'meishikafei', 'mskf', 'a-1', '690']) expect(searchText).toContain(word);
});

test('a change of one name keeps what is known of the others', () => {
  expect(prepareItem({ nameEn: 'Long black' }, before)['searchText']).toContain('mskf');
});

test('the number is trimmed, barcodes become texts without blanks or repetition', () => {
  const prepared = prepareItem({ sku: ' A-2 ', barcodes: [' 69 ', 69, '', 'x'] }, null);
  expect(prepared).toMatchObject({ sku: 'A-2', barcodes: ['69', 'x'] });
});

test('a search text that a client made up is not believed', () => {
  expect(prepareItem({ unitPrice: 5, searchText: 'free' }, before)).toEqual({ unitPrice: 5 });
});

test.each([['690'], [{}], [[{}]], [['x'.repeat(65)]], [Array.from({ length: 21 }, (_, index) => `${index}`)]])(
  'barcodes %j are refused',
  (barcodes) => {
    expect(() => prepareItem({ barcodes }, null)).toThrow('Barcodes are');
  },
);
