import { sum } from '@tessera/kernel/domain';
import type { Quote, Tender } from '@tessera/checkout/contracts';

export type Totals = Pick<Quote['totals'], 'payable' | 'payableInCash'>;
export type Method = Tender['method'];

export function paidBy(tenders: readonly Tender[]): number {
  return sum(tenders.map((tender) => tender.amount));
}

/**
 * What the bill comes to with these tenders: a bill paid in cash alone is rounded to the smallest coin of the store,
 * one that a card or a transfer has a part in is paid to the cent.
 */
export function dueWith(totals: Totals, tenders: readonly Tender[]): number {
  const isAllCash = tenders.length > 0 && tenders.every((tender) => tender.method === 'cash');
  return isAllCash ? totals.payableInCash : totals.payable;
}

/** What is still open if the rest is paid by `method`; never negative. Minor units. */
export function remainingWith(totals: Totals, tenders: readonly Tender[], method: Method): number {
  const probe: Tender = { method, amount: 0 };
  return Math.max(0, dueWith(totals, [...tenders, probe]) - paidBy(tenders));
}

/** True when nothing is left to pay: a bill of zero needs no tender. */
export function isCovered(totals: Totals, tenders: readonly Tender[]): boolean {
  if (tenders.length === 0) return totals.payable === 0;
  return paidBy(tenders) === dueWith(totals, tenders);
}

export interface Entry {
  method: Method;
  /** Cash: what the customer hands over. Others: what goes on the terminal slip. Minor units. */
  entered: number;
  reference?: string;
}

/** The tender an entry makes: never more than what is open; cash above it is given back as change. */
export function tenderOf(totals: Totals, tenders: readonly Tender[], entry: Entry): Tender | null {
  const remaining = remainingWith(totals, tenders, entry.method);
  const amount = Math.min(remaining, entry.entered);
  if (!Number.isSafeInteger(entry.entered) || amount <= 0) return null;
  const reference = entry.reference?.trim();
  return {
    method: entry.method,
    amount,
    ...(entry.method === 'cash' ? { received: entry.entered } : {}),
    ...(reference ? { reference } : {}),
  };
}

/** What goes back to the customer. */
export function changeOf(tenders: readonly Tender[]): number {
  return sum(tenders.map((tender) => Math.max(0, (tender.received ?? tender.amount) - tender.amount)));
}
