import { matchActions } from './match-actions';

const entry = (name: string, keywords = '', priority = 0) => ({ name, keywords, priority });
const sale = entry('Start a sale', 'till Till');
const products = entry('Go to Products', 'products');
const newProduct = entry('New product', 'products new');
const members = entry('前往会员', 'members 会员');
const all = [sale, products, newProduct, members];

test('nothing typed leaves everything, in its order', () => {
  expect(matchActions(all, ' ')).toEqual(all);
});

test('every word typed begins a word of the entry', () => {
  expect(matchActions(all, 'prod new')).toEqual([newProduct]);
  expect(matchActions(all, 'ducts')).toEqual([]);
});

test('汉字 are found inside a word', () => {
  expect(matchActions(all, '会员')).toEqual([members]);
});

test('an entry whose name begins with what is typed comes first', () => {
  expect(matchActions(all, 'new')[0]).toBe(newProduct);
  expect(matchActions([products, newProduct], 'New p')[0]).toBe(newProduct);
});

test('what the server finds later never comes before what is there at once', () => {
  const found = entry('sale Sally', 'sale', -1);
  expect(matchActions([found, ...all], 'sale')).toEqual([sale, found]);
});
