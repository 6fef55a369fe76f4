import { normalCouponCode } from '@tessera/campaigns/contracts';
import type { ManualDiscount, QuoteRequest } from '@tessera/checkout/contracts';
import type { MemberHit } from '@tessera/members/contracts';
import { fromQuoteRequest } from './sale-request';
import {
  EMPTY_CART,
  initialState,
  type Cart,
  type CartExchange,
  type SessionChoice,
  type TillLine,
  type TillState,
} from './till-state';

/** As in the contract: more lines or pieces are refused by the server. */
export const MOST_LINES = 200;
export const MOST_PIECES = 9_999;
const MOST_COUPONS = 20;

export type CartAction =
  | { type: 'add'; sku: string }
  | { type: 'setQuantity'; key: number; quantity: number }
  | { type: 'typeDigit'; digit: string }
  | { type: 'commitQuantity' }
  | { type: 'forgetDigits' }
  | { type: 'remove'; key: number }
  | { type: 'select'; key: number }
  | { type: 'moveSelection'; by: 1 | -1 }
  | { type: 'setMember'; member: MemberHit | null }
  | { type: 'setPoints'; points: number }
  | { type: 'useSessions'; choice: SessionChoice }
  | { type: 'setNewCard'; newCard: boolean }
  | { type: 'addCoupon'; code: string }
  | { type: 'removeCoupon'; code: string }
  | { type: 'setDiscount'; discount: ManualDiscount | null }
  | { type: 'overridePrice'; key: number; override: { unitPrice: number; reason: string } | null }
  | { type: 'setStaff'; key: number; staffIds: string[] }
  | { type: 'resume'; request: QuoteRequest; heldCartId: string; member: MemberHit | null }
  | { type: 'exchange'; exchange: CartExchange | null; member?: MemberHit | null }
  | { type: 'empty' };

function isPlain(line: TillLine): boolean {
  return line.unitPrice === undefined && line.staffIds.length === 0;
}

function withCart(state: TillState, cart: Cart): TillState {
  const isEmpty = cart.lines.length === 0;
  return {
    ...state,
    phase: 'selling',
    cart,
    typedQuantity: '',
    quote: null,
    exchangeShare: null,
    quoteStatus: isEmpty ? 'none' : 'waiting',
    revision: state.revision + 1,
    tenders: [],
    asking: null,
    receipt: null,
    problem: null,
  };
}

/** What is left of a choice when the cart has fewer pieces of it. */
function covered(choice: SessionChoice, lines: readonly TillLine[]): SessionChoice[] {
  const pieces = lines.filter(({ sku }) => sku === choice.sku).reduce((all, { quantity }) => all + quantity, 0);
  const quantity = Math.min(choice.quantity, pieces);
  return quantity > 0 ? [{ ...choice, quantity }] : [];
}

function sessionsFor({ sessions }: Cart, lines: readonly TillLine[]): SessionChoice[] {
  return sessions.flatMap((choice) => covered(choice, lines));
}

function chooseSessions(state: TillState, choice: SessionChoice): TillState {
  const others = state.cart.sessions.filter(({ cardId, sku }) => cardId !== choice.cardId || sku !== choice.sku);
  return withCart(state, { ...state.cart, sessions: [...others, ...covered(choice, state.cart.lines)] });
}

function withLines(state: TillState, lines: TillLine[]): TillState {
  return withCart(state, { ...state.cart, lines, sessions: sessionsFor(state.cart, lines) });
}

function changeLine(state: TillState, key: number, change: (line: TillLine) => TillLine): TillState {
  if (!state.cart.lines.some((line) => line.key === key)) return state;
  return withLines(
    state,
    state.cart.lines.map((line) => (line.key === key ? change(line) : line)),
  );
}

function add(state: TillState, sku: string): TillState {
  const same = state.cart.lines.find((line) => line.sku === sku && isPlain(line) && line.quantity < MOST_PIECES);
  if (same) {
    const changed = changeLine(state, same.key, (line) => ({ ...line, quantity: line.quantity + 1 }));
    return { ...changed, selectedKey: same.key };
  }
  if (state.cart.lines.length >= MOST_LINES) return { ...state, problem: { kind: 'too-many-lines' } };
  const line: TillLine = { key: state.nextKey, sku, quantity: 1, staffIds: [] };
  const added = withLines(state, [...state.cart.lines, line]);
  return { ...added, selectedKey: line.key, nextKey: state.nextKey + 1 };
}

function setQuantity(state: TillState, key: number, quantity: number): TillState {
  if (!Number.isSafeInteger(quantity) || quantity < 0) return state;
  if (quantity === 0) return remove(state, key);
  return changeLine(state, key, (line) => ({ ...line, quantity: Math.min(quantity, MOST_PIECES) }));
}

function remove(state: TillState, key: number): TillState {
  const index = state.cart.lines.findIndex((line) => line.key === key);
  if (index < 0) return state;
  const lines = state.cart.lines.filter((line) => line.key !== key);
  const neighbour = lines[Math.min(index, lines.length - 1)]?.key ?? null;
  const selectedKey = state.selectedKey === key ? neighbour : state.selectedKey;
  // A discount on nothing would greet the next customer.
  const discount = lines.length === 0 ? null : state.cart.discount;
  const points = lines.length === 0 ? 0 : state.cart.points;
  const coupons = lines.length === 0 ? [] : state.cart.coupons;
  const sessions = sessionsFor(state.cart, lines);
  return { ...withCart(state, { ...state.cart, lines, sessions, discount, points, coupons }), selectedKey };
}

