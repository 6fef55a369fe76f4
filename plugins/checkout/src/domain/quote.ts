import {
  BASIS_POINTS,
  businessDayOf,
  canonicalJson,
  multiply,
  percentOf,
  prorate,
  roundToIncrement,
  sum,
  taxIncluded,
} from '@tessera/kernel/domain';
import {
  MAX_AMOUNT,
  type Adjustment,
  type CartLine,
  type Quote,
  type QuoteLine,
  type QuoteRequest,
} from '../contracts';
import type { ItemFacts, MemberFacts, SaleFacts, StoreFacts, TillFacts } from './facts';
import { formatMinor } from './format-minor';
import {
  amountTooLarge,
  discountTooLarge,
  inactiveItem,
  memberNotActive,
  unknownMember,
  unknownSku,
  unknownStaff,
  unknownStore,
  unknownTill,
} from './refusals';

export interface PricedLine extends QuoteLine {
  /** documentId of the product or service. */
  itemId: string;
}

/** A cart with its price: everything a quote shows and a sale books. */
export interface PricedCart {
  store: StoreFacts;
  till: TillFacts;
  member: MemberFacts | null;
  businessDay: string;
  lines: PricedLine[];
  totals: Quote['totals'];
  rejected: Quote['rejected'];
  /** What the person at the till must be allowed to do, beyond selling. Basis points; null = not asked for. */
  asks: { discountRate: number | null; priceReduction: number | null };
}

/** Price of a line before anything that concerns the whole cart. */
interface OpenLine extends Omit<PricedLine, 'taxAmount'> {
  reduction: number | null;
}

function openStore(facts: SaleFacts): { store: StoreFacts; till: TillFacts } {
  const { store, till } = facts;
  if (!store?.isOpen) throw unknownStore(undefined);
  if (!till?.isOn || till.storeId !== store.id) throw unknownTill(undefined);
  return { store, till };
}

function activeMember(cart: QuoteRequest, facts: SaleFacts): MemberFacts | null {
  if (!cart.memberId) return null;
  if (!facts.member) throw unknownMember(undefined);
  if (facts.member.status !== 'active') throw memberNotActive({ status: facts.member.status });
  return facts.member;
}

/** By how much a new price is below the list price, in basis points, rounded up: a limit of 10 % is never passed by a rounding. */
function reductionOf(listPrice: number, price: number): number {
  return price >= listPrice ? 0 : Math.ceil(((listPrice - price) * BASIS_POINTS) / listPrice);
}

function overrideOf(line: CartLine, item: ItemFacts, currency: string): Adjustment[] {
  const { unitPrice, quantity, priceReason = '' } = line;
  if (unitPrice === undefined || unitPrice === item.unitPrice) return [];
  const change = `${formatMinor(item.unitPrice, currency)} → ${formatMinor(unitPrice, currency)}`;
  return [
    {
      source: 'price-override',
      code: 'price-override',
      label: { zh: `改价 ${change}`, en: `Price changed ${change}` },
      amount: multiply(unitPrice - item.unitPrice, quantity),
      reason: priceReason,
    },
  ];
}

function priceLine(line: CartLine, lineNo: number, item: ItemFacts, currency: string): OpenLine {
  const adjustments = overrideOf(line, item, currency);
  const listAmount = multiply(item.unitPrice, line.quantity);
  const amount = sum([listAmount, ...adjustments.map((adjustment) => adjustment.amount)]);
  if (listAmount > MAX_AMOUNT || amount > MAX_AMOUNT) throw amountTooLarge({ lineNo });
  return {
    itemId: item.id,
    lineNo,
    sku: item.sku,
    kind: item.kind,
    nameZh: item.nameZh,
    nameEn: item.nameEn,
    quantity: line.quantity,
    listUnitPrice: item.unitPrice,
    listAmount,
    adjustments,
    amount,
    taxRate: item.taxRate,
    staffIds: line.staffIds ?? [],
    reduction: adjustments.length > 0 ? reductionOf(item.unitPrice, line.unitPrice ?? 0) : null,
  };
}

function priceLines(cart: QuoteRequest, facts: SaleFacts, currency: string): OpenLine[] {
  const items = new Map(facts.items.map((item) => [item.sku, item]));
  const staff = new Set(facts.staffIds);
  return cart.lines.map((line, index) => {
    const lineNo = index + 1;
    const item = items.get(line.sku);
    if (!item) throw unknownSku({ lineNo, sku: line.sku });
    if (!item.isForSale) throw inactiveItem({ lineNo, sku: line.sku });
    const stranger = line.staffIds?.find((id) => !staff.has(id));
    if (stranger !== undefined) throw unknownStaff({ lineNo, staffId: stranger });
    return priceLine(line, lineNo, item, currency);
  });
}

