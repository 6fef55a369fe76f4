import type {
  Exchange,
  ExchangeQuote,
  ManualDiscount,
  Quote,
  QuoteRequest,
  SaleRequest,
  Tender,
  Transaction,
} from '@tessera/checkout/contracts';
import type { MemberHit } from '@tessera/members/contracts';
import type { Problem } from './problem';

/**
 * selling → paying → submitting → done → selling. `submitting` is left only by an answer of the server:
 * while nobody knows whether the sale was booked, the cart can neither change nor be paid a second time.
 */
export type Phase = 'selling' | 'paying' | 'submitting' | 'done';

/** Where this device sells; chosen once per device. */
export interface Place {
  storeId: string;
  tillId: string;
}

export interface TillLine {
  /** Stable while the cart lives: React key, selection. */
  key: number;
  sku: string;
  quantity: number;
  /** Minor units; replaces the list price. */
  unitPrice?: number;
  priceReason?: string;
  staffIds: string[];
}

export type SessionChoice = NonNullable<QuoteRequest['sessions']>[number];

/** Pieces of an earlier sale that come back and pay for this cart. */
export interface CartExchange {
  saleId: string;
  /** Of that sale. */
  number: string;
  lines: { lineId: string; quantity: number }[];
  reason: string;
  /** What comes back, in minor units; shown until the server has priced the exchange. */
  worth: number;
}

export interface Cart {
  lines: TillLine[];
  member: MemberHit | null;
  discount: ManualDiscount | null;
  /** How many of the member's points pay; 0 = none. */
  points: number;
  /** Pieces of services that sessions of the member's cards pay for. */
  sessions: SessionChoice[];
  /** Card plans go on a new card although the member has one. */
  newCard: boolean;
  /** Codes of coupons, as they are stored. */
  coupons: string[];
  /** The held cart that this sale ends. */
  heldCartId: string | null;
  exchange: CartExchange | null;
}

/** Of what comes back: how much of it pays for the cart, and what leaves. The totals of the quote say what is left to pay. */
export type ExchangeShare = Pick<ExchangeQuote, 'carried' | 'goesBack'>;

/** A sale as the customer agreed to it. The same key and the same body are sent until the server answers. */
export interface FrozenSale {
  key: string;
  request: SaleRequest;
  /** Restored when the server refuses the sale. */
  cart: Cart;
  staffId: string;
  staffName: string;
  /** ISO instant of the first attempt. */
  startedAt: string;
}

/** Why the server has not answered yet; `other-person` = somebody else began this sale and nobody has sent it again. */
export type Silence = 'sending' | 'unreachable' | 'signed-out' | 'server-fault' | 'other-person';

export type QuoteStatus = 'none' | 'waiting' | 'fresh' | 'unreachable' | 'refused';

export interface TillState {
  phase: Phase;
  place: Place;
  cart: Cart;
  selectedKey: number | null;
  nextKey: number;
  /** Digits typed for the quantity of the selected line, committed by Enter. */
  typedQuantity: string;
  /** The server's price of exactly this cart, or null. */
  quote: Quote | null;
  quoteStatus: QuoteStatus;
  /** Null: nothing is exchanged, or it is not priced yet. */
  exchangeShare: ExchangeShare | null;
  /** Raised by every change of the cart, so that a late quote of an older cart is recognised. */
  revision: number;
  tenders: Tender[];
  /** Paying by card or transfer: waits for the person to say that the terminal or the bank confirmed it. */
  asking: Tender['method'] | null;
  /** One key per cart: whatever happens, one cart is booked at most once. */
  saleKey: string | null;
  frozen: FrozenSale | null;
  /** An earlier sending of this cart that was refused only after a silence: if it stands after all, it is the sale. */
  doubtful: FrozenSale | null;
  silence: Silence | null;
  attempts: number;
  receipt: Transaction | null;
  /** What the exchange whose receipt this is has really moved; positive = the customer paid. Null: it is none. */
  exchangeNet: Exchange['net'] | null;
  problem: Problem | null;
}

/** What outlives a reload while a cart is put together. */
export type Draft = Pick<TillState, 'place' | 'cart' | 'saleKey' | 'doubtful'>;

export const EMPTY_CART: Cart = {
  lines: [],
  member: null,
  discount: null,
  points: 0,
  coupons: [],
  sessions: [],
  newCard: false,
  heldCartId: null,
  exchange: null,
};

export function initialState(place: Place): TillState {
  return {
    phase: 'selling',
    place,
    cart: EMPTY_CART,
    selectedKey: null,
    nextKey: 1,
    typedQuantity: '',
    quote: null,
    quoteStatus: 'none',
    exchangeShare: null,
    revision: 0,
    tenders: [],
    asking: null,
    saleKey: null,
    frozen: null,
    doubtful: null,
    silence: null,
    attempts: 0,
    receipt: null,
    exchangeNet: null,
    problem: null,
  };
}
