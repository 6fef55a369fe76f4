import { creditLot, refundLot, type CardsMove, type LotLeft, type RefundedLot } from '@tessera/cards/domain';
import { roundToIncrement, scale, sum } from '@tessera/kernel/domain';
import {
  refundPoints,
  type PointsOfRefund,
  type PointsShare,
  type PointsTerms,
  type RefundHolding,
  type RefundMoney,
} from '@tessera/points/domain';
import { TENDER_METHODS, type Adjustment, type PaymentMethod, type Tender } from '../contracts';
import type { BookedLine } from './booking';
import {
  nothingToRefund,
  refundTendersMismatch,
  refundTooMany,
  refundTooMuchByTender,
  unknownRefundLine,
} from './refusals';

type Method = Tender['method'];

type RefundableLine = Pick<
  BookedLine,
  'lineNo' | 'kind' | 'quantity' | 'listUnitPrice' | 'listAmount' | 'adjustments' | 'amount' | 'taxAmount'
>;

/** What of a booked sale a refund depends on. Read from what was booked, never from today's prices or rules. */
export interface RefundableSale<Line extends RefundableLine = BookedLine> {
  lines: readonly Line[];
  /** Minor units; what the sale cost, and what was paid for it (they differ by cash rounding). */
  payable: number;
  paid: number;
  payments: readonly { method: PaymentMethod; amount: number }[];
  /** What each line earned and how many points paid for it, on which terms, and what the member has of it now; left out: nothing. */
  points?: { shares: readonly PointsShare[]; terms: PointsTerms; holding: RefundHolding } | null | undefined;
  /** What is left of the cards it sold, and the pieces that sessions paid for; left out: none. */
  cards?: CardsOfRefund | null;
  /** There is a member on whose card money may stay. */
  canBeCredited?: boolean;
}

/** As `tessera.cards_of_refund` answers. */
export interface CardsOfRefund {
  lots: LotLeft[];
  sessions: { lineNo: number; quantity: number }[];
}

/** A refund of the same sale that was booked before: quantities and amounts negative. */
export type EarlierRefund = Pick<RefundableSale, 'payable' | 'paid' | 'payments'> & {
  lines: readonly Pick<BookedLine, 'lineNo' | 'quantity'>[];
};

export interface WantedRefund {
  /** Positive quantities; a line named twice is meant twice. */
  lines: readonly { lineNo: number; quantity: number }[];
  /** How the money goes back; left out: as it came, other tenders before cash. Positive amounts. */
  tenders?: readonly { method: Method; amount: number }[] | undefined;
}

export interface PricedRefund<Line extends RefundableLine = BookedLine> {
  lines: Line[];
  list: number;
  tax: number;
  payable: number;
  paid: number;
  /** Their sum is `paid`; what is withheld for spent points is one of them. */
  payments: { method: PaymentMethod; amount: number }[];
  /** Of what is paid back, how much goes another way than it came. */
  otherTender: number;
  /** Of what goes to cards: money that was not paid by them, and stays with the member as store credit. */
  storeCredit: number;
  /** Null: it moves none. */
  points: PointsOfRefund | null;
  /** Taken off the cards that the sale sold. */
  lots: RefundedLot[];
  /** Sessions that return, per line. */
  sessions: { lineNo: number; quantity: number }[];
}

/** How many of each line were taken back so far. */
export function refundedQuantities(refunds: readonly { lines: EarlierRefund['lines'] }[]): Map<number, number> {
  const quantities = new Map<number, number>();
  for (const { lineNo, quantity } of refunds.flatMap((refund) => refund.lines)) {
    quantities.set(lineNo, (quantities.get(lineNo) ?? 0) - quantity);
  }
  return quantities;
}

/** Pieces of each line that the customer keeps after these refunds. */
export function piecesLeft(
  sale: { lines: readonly Pick<BookedLine, 'lineNo' | 'quantity'>[] },
  refunds: readonly { lines: EarlierRefund['lines'] }[],
): Map<number, number> {
  const back = refundedQuantities(refunds);
  return new Map(sale.lines.map(({ lineNo, quantity }) => [lineNo, quantity - (back.get(lineNo) ?? 0)]));
}

/**
 * Why a sale cannot be voided as a whole; null: it can. A void undoes a mistake while the drawer of that day is still to be counted.
 */
export function whyNotVoidable(
  sale: { kind: string; businessDay: string },
  refunds: readonly unknown[],
  today: string,
): 'not-a-sale' | 'too-late' | 'refunded' | null {
  if (sale.kind !== 'sale') return 'not-a-sale';
  if (refunds.length > 0) return 'refunded';
  return sale.businessDay === today ? null : 'too-late';
}

