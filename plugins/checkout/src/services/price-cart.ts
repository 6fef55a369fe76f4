import { createHash } from 'node:crypto';
import type { AccessRequest, Decision, RecordFacts } from '@tessera/access/domain';
import type { Access, Staff } from '@tessera/access/public';
import type { CardPolicy } from '@tessera/cards/domain';
import type { Cards } from '@tessera/cards/public';
import { sum } from '@tessera/kernel/domain';
import type { Sql } from '@tessera/kernel/public';
import type { Members } from '@tessera/members/public';
import type { Points } from '@tessera/points/public';
import type { Quote, QuoteRequest } from '../contracts';
import { agreedTerms, couponCodesOf, quote, toQuote, type PricedCart, type SaleFacts } from '../domain';
import { loadSale, type LoadedSale, type SaleQuestion } from '../store/sale-store';

export interface Desk {
  access: Access;
  database: Sql;
  points: Points;
  members: Pick<Members, 'tierBook'>;
  cardPolicies: readonly CardPolicy[];
  checkPaymentPin: Cards['checkPaymentPin'];
}

/** Who acts where: every decision at the till is about this. */
export interface Act {
  staff: Staff;
  now: Date;
  /** What the member typed on the till; never kept. */
  paymentPin?: string | null;
}

export function recordsOf(staff: Staff, storeId: string): RecordFacts[] {
  return [{ storeId, staffId: staff.id }];
}

/** Asks before the facts are there: a refusal is recorded, a permission is counted with the act itself. @throws forbidden (403) */
export async function refuseUnlessAllowed({ access }: Desk, staff: Staff, request: AccessRequest): Promise<void> {
  if (access.decide(staff, request).effect !== 'allow') await access.demand(staff, request);
}

/** May this person sell in that store at all? Asked before anything about the cart is looked up. @throws forbidden (403) */
export async function demandStore(desk: Desk, { staff, now }: Act, storeId: string): Promise<void> {
  await refuseUnlessAllowed(desk, staff, { permission: 'checkout.sell', now, records: recordsOf(staff, storeId) });
}

function questionOf(cart: QuoteRequest) {
  return {
    storeId: cart.storeId,
    tillId: cart.tillId,
    memberId: cart.memberId ?? null,
    skus: [...new Set(cart.lines.map((line) => line.sku))],
    staffIds: [...new Set(cart.lines.flatMap((line) => line.staffIds ?? []))],
    coupons: couponCodesOf(cart),
  };
}

/** Facts of the cart; the same round trip confirms who asks. */
export async function loadCart(
  { access, database, points, members, cardPolicies }: Desk,
  { staff, now }: Act,
  cart: QuoteRequest,
  sale: Pick<SaleQuestion, 'idempotencyKey' | 'heldCartId' | 'offersCoupons'> = {
    idempotencyKey: null,
    heldCartId: null,
    offersCoupons: false,
  },
): Promise<Omit<LoadedSale, 'facts'> & { facts: SaleFacts }> {
  const loaded = await loadSale(database, { staff, now, ...questionOf(cart), ...sale });
  access.confirm(staff, loaded.gate);
  const { facts, holding, tier, coupons, cards, bonusTemplates } = loaded;
  const held = holding && { holding, book: await points.ruleBook(holding.version) };
  const tiers = tier && { holding: tier, book: await members.tierBook(tier.version) };
  const withPolicies = { ...cards, policies: cardPolicies };
  return { ...loaded, facts: { ...facts, points: held, tiers, coupons, bonusTemplates, cards: withPolicies } };
}

/** A permitted act within a sale, for the trail. */
export interface Permitted {
  decision: Decision;
  /** What it moved, in minor units. */
  amount: number;
  reason: string | undefined;
}

/** @throws forbidden or approval_required (403) with the limit and who could allow it */
async function demandPrice({ access }: Desk, { staff, now }: Act, cart: QuoteRequest, priced: PricedCart) {
  const records = recordsOf(staff, priced.store.id);
  const permitted: Permitted[] = [];
  async function ask(permission: string, amounts: Record<string, number>, moved: Omit<Permitted, 'decision'>) {
    permitted.push({ decision: await access.demand(staff, { permission, now, records, amounts }), ...moved });
  }
  const moved = (source: string) =>
    priced.lines
      .flatMap((line) => line.adjustments)
      .filter((adjustment) => adjustment.source === source)
      .reduce((total, adjustment) => total + adjustment.amount, 0);
  const { discountRate, priceReduction } = priced.asks;
  if (priceReduction !== null) {
    const reasons = cart.lines.flatMap((line) => line.priceReason ?? []);
    const reason = reasons.length > 0 ? [...new Set(reasons)].join('; ') : undefined;
    await ask('checkout.override-price', { reduction: priceReduction }, { amount: moved('price-override'), reason });
  }
  if (discountRate !== null) {
    const reason = cart.manualDiscount?.reason;
    await ask('checkout.discount', { rate: discountRate }, { amount: moved('manual-discount'), reason });
  }
  if (priced.coupons.length > 0) {
    await ask('coupons.redeem', {}, { amount: moved('coupon'), reason: undefined });
  }
  const prepaid = sum(priced.sold.map(({ line }) => line.amount));
  if (prepaid > 0) await ask('cards.sell', { amount: prepaid }, { amount: prepaid, reason: undefined });
  const { payable } = priced.totals;
  await ask('checkout.sell', { amount: payable }, { amount: payable, reason: undefined });
  return permitted;
}

export interface Priced {
  cart: PricedCart;
  quote: Quote;
  permitted: Permitted[];
}

/** Decides: what the cart costs, and whether this person may sell it so. Writes nothing but refusals on the trail. */
export async function priceCart(desk: Desk, act: Act, cart: QuoteRequest, facts: SaleFacts): Promise<Priced> {
  const priced = quote(cart, facts, act.now);
  const permitted = await demandPrice(desk, act, cart, priced);
  const quoteHash = createHash('sha256').update(agreedTerms(priced)).digest('base64url');
  return { cart: priced, quote: toQuote(priced, quoteHash), permitted };
}

/** `POST /api/checkout/quotes`: the path of a sale without its last step. */
export async function quoteCart(desk: Desk, act: Act, cart: QuoteRequest): Promise<Quote> {
  await demandStore(desk, act, cart.storeId);
  const question = { idempotencyKey: null, heldCartId: null, offersCoupons: true };
  const { facts } = await loadCart(desk, act, cart, question);
  return (await priceCart(desk, act, cart, facts)).quote;
}
