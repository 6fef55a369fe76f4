import { sum } from '@tessera/kernel/domain';
import type { Quote, Tender, Transaction } from '../contracts';
import { receivedNotCash, receivedTooLittle, tendersMismatch } from './refusals';

/** How a bill was paid. `rounding` = paid − payable, other than 0 only when all of it is cash. */
export interface Settlement {
  payments: Transaction['payments'];
  /** Without repetition, in the order of the tenders. */
  methods: Tender['method'][];
  rounding: number;
  paid: number;
  change: number;
}

function toPayment(tender: Tender): Transaction['payments'][number] {
  const { method, amount, received, reference } = tender;
  if (received !== undefined && method !== 'cash') throw receivedNotCash({ method });
  if (received !== undefined && received < amount) throw receivedTooLittle({ amount, received });
  return {
    method,
    amount,
    received: received ?? null,
    change: received === undefined ? 0 : received - amount,
    reference: reference ?? null,
  };
}

/**
 * Pays a bill with its tenders: they must add up to what is due, to the unit. All in cash, the rounded total is due.
 * @throws tenders_mismatch, received_too_little, received_not_cash (422)
 */
export function settle(tenders: readonly Tender[], totals: Quote['totals']): Settlement {
  const isAllCash = tenders.length > 0 && tenders.every((tender) => tender.method === 'cash');
  const due = isAllCash ? totals.payableInCash : totals.payable;
  const tendered = sum(tenders.map((tender) => tender.amount));
  if (tendered !== due) throw tendersMismatch({ due, tendered });
  const payments = tenders.map(toPayment);
  return {
    payments,
    methods: [...new Set(tenders.map((tender) => tender.method))],
    rounding: due - totals.payable,
    paid: due,
    change: sum(payments.map((payment) => payment.change)),
  };
}