const negative = (amount: number): number => (amount === 0 ? 0 : -amount);

/**
 * What `quantity` more pieces take back of an amount that belongs to the whole line, when `before` pieces are back already.
 * Telescoping: each share is the difference of two rounded running totals, so every split adds up to the amount to the unit,
 * and of an amount that is not negative no share is.
 */
function shareOf(amount: number, line: RefundableLine, before: number, quantity: number): number {
  return scale(amount, before + quantity, line.quantity) - scale(amount, before, line.quantity);
}

/** The price after each adjustment is shared, not the adjustments: their roundings would add up to more than the line costs. */
function refundAdjustments(line: RefundableLine, before: number, quantity: number): Adjustment[] {
  let price = line.listAmount;
  let share = line.listUnitPrice * quantity;
  const adjustments: Adjustment[] = [];
  for (const adjustment of line.adjustments) {
    price += adjustment.amount;
    const next = shareOf(price, line, before, quantity);
    if (next !== share) adjustments.push({ ...adjustment, amount: share - next });
    share = next;
  }
  return adjustments;
}

/** A card goes back for what is left of what was paid: what was used of it stays paid, and the line says so. */
function refundCardLine<Line extends RefundableLine>(line: Line, quantity: number, lots: readonly RefundedLot[]): Line {
  const listAmount = negative(line.listUnitPrice * quantity);
  const amount = negative(sum(lots.map(({ principal }) => principal)));
  const used: Adjustment = {
    source: 'card-value',
    code: 'used',
    label: { zh: '已消费部分', en: 'Used already' },
    amount: amount - listAmount,
    reason: '',
  };
  const adjustments = used.amount === 0 ? [] : [used];
  return { ...line, quantity: -quantity, listAmount, adjustments, amount, taxAmount: 0 };
}

function refundLine<Line extends RefundableLine>(line: Line, before: number, quantity: number): Line {
  return {
    ...line,
    quantity: -quantity,
    listAmount: negative(line.listUnitPrice * quantity),
    adjustments: refundAdjustments(line, before, quantity),
    amount: negative(shareOf(line.amount, line, before, quantity)),
    taxAmount: negative(shareOf(line.taxAmount, line, before, quantity)),
  };
}

function refundLines<Line extends RefundableLine>(
  sale: RefundableSale<Line>,
  earlier: readonly EarlierRefund[],
  wanted: WantedRefund,
): { lines: Line[]; lots: RefundedLot[] } {
  const lines = new Map(sale.lines.map((line) => [line.lineNo, line]));
  const before = refundedQuantities(earlier);
  const quantities = new Map<number, number>();
  for (const { lineNo, quantity } of wanted.lines) quantities.set(lineNo, (quantities.get(lineNo) ?? 0) + quantity);
  const lots: RefundedLot[] = [];
  const refunded = [...quantities].map(([lineNo, quantity]) => {
    const line = lines.get(lineNo);
    if (!line) throw unknownRefundLine({ lineNo });
    const done = before.get(lineNo) ?? 0;
    const left = line.quantity - done;
    if (quantity > left) throw refundTooMany({ lineNo, wanted: quantity, left });
    if (line.kind !== 'card-plan') return refundLine(line, done, quantity);
    const known = sale.cards?.lots.filter((lot) => lot.lineNo === lineNo) ?? [];
    const back = known.map((lot) => refundLot(lot, quantity, left));
    lots.push(...back);
    return refundCardLine(line, quantity, back);
  });
  return { lines: refunded, lots };
}

/** Sessions return like money: by running totals over the pieces of their line. */
function returnedSessions(
  sale: RefundableSale<RefundableLine>,
  earlier: readonly EarlierRefund[],
  refunded: readonly RefundableLine[],
): PricedRefund['sessions'] {
  const before = refundedQuantities(earlier);
  return refunded.flatMap(({ lineNo, quantity }) => {
    const line = sale.lines.find((each) => each.lineNo === lineNo);
    const used = sale.cards?.sessions.find((each) => each.lineNo === lineNo)?.quantity ?? 0;
    const back = line ? shareOf(used, line, before.get(lineNo) ?? 0, -quantity) : 0;
    return back > 0 ? [{ lineNo, quantity: back }] : [];
  });
}

