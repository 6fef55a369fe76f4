import type { Exchange, Quote, Transaction } from '@tessera/checkout/contracts';
import { problemOf, provesNothingBooked, type Problem, type Refusal } from './problem';
import { nextSale } from './reduce-cart';
import { freezeSale } from './sale-request';
import { isCovered, tenderOf, type Entry, type Method } from './tenders';
import type { Draft, ExchangeShare, FrozenSale, Silence, TillState } from './till-state';

/** Who sells, when, and the key this cart is booked under; passed in, so that the reducer stays pure. */
export interface Seal {
  /** UUID made when paying is confirmed; ignored when the cart already has one. */
  newKey: string;
  /** ISO instant. */
  now: string;
  staffId: string;
  staffName: string;
}

export type SaleAction =
  | { type: 'quoted'; revision: number; quote: Quote; exchangeShare: ExchangeShare | null }
  | { type: 'quoteFailed'; revision: number; refusal: Refusal }
  | { type: 'retryQuote' }
  | { type: 'openPay'; asking?: Method }
  | { type: 'ask'; method: Method | null }
  | { type: 'leavePay' }
  | { type: 'tender'; entry: Entry; seal: Seal }
  | { type: 'finishFree'; seal: Seal }
  | { type: 'removeTender'; index: number }
  | { type: 'recover'; frozen: FrozenSale; staffId: string }
  | { type: 'attempt' }
  | { type: 'acknowledged'; transaction: Transaction; exchangeNet: Exchange['net'] | null }
  | { type: 'failed'; refusal: Refusal; staffId: string }
  | { type: 'acceptPrice' }
  | { type: 'report'; problem: Problem }
  | { type: 'dismiss' }
  | { type: 'restore'; draft: Draft }
  | { type: 'nextSale' };

function submit(state: TillState, seal: Seal): TillState {
  if (!state.quote) return state;
  const key = state.saleKey ?? seal.newKey;
  const frozen: FrozenSale = {
    key,
    request: freezeSale(state.place, state.cart, state.tenders, state.quote.quoteHash),
    cart: state.cart,
    staffId: seal.staffId,
    staffName: seal.staffName,
    startedAt: seal.now,
  };
  return { ...state, phase: 'submitting', saleKey: key, frozen, silence: 'sending', attempts: 1, problem: null };
}

function tender(state: TillState, entry: Entry, seal: Seal): TillState {
  const canPay = state.phase === 'selling' || state.phase === 'paying';
  if (!canPay || !state.quote || state.quoteStatus !== 'fresh') return state;
  const made = tenderOf(state.quote.totals, state.tenders, entry);
  if (!made) return state;
  const paying: TillState = {
    ...state,
    phase: 'paying',
    tenders: [...state.tenders, made],
    asking: null,
    problem: null,
  };
  return isCovered(state.quote.totals, paying.tenders) ? submit(paying, seal) : paying;
}

function openPay(state: TillState, asking: Method | null): TillState {
  if (state.phase !== 'selling' || state.cart.lines.length === 0 || state.quoteStatus === 'refused') return state;
  return { ...state, phase: 'paying', asking, typedQuantity: '', problem: null };
}

/** One step back: from the terminal's question to the tenders, from the tenders to the cart. */
function leavePay(state: TillState): TillState {
  if (state.phase !== 'paying') return state;
  if (state.asking !== null) return { ...state, asking: null };
  return state.tenders.length > 0
    ? { ...state, problem: { kind: 'payment-begun' } }
    : { ...state, phase: 'selling', problem: null };
}

const SILENCES: Record<number, Silence> = { 0: 'unreachable', 401: 'signed-out' };

/** Back to the cart as it was, with the reason. The sale's key stays: this cart can still be booked only once. */
function refused(state: TillState, frozen: FrozenSale, refusal: Refusal): TillState {
  const problem = problemOf(refusal);
  const open: TillState = {
    ...state,
    phase: 'selling',
    cart: frozen.cart,
    tenders: [],
    asking: null,
    frozen: null,
    doubtful: state.attempts > 1 ? frozen : state.doubtful,
    silence: null,
    attempts: 0,
    quote: null,
    exchangeShare: null,
    quoteStatus: 'waiting',
    revision: state.revision + 1,
    problem,
  };
  // What is left to pay of an exchange only its own quote tells.
  if (problem.kind !== 'price-changed' || frozen.cart.exchange) return open;
  return { ...open, quote: problem.after, quoteStatus: 'fresh', problem: { ...problem, before: state.quote } };
}

