import type {
  Catalogue,
  Exchange,
  ExchangeQuote,
  HeldCart,
  Quote,
  QuoteRequest,
  RefundState,
  Transaction,
} from '@tessera/checkout/contracts';
import type { MemberHit } from '@tessera/members/contracts';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import type { Refusal } from '../model/problem';
import type { CartExchange, ExchangeShare, FrozenSale } from '../model/till-state';
import { PAYMENT_PIN_HEADER } from '@tessera/checkout/contracts';
import { paymentPin } from './payment-pin';

/** After this long a sale counts as unanswered and is sent again under the same key. */
const SALE_TIMEOUT_MS = 15_000;
const QUOTE_TIMEOUT_MS = 8_000;

/** Any failed call as the reducer understands it; status 0 = no answer. */
export function refusalOf(error: unknown): Refusal {
  const { statusCode, code, details } = toApiError(error);
  return { status: statusCode, code, details };
}

export async function fetchCatalogue(storeId: string): Promise<Catalogue> {
  return (await http.get<Catalogue>('/api/checkout/catalogue', { params: { storeId } })).data;
}

export async function fetchQuote(request: QuoteRequest, signal: AbortSignal): Promise<Quote> {
  return (await http.post<Quote>('/api/checkout/quotes', request, { signal, timeout: QUOTE_TIMEOUT_MS })).data;
}

const exchangesOf = ({ saleId }: CartExchange) => `/api/checkout/transactions/${saleId}/exchanges`;

/** The price of the cart; of an exchange, its totals say what is left to pay. */
export async function fetchQuotes(
  request: QuoteRequest,
  exchange: CartExchange | null,
  signal: AbortSignal,
): Promise<{ quote: Quote; exchangeShare: ExchangeShare | null }> {
  if (!exchange) return { quote: await fetchQuote(request, signal), exchangeShare: null };
  const { lines, reason } = exchange;
  const body = { lines, reason, sale: request };
  const options = { signal, timeout: QUOTE_TIMEOUT_MS };
  const { data } = await http.post<ExchangeQuote>(`${exchangesOf(exchange)}/quotes`, body, options);
  const { quote, carried, goesBack, toPay, toPayInCash } = data;
  // What rounding in cash leaves of it is not asked for.
  const totals = { ...quote.totals, payable: toPayInCash === 0 ? 0 : toPay, payableInCash: toPayInCash };
  return { quote: { ...quote, totals }, exchangeShare: { carried, goesBack } };
}

export interface SaleAnswer {
  transaction: Transaction;
  /** Of an exchange, what really moved. */
  exchangeNet: Exchange['net'] | null;
}

/** Books the sale, or brings the receipt of the one already booked under this key. */
export async function sendSale({ key, request, cart }: FrozenSale): Promise<SaleAnswer> {
  const pin = paymentPin.take(key);
  const headers = { 'idempotency-key': key, ...(pin === null ? {} : { [PAYMENT_PIN_HEADER]: pin }) };
  const options = { headers, timeout: SALE_TIMEOUT_MS };
  if (!cart.exchange) {
    const { data } = await http.post<Transaction>('/api/checkout/transactions', request, options);
    return { transaction: data, exchangeNet: null };
  }
  const { lines, reason } = cart.exchange;
  const body = { lines, reason, sale: { ...request, heldCartId: undefined } };
  const { data } = await http.post<Exchange>(exchangesOf(cart.exchange), body, options);
  return { transaction: data.sale, exchangeNet: data.net };
}

/** The transaction with this number and what was taken back of it; null: there is none, or not for this person. */
export async function findSale(number: string): Promise<{ sale: Transaction; state: RefundState } | null> {
  const params = { number, _start: 0, _end: 1 };
  const [hit] = (await http.get<{ id: string }[]>('/api/backoffice/transactions', { params })).data;
  if (!hit) return null;
  const [sale, state] = await Promise.all([
    http.get<Transaction>(`/api/checkout/transactions/${hit.id}`),
    http.get<RefundState>(`/api/checkout/transactions/${hit.id}/refunds`),
  ]);
  return { sale: sale.data, state: state.data };
}

export async function findMembers(q: string, signal?: AbortSignal): Promise<MemberHit[]> {
  return (await http.get<MemberHit[]>('/api/members/lookup', { params: { q }, signal })).data;
}

export async function fetchHeldCarts(storeId: string): Promise<HeldCart[]> {
  return (await http.get<HeldCart[]>('/api/checkout/held-carts', { params: { storeId } })).data;
}

export async function holdCart(cart: QuoteRequest, note: string): Promise<HeldCart> {
  const body = { cart, ...(note.trim() ? { note: note.trim() } : {}) };
  return (await http.post<HeldCart>('/api/checkout/held-carts', body)).data;
}

/** Takes a held cart to this till. @throws when another till was faster */
export async function resumeCart(id: string): Promise<HeldCart> {
  return (await http.post<HeldCart>(`/api/checkout/held-carts/${id}/resume`, {})).data;
}

export async function discardHeldCart(id: string): Promise<void> {
  await http.delete(`/api/checkout/held-carts/${id}`);
}

/** The coupons of this till's cart are its own for some minutes; none = it needs none any more. */
export async function holdCoupons(tillId: string, codes: readonly string[]): Promise<void> {
  await http.put('/api/campaigns/coupon-holds', { tillId, codes });
}

export async function isServerUp(): Promise<boolean> {
  try {
    await http.get('/_health', { timeout: 3_000 });
    return true;
  } catch {
    return false;
  }
}