function moveSelection(state: TillState, by: 1 | -1): TillState {
  const { lines } = state.cart;
  const index = lines.findIndex((line) => line.key === state.selectedKey);
  const from = index < 0 ? (by > 0 ? -1 : lines.length) : index;
  const target = lines[Math.max(0, Math.min(lines.length - 1, from + by))];
  return target ? { ...state, selectedKey: target.key, typedQuantity: '' } : state;
}

function overridePrice(
  state: TillState,
  { key, override }: { key: number; override: { unitPrice: number; reason: string } | null },
): TillState {
  return changeLine(state, key, (line) => {
    const plain: TillLine = { key: line.key, sku: line.sku, quantity: line.quantity, staffIds: line.staffIds };
    return override ? { ...plain, unitPrice: override.unitPrice, priceReason: override.reason } : plain;
  });
}

function resume(state: TillState, action: Extract<CartAction, { type: 'resume' }>): TillState {
  const restored = fromQuoteRequest(action.request, state.nextKey);
  const { lines } = restored;
  const { exchange } = state.cart;
  const cart: Cart = { ...restored, member: action.member, heldCartId: action.heldCartId, exchange };
  const resumed = withCart({ ...state, saleKey: null, doubtful: null }, cart);
  return { ...resumed, selectedKey: lines.at(-1)?.key ?? null, nextKey: state.nextKey + lines.length };
}

/** Whoever brings the goods back is who gets the others, unless somebody is named already. */
function exchange(state: TillState, action: Extract<CartAction, { type: 'exchange' }>): TillState {
  const member = state.cart.member ?? action.member ?? null;
  return withCart(state, { ...state.cart, exchange: action.exchange, member });
}

function addCoupon(state: TillState, text: string): TillState {
  const code = normalCouponCode(text);
  const { coupons } = state.cart;
  if (code === '' || coupons.includes(code) || coupons.length >= MOST_COUPONS) return state;
  return withCart(state, { ...state.cart, coupons: [...coupons, code] });
}

function removeCoupon(state: TillState, code: string): TillState {
  return withCart(state, { ...state.cart, coupons: state.cart.coupons.filter((each) => each !== code) });
}

function typeDigit(state: TillState, digit: string): TillState {
  if (state.selectedKey === null || !/^\d$/.test(digit)) return state;
  const typedQuantity = `${state.typedQuantity}${digit}`.replace(/^0+(?=\d)/, '').slice(-String(MOST_PIECES).length);
  return { ...state, typedQuantity };
}

function commitQuantity(state: TillState): TillState {
  if (state.typedQuantity === '' || state.selectedKey === null) return { ...state, typedQuantity: '' };
  return setQuantity(state, state.selectedKey, Number(state.typedQuantity));
}

const BEGINS_NEXT_SALE: ReadonlySet<CartAction['type']> = new Set(['add', 'setMember', 'resume', 'exchange', 'empty']);

/** Every change of the cart. While the server owes an answer the cart stands still; after a receipt a new one begins. */
export function reduceCart(state: TillState, action: CartAction): TillState {
  if (state.phase === 'submitting') return state;
  // A card may have been charged already: taking a payment back is an act of its own.
  if (state.tenders.length > 0) return { ...state, problem: { kind: 'payment-begun' } };
  if (state.phase === 'done') return BEGINS_NEXT_SALE.has(action.type) ? reduceCart(nextSale(state), action) : state;
  switch (action.type) {
    case 'add':
      return add(state, action.sku);
    case 'setQuantity':
      return setQuantity(state, action.key, action.quantity);
    case 'typeDigit':
      return typeDigit(state, action.digit);
    case 'commitQuantity':
      return commitQuantity(state);
    case 'forgetDigits':
      return { ...state, typedQuantity: '' };
    case 'remove':
      return remove(state, action.key);
    case 'select':
      return { ...state, selectedKey: action.key, typedQuantity: '' };
    case 'moveSelection':
      return moveSelection(state, action.by);
    case 'setMember':
      return withCart(state, { ...state.cart, member: action.member, points: 0, sessions: [], newCard: false });
    case 'setPoints':
      return withCart(state, { ...state.cart, points: Math.max(0, action.points) });
    case 'useSessions':
      return chooseSessions(state, action.choice);
    case 'setNewCard':
      return withCart(state, { ...state.cart, newCard: action.newCard });
    case 'addCoupon':
      return addCoupon(state, action.code);
    case 'removeCoupon':
      return removeCoupon(state, action.code);
    case 'setDiscount':
      return withCart(state, { ...state.cart, discount: action.discount });
    case 'overridePrice':
      return overridePrice(state, action);
    case 'setStaff':
      return changeLine(state, action.key, (line) => ({ ...line, staffIds: action.staffIds }));
    case 'resume':
      return resume(state, action);
    case 'exchange':
      return exchange(state, action);
    case 'empty':
      return { ...withCart({ ...state, saleKey: null, doubtful: null }, EMPTY_CART), selectedKey: null };
  }
}

/** The till as the next customer finds it. Revision and keys go on, so that a late answer finds nothing to match. */
export function nextSale(state: TillState): TillState {
  return { ...initialState(state.place), nextKey: state.nextKey, revision: state.revision + 1 };
}