/** Points are shared like money: by running totals over the pieces of their line. */
function refundShares(
  sale: RefundableSale<RefundableLine>,
  earlier: readonly EarlierRefund[],
  refunded: readonly RefundableLine[],
): PointsShare[] {
  const lines = new Map(sale.lines.map((line) => [line.lineNo, line]));
  const shares = new Map(sale.points?.shares.map((share) => [share.lineNo, share]));
  const before = refundedQuantities(earlier);
  return refunded.flatMap(({ lineNo, quantity }) => {
    const [line, share] = [lines.get(lineNo), shares.get(lineNo)];
    if (!line || !share) return [];
    const part = (points: number) => negative(shareOf(points, line, before.get(lineNo) ?? 0, -quantity));
    return [{ lineNo, earned: part(share.earned), redeemed: part(share.redeemed) }];
  });
}

function pointsOf(
  sale: RefundableSale<RefundableLine>,
  earlier: readonly EarlierRefund[],
  refunded: readonly RefundableLine[],
  money: RefundMoney,
): PointsOfRefund | null {
  if (!sale.points) return null;
  return refundPoints(refundShares(sale, earlier, refunded), sale.points.terms, sale.points.holding, money);
}

/** What was paid by each tender and has not gone back yet. */
function leftByMethod(
  sale: Pick<RefundableSale, 'payments'>,
  earlier: readonly EarlierRefund[],
): Map<PaymentMethod, number> {
  const left = new Map<PaymentMethod, number>();
  for (const { method, amount } of [...sale.payments, ...earlier.flatMap((refund) => refund.payments)]) {
    left.set(method, (left.get(method) ?? 0) + amount);
  }
  return left;
}

const isAllCash = ({ payments }: Pick<RefundableSale, 'payments'>): boolean =>
  payments.length > 0 && payments.every(({ method }) => method === 'cash');

/**
 * How much money goes back. A sale paid in cash alone was rounded as a whole, so its refunds are: after each, what went back in
 * all is rounded to the coins there are today, and the last one gives back exactly what was paid.
 */
function dueOf(
  sale: Omit<RefundableSale, 'lines'>,
  earlier: readonly EarlierRefund[],
  payable: number,
  cashRounding: number,
): number {
  if (!isAllCash(sale)) return payable;
  const payableBefore = -sum(earlier.map((refund) => refund.payable));
  const paidBefore = -sum(earlier.map((refund) => refund.paid));
  const payableAfter = payableBefore + payable;
  if (payableAfter === sale.payable) return sale.paid - paidBefore;
  const running = Math.min(roundToIncrement(payableAfter, cashRounding), sale.paid);
  return Math.max(0, running - paidBefore);
}

/** Value of cards first, to the cards; cash last: money that never was in the drawer does not leave through it. */
const RETURN_ORDER: readonly Method[] = [
  'stored-value',
  ...TENDER_METHODS.filter((method) => method !== 'cash' && method !== 'stored-value'),
  'cash',
];

/** As it came. @param most of it that may return to cards: what goods and services cost, since stored value paid for nothing else */
function asItCame(left: Map<PaymentMethod, number>, due: number, most: number): { method: Method; amount: number }[] {
  let open = due;
  const parts: { method: Method; amount: number }[] = [];
  for (const method of RETURN_ORDER) {
    const amount = Math.min(open, left.get(method) ?? 0, method === 'stored-value' ? most : open);
    if (amount <= 0) continue;
    parts.push({ method, amount });
    open -= amount;
  }
  if (open > 0) throw new Error(`the sale was paid with ${open} less than is to go back`);
  return parts;
}

/** What a card has paid goes back to it, never out as money: or bonus would become cash. */
function demandCardsFirst(left: Map<PaymentMethod, number>, chosen: Map<Method, number>, due: number): void {
  const money = due - (chosen.get('stored-value') ?? 0);
  const came = sum([...left].map(([method, amount]) => (method === 'stored-value' ? 0 : Math.max(0, amount))));
  if (money > came) throw refundTooMuchByTender({ method: 'cash', wanted: money, left: came });
}

