import type { Quote, Transaction } from '@tessera/checkout/contracts';
import fc from 'fast-check';
import { indexCatalogue } from './catalogue-search';
import { priceCart } from './price-cart';
import { reduceTill, type TillAction } from './reduce-till';
import { toQuoteRequest } from './sale-request';
import { initialState, type TillState } from './till-state';
import { isCovered, paidBy } from './tenders';

const PLACE = { storeId: 'store0000000000000000', tillId: 'till00000000000000000' };
const SEAL = {
  newKey: '3f0c2f0e-6a0b-4c53-9a4e-6f6a3b0f9d11',
  now: '2026-11-24T08:00:00Z',
  staffId: '7',
  staffName: 'Li',
};
const SKUS = ['A', 'B', 'C'];
const catalogue = indexCatalogue({
  version: '1',
  categories: [],
  items: SKUS.map((sku, index) => ({
    sku,
    kind: 'product' as const,
    nameZh: sku,
    nameEn: sku,
    unitPrice: 1_000 + index * 333,
    categoryId: null,
    barcodes: [],
    imageUrl: null,
    durationMinutes: null,
    searchText: '',
  })),
});

/** What the server would answer for the cart as it stands. */
function quoteOf(state: TillState, factor = 1): Quote {
  const { lines, totals } = priceCart(state.cart, null, catalogue, 1);
  const payable = totals.payable * factor;
  return {
    quoteHash: `hash ${payable}`,
    ...PLACE,
    memberId: state.cart.member?.id ?? null,
    currency: 'CNY',
    lines: lines.map((line, index) => ({
      lineNo: index + 1,
      sku: line.line.sku,
      kind: 'product',
      nameZh: line.nameZh,
      nameEn: line.nameEn,
      quantity: line.line.quantity,
      listUnitPrice: line.listUnitPrice,
      listAmount: line.listAmount,
      adjustments: line.adjustments,
      amount: line.amount,
      taxRate: 0,
      taxAmount: 0,
      staffIds: [],
    })),
    totals: { ...totals, payable, payableInCash: payable },
    points: null,
    cards: null,
    bonuses: [],
    tier: null,
    cardNotices: [],
    earnings: [],
    coupons: [],
    couponOffers: [],
    rejected: [],
  };
}

function run(actions: TillAction[], from: TillState = initialState(PLACE)): TillState {
  return actions.reduce(reduceTill, from);
}

const priced = (state: TillState) =>
  reduceTill(state, { type: 'quoted', revision: state.revision, quote: quoteOf(state), exchangeShare: null });

/** A cart of two, priced and paid in cash with the note given. */
function sending(entered = 5_000): TillState {
  const cart = priced(
    run([
      { type: 'add', sku: 'A' },
      { type: 'add', sku: 'B' },
    ]),
  );
  return reduceTill(cart, { type: 'tender', entry: { method: 'cash', entered }, seal: SEAL });
}

const failed = (status: number, code: string | null = null, details: unknown = {}, staffId = '7'): TillAction => ({
  type: 'failed',
  refusal: { status, code, details },
  staffId,
});

const anyAction: fc.Arbitrary<TillAction> = fc.oneof(
  fc.constantFrom(...SKUS, 'GONE').map((sku): TillAction => ({ type: 'add', sku })),
  fc
    .record({ key: fc.integer({ min: 1, max: 6 }), quantity: fc.oneof(fc.integer(), fc.double()) })
    .map((change): TillAction => ({ type: 'setQuantity', ...change })),
  fc.constantFrom(...'0123456789x').map((digit): TillAction => ({ type: 'typeDigit', digit })),
  fc
    .record({ key: fc.integer({ min: 1, max: 6 }), unitPrice: fc.nat(10_000_000) })
    .map(({ key, unitPrice }): TillAction => ({ type: 'overridePrice', key, override: { unitPrice, reason: 'x' } })),
  fc.integer({ min: 1, max: 10_000 }).map(
    (basisPoints): TillAction => ({
      type: 'setDiscount',
      discount: { kind: 'percent', basisPoints, reason: 'x' },
    }),
  ),
  fc
    .record({ method: fc.constantFrom('cash', 'card', 'transfer'), entered: fc.nat(100_000) })
    .map((entry): TillAction => ({ type: 'tender', entry: entry as never, seal: SEAL })),
  fc.integer({ min: 1, max: 6 }).map((key): TillAction => ({ type: 'remove', key })),
  fc.constantFrom<TillAction>(
    { type: 'commitQuantity' },
    { type: 'moveSelection', by: 1 },
    { type: 'openPay' },
    { type: 'leavePay' },
    { type: 'removeTender', index: 0 },
    { type: 'attempt' },
    failed(0),
    failed(409),
    { type: 'nextSale' },
    { type: 'empty' },
    { type: 'dismiss' },
  ),
);

