import { sum } from '@tessera/kernel/domain';
import type { PaymentMethod, Quote, Tender } from '../contracts';
import type { PricedRefund } from './refund';

/** How what was taken back pays for the new goods. Minor units, positive. */
export interface CarriedOver {
  /** What pays for the new goods, by the tender it came by: counted, earned upon and refunded as that one. */
  tenders: Tender[];
  /** What leaves, by tender. */
  goesBack: { method: Tender['method']; amount: number }[];
}

type Payment = { method: PaymentMethod; amount: number };
type Money = { method: Tender['method']; amount: number };

/** What is withheld for spent points moves nothing. */
const isMoney = (payment: Payment): payment is Money => payment.method !== 'spent-points';

/**
 * Of the money of a refund, as much pays for the new goods as they cost; the rest goes back the way refunds do. Value of cards is not
 * carried: it is on its card again and may pay from there.
 * @param own what the customer pays besides
 * @param reference number of the sale that was taken back
 */
export function carryOver(
  { payments }: Pick<PricedRefund, 'payments'>,
  own: readonly Pick<Tender, 'method'>[],
  totals: Pick<Quote['totals'], 'payable' | 'payableInCash'>,
  reference: string,
): CarriedOver {
  const money = payments.filter(isMoney).filter(({ method, amount }) => method !== 'stored-value' && amount < 0);
  const isAllCash = [...money, ...own].every(({ method }) => method === 'cash');
  let open = isAllCash ? totals.payableInCash : totals.payable;
  const tenders: Tender[] = [];
  const goesBack: CarriedOver['goesBack'] = [];
  // A refund gives cash back last, so cash is the first that stays.
  for (const { method, amount } of money.toReversed()) {
    const carried = Math.min(open, -amount);
    if (carried > 0) tenders.unshift({ method, amount: carried, reference });
    if (carried < -amount) goesBack.unshift({ method, amount: -amount - carried });
    open -= carried;
  }
  return { tenders, goesBack };
}

/** What an exchange moves in the end, per tender: positive = the customer pays. */
export function netOf(payments: readonly Payment[]): { method: Tender['method']; amount: number }[] {
  const methods = [...new Set(payments.filter(isMoney).map(({ method }) => method))];
  return methods
    .map((method) => ({
      method,
      amount: sum(payments.filter((each) => each.method === method).map((each) => each.amount)),
    }))
    .filter(({ amount }) => amount !== 0);
}