function failed(state: TillState, { refusal, staffId }: { refusal: Refusal; staffId: string }): TillState {
  if (state.phase !== 'submitting' || !state.frozen) return state;
  const isKeyTaken = refusal.code === 'idempotency_key_reused';
  // An answer belongs to the person who sold: somebody else learns only that it was booked.
  if (isKeyTaken && state.frozen.staffId !== staffId) {
    return { ...nextSale(state), problem: { kind: 'booked-by-other', name: state.frozen.staffName } };
  }
  // The key is taken by another body: the doubtful sending was booked late. Asking for it again brings its receipt.
  if (isKeyTaken && state.doubtful) {
    return { ...state, frozen: state.doubtful, doubtful: null, silence: 'sending', attempts: 1 };
  }
  if (provesNothingBooked(refusal)) return refused(state, state.frozen, refusal);
  return { ...state, silence: SILENCES[refusal.status] ?? 'server-fault' };
}

function acknowledged(state: TillState, { transaction, exchangeNet }: Extract<SaleAction, { type: 'acknowledged' }>) {
  return { ...nextSale(state), phase: 'done' as const, receipt: transaction, exchangeNet };
}

function recover(state: TillState, { frozen, staffId }: { frozen: FrozenSale; staffId: string }): TillState {
  const place = { storeId: frozen.request.storeId, tillId: frozen.request.tillId };
  const keys = frozen.cart.lines.map((line) => line.key);
  return {
    ...state,
    phase: 'submitting',
    place,
    cart: frozen.cart,
    nextKey: Math.max(state.nextKey, 0, ...keys) + 1,
    tenders: [...frozen.request.tenders],
    saleKey: frozen.key,
    frozen,
    silence: frozen.staffId === staffId ? 'sending' : 'other-person',
    attempts: 2,
    problem: null,
  };
}

/** The cart as it was before the page was reloaded. */
function restore(state: TillState, draft: Draft): TillState {
  const keys = draft.cart.lines.map((line) => line.key);
  return {
    ...state,
    cart: draft.cart,
    saleKey: draft.saleKey,
    doubtful: draft.doubtful,
    selectedKey: keys.at(-1) ?? null,
    nextKey: Math.max(state.nextKey, 0, ...keys) + 1,
    quoteStatus: keys.length > 0 ? 'waiting' : 'none',
    revision: state.revision + 1,
  };
}

function quoteFailed(state: TillState, refusal: Refusal): TillState {
  const problem = problemOf(refusal);
  const isSilent = refusal.status === 0 || refusal.status >= 500 || problem.kind === 'signed-out';
  if (isSilent) return { ...state, quoteStatus: 'unreachable' };
  return { ...state, phase: 'selling', tenders: [], asking: null, quoteStatus: 'refused', problem };
}

/** Pricing, paying and the server's answers. */
export function reduceSale(state: TillState, action: SaleAction): TillState {
  switch (action.type) {
    case 'quoted':
      if (action.revision !== state.revision || state.phase === 'submitting') return state;
      return { ...state, quote: action.quote, exchangeShare: action.exchangeShare, quoteStatus: 'fresh' };
    case 'quoteFailed':
      return action.revision === state.revision && state.phase !== 'submitting'
        ? quoteFailed(state, action.refusal)
        : state;
    case 'retryQuote':
      return state.quoteStatus === 'unreachable' && state.phase !== 'submitting'
        ? { ...state, quoteStatus: 'waiting', revision: state.revision + 1 }
        : state;
    case 'openPay':
      return openPay(state, action.asking ?? null);
    case 'ask':
      return state.phase === 'paying' ? { ...state, asking: action.method } : state;
    case 'leavePay':
      return leavePay(state);
    case 'tender':
      return tender(state, action.entry, action.seal);
    case 'finishFree':
      return state.phase === 'paying' && state.quote && isCovered(state.quote.totals, state.tenders)
        ? submit(state, action.seal)
        : state;
    case 'removeTender':
      return state.phase === 'paying'
        ? { ...state, tenders: state.tenders.filter((_, index) => index !== action.index) }
        : state;
    case 'recover':
      return recover(state, action);
    case 'attempt':
      return state.phase === 'submitting' ? { ...state, silence: 'sending', attempts: state.attempts + 1 } : state;
    case 'acknowledged':
      return state.phase === 'submitting' ? acknowledged(state, action) : state;
    case 'failed':
      return failed(state, action);
    case 'acceptPrice':
    case 'dismiss':
      return { ...state, problem: null };
    case 'report':
      return { ...state, problem: action.problem };
    case 'restore':
      return restore(state, action.draft);
    case 'nextSale':
      return state.phase === 'done' ? nextSale(state) : state;
  }
}