test('whatever happens, totals stay whole numbers and quantities stay in their range', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyAction, fc.boolean()), { maxLength: 60 }), (steps) => {
      let state = initialState(PLACE);
      for (const [action, isAnswered] of steps) {
        state = reduceTill(state, action);
        if (isAnswered && state.cart.lines.length > 0) state = priced(state);
        const { totals } = priceCart(state.cart, state.quote, catalogue, 5);
        expect(Object.values(totals).every(Number.isSafeInteger)).toBe(true);
        expect(state.cart.lines.every((line) => line.quantity >= 1 && line.quantity <= 9_999)).toBe(true);
        const paid = paidBy(state.tenders);
        if (state.quote && state.tenders.length > 0) expect(paid).toBeLessThanOrEqual(state.quote.totals.payable);
      }
    }),
  );
});

test('while the server owes an answer nothing changes the sale that was sent', () => {
  fc.assert(
    fc.property(fc.array(anyAction, { maxLength: 30 }), (actions) => {
      let state = sending();
      const sent = JSON.stringify(state.frozen);
      for (const action of actions.filter((candidate) => candidate.type !== 'failed')) {
        state = reduceTill(state, action);
        expect(state.phase).toBe('submitting');
        expect(JSON.stringify(state.frozen)).toBe(sent);
      }
    }),
  );
});

test('a frozen request cannot be changed, not even by mistake', () => {
  const { frozen } = sending();
  expect(() => {
    (frozen?.request.lines as unknown[]).push({});
  }).toThrow('not extensible');
});

test('a covered bill is sent with its change, under the key made for it', () => {
  const state = sending(5_000);
  expect(state.phase).toBe('submitting');
  expect(state.frozen?.key).toBe(SEAL.newKey);
  expect(state.frozen?.request.tenders).toEqual([{ method: 'cash', amount: 2_333, received: 5_000 }]);
});

test('a part payment stays open until the rest is there', () => {
  const part = sending(1_000);
  expect(part.phase).toBe('paying');
  expect(isCovered(quoteOf(part).totals, part.tenders)).toBe(false);
  const rest = reduceTill(part, { type: 'tender', entry: { method: 'card', entered: 1_333 }, seal: SEAL });
  expect(rest.phase).toBe('submitting');
});

test('a payment that was taken is never dropped by a change of the cart', () => {
  const part = sending(1_000);
  const scanned = reduceTill(part, { type: 'add', sku: 'C' });
  expect(scanned.tenders).toHaveLength(1);
  expect(scanned.cart).toBe(part.cart);
  expect(scanned.problem).toEqual({ kind: 'payment-begun' });
});

test.each([0, 401, 429, 500, 503])('an answer of %i proves nothing: the same key and body are sent again', (status) => {
  const state = sending();
  const silent = reduceTill(state, failed(status));
  expect(silent.phase).toBe('submitting');
  const again = reduceTill(silent, { type: 'attempt' });
  expect(again.silence).toBe('sending');
  expect(again.frozen).toBe(state.frozen);
});

test('a refused sale gives the cart back and keeps its key, so this cart is booked once at most', () => {
  const state = reduceTill(sending(), failed(422, 'unknown_sku', { lineNo: 1, sku: 'A' }));
  expect(state.phase).toBe('selling');
  expect(state.cart.lines).toHaveLength(2);
  expect(state.saleKey).toBe(SEAL.newKey);
  expect(state.problem).toEqual({ kind: 'items-unavailable', skus: ['A'] });
  const later = reduceTill(priced(state), {
    type: 'tender',
    entry: { method: 'cash', entered: 9_000 },
    seal: { ...SEAL, newKey: '00000000-0000-4000-8000-000000000000' },
  });
  expect(later.frozen?.key).toBe(SEAL.newKey);
});

test('a changed price shows the old and the new one and is not paid by itself', () => {
  const state = sending();
  const after = quoteOf(state, 2);
  const changed = reduceTill(state, failed(409, 'price_changed', { quote: after }));
  expect(changed.problem).toEqual({ kind: 'price-changed', before: state.quote, after });
  expect(changed.phase).toBe('selling');
  expect(changed.quote).toBe(after);
});

test('when a doubtful sending was booked after all, its own receipt is fetched', () => {
  const first = sending();
  const doubted = run(
    [failed(0), { type: 'attempt' }, failed(409, 'price_changed', { quote: quoteOf(first, 2) })],
    first,
  );
  const second = reduceTill(doubted, { type: 'tender', entry: { method: 'card', entered: 9_999_999 }, seal: SEAL });
  expect(second.phase).toBe('submitting');
  const taken = reduceTill(second, failed(422, 'idempotency_key_reused'));
  expect(taken.frozen).toBe(first.frozen);
  expect(taken.silence).toBe('sending');
});

test('a colleague’s unfinished sale waits for a hand, and being booked already is said', () => {
  const { frozen } = sending();
  if (!frozen) throw new Error('not sent');
  const found = reduceTill(initialState(PLACE), { type: 'recover', frozen, staffId: '8' });
  expect(found.silence).toBe('other-person');
  const sent = reduceTill(found, { type: 'attempt' });
  const told = reduceTill(sent, failed(422, 'idempotency_key_reused', {}, '8'));
  expect(told.problem).toEqual({ kind: 'booked-by-other', name: 'Li' });
  expect(told.cart.lines).toEqual([]);
});

