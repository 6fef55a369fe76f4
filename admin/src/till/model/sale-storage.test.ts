import {
  forgetSale,
  keepDraft,
  keepSale,
  keptDraft,
  rememberedTill,
  rememberTill,
  unansweredSales,
  type Shelf,
} from './sale-storage';
import { EMPTY_CART, type Cart, type FrozenSale } from './till-state';

const PLACE = { storeId: 'store0000000000000000', tillId: 'till00000000000000000' };

function shelfOf(entries = new Map<string, string>()): Shelf {
  return {
    get length() {
      return entries.size;
    },
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (name) => entries.get(name) ?? null,
    setItem: (name, value) => void entries.set(name, value),
    removeItem: (name) => void entries.delete(name),
  };
}

const cart: Cart = {
  ...EMPTY_CART,
  lines: [{ key: 1, sku: 'A', quantity: 2, staffIds: [] }],
  member: {
    id: 'member000000000000000',
    memberNo: 'M-1',
    name: '王小明',
    phone: '+8613900004711',
    birthday: '1990-01-01',
  },
};

function sale(key: string, startedAt: string): FrozenSale {
  const request = { ...PLACE, memberId: null, lines: [{ sku: 'A', quantity: 2 }], tenders: [], quoteHash: 'h' };
  return { key, request, cart, staffId: '7', staffName: 'Li', startedAt };
}
const FIRST = sale('3f0c2f0e-6a0b-4c53-9a4e-6f6a3b0f9d11', '2026-11-24T08:00:00Z');
const SECOND = sale('5d1c2f0e-6a0b-4c53-9a4e-6f6a3b0f9d22', '2026-11-24T08:01:00Z');

test('an unanswered sale comes back with the same key and the same body', () => {
  const shelf = shelfOf();
  keepSale(shelf, SECOND);
  keepSale(shelf, FIRST);
  expect(unansweredSales(shelf, PLACE).map(({ key, request }) => ({ key, request }))).toEqual([
    { key: FIRST.key, request: FIRST.request },
    { key: SECOND.key, request: SECOND.request },
  ]);
});

test('an answered sale is forgotten, the others are not', () => {
  const shelf = shelfOf();
  keepSale(shelf, FIRST);
  keepSale(shelf, SECOND);
  forgetSale(shelf, FIRST.key);
  expect(unansweredSales(shelf, PLACE).map(({ key }) => key)).toEqual([SECOND.key]);
});

test('the sales of another till are left to it', () => {
  const shelf = shelfOf();
  keepSale(shelf, FIRST);
  expect(unansweredSales(shelf, { ...PLACE, tillId: 'other0000000000000000' })).toEqual([]);
});

test('a cart being put together survives, without phone and birthday', () => {
  const entries = new Map<string, string>();
  const shelf = shelfOf(entries);
  keepDraft(shelf, { place: PLACE, cart, saleKey: null, doubtful: null });
  expect(keptDraft(shelf, PLACE)?.cart.lines).toEqual(cart.lines);
  expect([...entries.values()].join()).not.toMatch(/4711|1990/);
});

test('an emptied cart is forgotten', () => {
  const shelf = shelfOf();
  keepDraft(shelf, { place: PLACE, cart, saleKey: null, doubtful: null });
  keepDraft(shelf, { place: PLACE, cart: EMPTY_CART, saleKey: null, doubtful: null });
  expect(keptDraft(shelf, PLACE)).toBeNull();
});

test('what somebody else wrote there is as if it were not there', () => {
  const entries = new Map([
    ['tessera.till.draft.till00000000000000000', '{"cart":'],
    ['tessera.till.sale.x', '{"key":"no uuid"}'],
  ]);
  expect(keptDraft(shelfOf(entries), PLACE)).toBeNull();
  expect(unansweredSales(shelfOf(entries), PLACE)).toEqual([]);
});

test('a storage that refuses says so instead of stopping the sale', () => {
  const full: Shelf = {
    ...shelfOf(),
    setItem: () => {
      throw new Error('QuotaExceededError');
    },
  };
  expect(keepSale(full, FIRST)).toBe(false);
});

test('the till of a store is remembered on the device', () => {
  const shelf = shelfOf();
  rememberTill(shelf, PLACE);
  expect(rememberedTill(shelf, PLACE.storeId)).toBe(PLACE.tillId);
  expect(rememberedTill(shelf, 'another')).toBeNull();
});