function chosenTenders(
  left: Map<PaymentMethod, number>,
  { due, most, canBeCredited }: { due: number; most: number; canBeCredited: boolean },
  chosen: NonNullable<WantedRefund['tenders']>,
): Pick<PricedRefund, 'payments' | 'otherTender' | 'storeCredit'> {
  const given = sum(chosen.map(({ amount }) => amount));
  if (given !== due) throw refundTendersMismatch({ due, tendered: given });
  const byMethod = new Map<Method, number>();
  for (const { method, amount } of chosen) byMethod.set(method, (byMethod.get(method) ?? 0) + amount);
  demandCardsFirst(left, byMethod, due);
  let otherTender = 0;
  let storeCredit = 0;
  for (const [method, amount] of byMethod) {
    const over = amount - Math.max(0, Math.min(left.get(method) ?? 0, method === 'stored-value' ? most : amount));
    if (over <= 0) continue;
    // Cash can be handed out, and a member credited, whatever came in; a terminal or an account only takes back what it gave.
    if (method === 'cash') otherTender += over;
    else if (method === 'stored-value' && canBeCredited) storeCredit += over;
    else throw refundTooMuchByTender({ method, wanted: amount, left: amount - over });
  }
  return { payments: [...byMethod].map(([method, amount]) => ({ method, amount })), otherTender, storeCredit };
}

/**
 * Prices a refund of pieces of a booked sale: the exact inverse of their part in it. However a sale is split into refunds, they
 * add up to the whole sale to the unit: list price, each adjustment, tax, price, money per tender.
 * Amounts of the result are negative, except `otherTender` and `storeCredit`.
 * @throws unknown_refund_line, refund_too_many, nothing_to_refund, refund_tenders_mismatch, refund_too_much_by_tender, points_already_spent (422)
 */
export function priceRefund<Line extends RefundableLine>(
  sale: RefundableSale<Line>,
  earlier: readonly EarlierRefund[],
  wanted: WantedRefund,
  cashRounding: number,
): PricedRefund<Line> {
  const { lines, lots } = refundLines(sale, earlier, wanted);
  if (lines.length === 0) throw nothingToRefund(undefined);
  const payable = negative(sum(lines.map((line) => line.amount)));
  const due = dueOf(sale, earlier, payable, cashRounding);
  const points = pointsOf(sale, earlier, lines, { due, step: isAllCash(sale) ? cashRounding : 1 });
  const withheld = points?.withheld ?? 0;
  const left = leftByMethod(sale, earlier);
  const most = -sum(lines.map(({ kind, amount }) => (kind === 'card-plan' ? 0 : amount)));
  const { payments, otherTender, storeCredit } = wanted.tenders
    ? chosenTenders(left, { due: due - withheld, most, canBeCredited: sale.canBeCredited ?? false }, wanted.tenders)
    : { payments: asItCame(left, due - withheld, most), otherTender: 0, storeCredit: 0 };
  return {
    lines,
    list: sum(lines.map((line) => line.listAmount)),
    tax: sum(lines.map((line) => line.taxAmount)),
    payable: negative(payable),
    paid: negative(due),
    payments: [...payments, ...(withheld > 0 ? [{ method: 'spent-points' as const, amount: withheld }] : [])].map(
      ({ method, amount }) => ({ method, amount: negative(amount) }),
    ),
    otherTender,
    storeCredit,
    points,
    lots,
    sessions: returnedSessions(sale, earlier, lines),
  };
}

/**
 * What of topped-up money a refund takes back: the price of its pieces, whatever was used of them, so that all of them count as never
 * topped up. Negative.
 */
export function toppedUpBack({ lines, lots }: Pick<PricedRefund, 'lines' | 'lots'>): number {
  const topUps = new Set(lots.filter(({ kind }) => kind === 'stored-value').map(({ lineNo }) => lineNo));
  return negative(-sum(lines.map(({ lineNo, listAmount }) => (topUps.has(lineNo) ? listAmount : 0))));
}

/** Whose the store credit is, and the card that it goes on. */
export interface CreditTo {
  memberId: string;
  /** `number` of a card that is opened for it. */
  card: { id: string; number: string | null };
}

/** What a refund does to cards; null = nothing. */
export function cardsOfRefund(
  original: { id: string; memberId: string | null },
  { lots, sessions, payments, storeCredit }: PricedRefund,
  creditTo: CreditTo | null,
): CardsMove | null {
  const byValue = -sum(payments.map(({ method, amount }) => (method === 'stored-value' ? amount : 0)));
  if (lots.length === 0 && sessions.length === 0 && byValue === 0) return null;
  const { id: saleId, memberId } = original;
  const refund = { saleId, lots, value: byValue - storeCredit, sessions };
  const nothing = { spends: [], earning: null, uses: [] };
  if (storeCredit === 0 || !creditTo) return { ...nothing, memberId, sold: [], refund };
  return { ...nothing, memberId: creditTo.memberId, sold: [creditLot(storeCredit, creditTo.card)], refund };
}