/** What the manual discount takes off the cart, and which rate that is (rounded up). */
function discountOf(cart: QuoteRequest, subtotal: number): { amount: number; rate: number } | null {
  const wanted = cart.manualDiscount;
  if (!wanted) return null;
  if (wanted.kind === 'percent') {
    return { amount: percentOf(subtotal, wanted.basisPoints), rate: wanted.basisPoints };
  }
  if (wanted.amount > subtotal) throw discountTooLarge({ discount: wanted.amount, subtotal });
  return { amount: wanted.amount, rate: Math.ceil((wanted.amount * BASIS_POINTS) / subtotal) };
}

function discountLabel(cart: QuoteRequest): Adjustment['label'] {
  const wanted = cart.manualDiscount;
  const rate = wanted?.kind === 'percent' ? ` ${wanted.basisPoints / 100}%` : '';
  return { zh: `手动折扣${rate}`, en: `Discount${rate}` };
}

/** Spreads the discount over the lines by what they cost; the shares add up to it exactly. */
function discountLines(cart: QuoteRequest, lines: OpenLine[], discount: number): OpenLine[] {
  const shares = prorate(
    discount,
    lines.map((line) => line.amount),
  );
  return lines.map((line, index) => {
    const share = shares[index] ?? 0;
    if (share === 0) return line;
    const adjustment: Adjustment = {
      source: 'manual-discount',
      code: `manual-discount-${cart.manualDiscount?.kind ?? 'amount'}`,
      label: discountLabel(cart),
      amount: -share,
      reason: cart.manualDiscount?.reason ?? '',
    };
    return { ...line, adjustments: [...line.adjustments, adjustment], amount: line.amount - share };
  });
}

/** Offers this shop does not know are named, not silently ignored. */
function rejectedOffers(cart: QuoteRequest): Quote['rejected'] {
  const coupons = (cart.coupons ?? []).map((code) => ({ code, reason: 'unknown_coupon' }));
  const points = cart.redeem?.points ? [{ code: 'points', reason: 'points_not_offered' }] : [];
  return [...coupons, ...points];
}

/**
 * Prices and explains a cart: list price → replaced price → manual discount, spread over the lines → tax contained in
 * each line → what is to pay, and what when it is paid in cash. Pure: the same facts give the same price, in the server,
 * in a dry run and in the browser.
 * @throws a refusal of `refusals.ts` (422)
 */
export function quote(cart: QuoteRequest, facts: SaleFacts, now: Date): PricedCart {
  const { store, till } = openStore(facts);
  const member = activeMember(cart, facts);
  const open = priceLines(cart, facts, store.currency);
  const subtotal = sum(open.map((line) => line.amount));
  const list = sum(open.map((line) => line.listAmount));
  if (subtotal > MAX_AMOUNT || list > MAX_AMOUNT) throw amountTooLarge({});
  const discount = discountOf(cart, subtotal);
  const priced = discount ? discountLines(cart, open, discount.amount) : open;
  const lines = priced.map(({ reduction: _, ...line }) => ({
    ...line,
    taxAmount: taxIncluded(line.amount, line.taxRate),
  }));
  const payable = sum(lines.map((line) => line.amount));
  const reductions = open.flatMap((line) => line.reduction ?? []);
  return {
    store,
    till,
    member,
    businessDay: businessDayOf(now, store.timeZone, store.dayCutoff),
    lines,
    totals: {
      list,
      discount: list - payable,
      tax: sum(lines.map((line) => line.taxAmount)),
      payable,
      payableInCash: roundToIncrement(payable, store.cashRounding),
    },
    rejected: rejectedOffers(cart),
    asks: {
      discountRate: discount?.rate ?? null,
      priceReduction: reductions.length > 0 ? Math.max(...reductions) : null,
    },
  };
}

/** What the customer agrees to, as text to hash: who buys what at which price. Names and tills may change, this may not. */
export function agreedTerms(cart: PricedCart): string {
  return canonicalJson({
    storeId: cart.store.id,
    currency: cart.store.currency,
    memberId: cart.member?.id ?? null,
    lines: cart.lines.map(({ sku, quantity, listUnitPrice, amount, taxAmount }) => [
      sku,
      quantity,
      listUnitPrice,
      amount,
      taxAmount,
    ]),
    totals: cart.totals,
  });
}

/** The priced cart as the contract shows it. */
export function toQuote(cart: PricedCart, quoteHash: string): Quote {
  return {
    quoteHash,
    storeId: cart.store.id,
    tillId: cart.till.id,
    memberId: cart.member?.id ?? null,
    currency: cart.store.currency,
    lines: cart.lines.map(({ itemId: _, ...line }) => line),
    totals: cart.totals,
    earnings: [],
    rejected: cart.rejected,
  };
}
