import { findByCode, indexCatalogue, initialsOf, searchCatalogue, type CatalogueItem } from './catalogue-search';

function item(fields: Partial<CatalogueItem>): CatalogueItem {
  return {
    sku: 'X',
    kind: 'product',
    nameZh: '',
    nameEn: '',
    unitPrice: 100,
    categoryId: null,
    barcodes: [],
    imageUrl: null,
    durationMinutes: null,
    searchText: '',
    ...fields,
  };
}
const TEA = item({ sku: 'TEA-1', nameZh: '茉莉花茶', nameEn: 'Jasmine tea', searchText: 'molihuacha mlhc' });
const MILK = item({ sku: 'TEA-2', nameZh: '奶茶', nameEn: 'Milk tea', searchText: 'naicha nc', barcodes: ['6901'] });
const index = indexCatalogue({ version: '1', categories: [], items: [TEA, MILK] });
const find = (text: string) => searchCatalogue(index, text, 10).map(({ sku }) => sku);

test.each([
  ['茉莉', ['TEA-1']],
  ['jasm', ['TEA-1']],
  ['TEA milk', ['TEA-2']],
  ['mlhc', ['TEA-1']],
  ['naicha', ['TEA-2']],
  ['tea-2', ['TEA-2']],
  ['6901', ['TEA-2']],
  ['茶', ['TEA-1', 'TEA-2']],
  ['ｔｅａ', ['TEA-1', 'TEA-2']],
  ['coffee', []],
  ['  ', []],
])('"%s" finds %j', (text, skus) => {
  expect(find(text)).toEqual(skus);
});

test('a code is a barcode or a SKU, in any case', () => {
  expect(findByCode(index, '6901')?.sku).toBe('TEA-2');
  expect(findByCode(index, 'tea-1')?.sku).toBe('TEA-1');
  expect(findByCode(index, '690')).toBeNull();
});

test('initials of a tile', () => {
  expect(initialsOf('Jasmine tea')).toBe('JT');
  expect(initialsOf('茉莉花茶')).toBe('茉莉');
  expect(initialsOf('')).toBe('');
});