test('the next sale begins with the next item', () => {
  const done = reduceTill(sending(), {
    type: 'acknowledged',
    transaction: { id: 't' } as Transaction,
    exchangeNet: null,
  });
  expect(done.phase).toBe('done');
  const next = reduceTill(done, { type: 'add', sku: 'C' });
  expect(next.phase).toBe('selling');
  expect(next.cart.lines.map((line) => line.sku)).toEqual(['C']);
  expect(next.saleKey).toBeNull();
});

test('a price that arrives too late for its cart is ignored', () => {
  const one = run([{ type: 'add', sku: 'A' }]);
  const two = reduceTill(one, { type: 'add', sku: 'B' });
  const late = reduceTill(two, { type: 'quoted', revision: one.revision, quote: quoteOf(one), exchangeShare: null });
  expect(late.quote).toBeNull();
});

test('digits and Enter set the quantity of the selected line; nought removes it', () => {
  const typed = run([
    { type: 'add', sku: 'A' },
    { type: 'typeDigit', digit: '1' },
    { type: 'typeDigit', digit: '2' },
    { type: 'commitQuantity' },
  ]);
  expect(toQuoteRequest(PLACE, typed.cart).lines).toEqual([{ sku: 'A', quantity: 12 }]);
  const none = run([{ type: 'typeDigit', digit: '0' }, { type: 'commitQuantity' }], typed);
  expect(none.cart.lines).toEqual([]);
});

test('sessions that were chosen pay for no more pieces than the cart has, and are gone with the member', () => {
  const cardId = '0198c000-0000-7000-8000-000000000001';
  const bought = ['add', 'add'].reduce<TillState>(
    (state) => reduceTill(state, { type: 'add', sku: 'CUT' }),
    initialState(PLACE),
  );
  const chosen = reduceTill(bought, { type: 'useSessions', choice: { cardId, sku: 'CUT', quantity: 5 } });
  expect(chosen.cart.sessions).toEqual([{ cardId, sku: 'CUT', quantity: 2 }]);
  const key = chosen.cart.lines[0]?.key ?? 0;
  expect(reduceTill(chosen, { type: 'setQuantity', key, quantity: 1 }).cart.sessions).toMatchObject([{ quantity: 1 }]);
  expect(reduceTill(chosen, { type: 'setMember', member: null }).cart.sessions).toEqual([]);
  expect(reduceTill(chosen, { type: 'setNewCard', newCard: true }).cart.newCard).toBe(true);
});

const EXCHANGE = {
  saleId: 's',
  number: 'T1-261128-1',
  lines: [{ lineId: 's-1', quantity: 1 }],
  reason: 'size',
  worth: 900,
};

test('what comes back stays beside the cart until the sale is booked, and brings its member along', () => {
  const begun = reduceTill(initialState(PLACE), {
    type: 'exchange',
    exchange: EXCHANGE,
    member: { id: 'm', name: 'Wang' },
  });
  expect(begun.cart).toMatchObject({ exchange: EXCHANGE, member: { id: 'm' } });
  const emptied = [
    { type: 'add', sku: 'A' },
    { type: 'remove', key: 1 },
  ] satisfies TillAction[];
  expect(emptied.reduce<TillState>(reduceTill, begun).cart.exchange).toEqual(EXCHANGE);
  const added = reduceTill(begun, { type: 'add', sku: 'A' });
  // 1,000 to pay, 900 came back
  const quote = { ...quoteOf(added), totals: { ...quoteOf(added).totals, payable: 100, payableInCash: 100 } };
  const exchangeShare = { carried: 900, goesBack: [] };
  const priced = reduceTill(added, { type: 'quoted', revision: added.revision, quote, exchangeShare });
  const sending = reduceTill(priced, { type: 'tender', entry: { method: 'cash', entered: 200 }, seal: SEAL });
  expect(sending.frozen).toMatchObject({
    cart: { exchange: EXCHANGE },
    request: { tenders: [{ method: 'cash', amount: 100 }] },
  });
  const exchangeNet = [{ method: 'card' as const, amount: -5 }];
  const done = reduceTill(sending, { type: 'acknowledged', transaction: { id: 't' } as Transaction, exchangeNet });
  expect(done).toMatchObject({ phase: 'done', cart: { exchange: null }, exchangeShare: null, exchangeNet });
});

test('the price of an exchange that was refused as changed is asked for again', () => {
  const begun = reduceTill(reduceTill(initialState(PLACE), { type: 'exchange', exchange: EXCHANGE }), {
    type: 'add',
    sku: 'A',
  });
  const quoted = { type: 'quoted', revision: begun.revision, quote: quoteOf(begun), exchangeShare: null } as const;
  const sending = reduceTill(reduceTill(begun, quoted), {
    type: 'tender',
    entry: { method: 'cash', entered: 1_000 },
    seal: SEAL,
  });
  const refusal = { status: 409, code: 'price_changed', details: { quote: quoteOf(begun, 2) } };
  expect(reduceTill(sending, { type: 'failed', refusal, staffId: SEAL.staffId })).toMatchObject({
    phase: 'selling',
    quote: null,
    quoteStatus: 'waiting',
    cart: { exchange: EXCHANGE },
  });
});
