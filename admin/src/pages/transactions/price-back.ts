import type { PaymentMethod, RefundState, Transaction } from '@tessera/checkout/contracts';
import { priceRefund, type PricedRefund } from '@tessera/checkout/domain';
import { sum } from '@tessera/kernel/domain';
import { toApiError, type ApiError } from '../../providers/api-error';

export type Way = 'as-paid' | 'cash' | 'store-credit';
export type PricedBack = PricedRefund<Transaction['lines'][number]>;
type Payment = Transaction['payments'][number];
type Wanted = { lineNo: number; quantity: number }[];

/** What is withheld for spent points goes nowhere. */
const isMoney = <Of extends { method: PaymentMethod }>(
  payment: Of,
): payment is Of & { method: Exclude<PaymentMethod, 'spent-points'> } => payment.method !== 'spent-points';

/** What the customer gets, whatever way it goes; positive, in minor units. */
export function moneyOf(payments: readonly Pick<Payment, 'method' | 'amount'>[]): number {
  return -sum(payments.filter(isMoney).map(({ amount }) => amount));
}

/** Ways of a refund as a request names them: positive amounts. */
export function tendersOf({ payments }: PricedBack) {
  return payments.filter(isMoney).map(({ method, amount }) => ({ method, amount: -amount }));
}

function priced(sale: Transaction, state: RefundState, lines: Wanted, way: Way): PricedBack {
  const { payable, paid } = sale.totals;
  const { cards, points, canBeCredited, refunds, cashRounding } = state;
  const whole = { lines: sale.lines, payable, paid, payments: sale.payments, cards, points, canBeCredited };
  const asPaid = priceRefund(whole, refunds, { lines }, cashRounding);
  const due = moneyOf(asPaid.payments);
  if (way === 'as-paid' || due === 0) return asPaid;
  // What a card has paid goes back to it whatever is chosen.
  const toCards =
    way === 'store-credit' ? due : -(asPaid.payments.find(({ method }) => method === 'stored-value')?.amount ?? 0);
  const tenders = [
    { method: 'stored-value' as const, amount: toCards },
    { method: 'cash' as const, amount: due - toCards },
  ].filter(({ amount }) => amount > 0);
  return priceRefund(whole, refunds, { lines, tenders }, cashRounding);
}

/** Priced here by the server's own function, so that what is shown is what will be booked; or why it will be refused. */
export function priceBack(
  sale: Transaction,
  state: RefundState,
  wanted: { lines: Wanted; way: Way },
): { back: PricedBack | null; refusal: ApiError | null } {
  if (wanted.lines.length === 0) return { back: null, refusal: null };
  try {
    return { back: priced(sale, state, wanted.lines, wanted.way), refusal: null };
  } catch (error) {
    return { back: null, refusal: toApiError(error) };
  }
}
