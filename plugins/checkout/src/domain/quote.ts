import type { AppliedCoupon } from '@tessera/campaigns/domain';
import { offerCards, type SessionUse } from '@tessera/cards/domain';
import { businessDayOf, canonicalJson, roundToIncrement, sum, taxIncluded } from '@tessera/kernel/domain';
import type { EarnedLot, PointsTerms, Programme } from '@tessera/points/domain';
import { MAX_AMOUNT, type Quote, type QuoteRequest } from '../contracts';
import type { MemberFacts, SaleFacts, StoreFacts, TillFacts } from './facts';
import { earnPoints } from './earn-points';
import { standingOf, tierView } from './tier-of-sale';
import { topUpBonuses, type TopUpBonus } from './top-up-bonus';
import { listPrices } from './pricing/list-prices';
import { cardLines, judgeCards, type CardLine } from './pricing/card-lines';
import type { OpenLine, PriceAsks, PricedLine, Pricing, PricingContext } from './pricing/pricing';
import { PRICING_STEPS } from './pricing/steps';
import { amountTooLarge, memberNotActive, unknownMember, unknownStore, unknownTill } from './refusals';

/** A cart with its price: everything a quote shows and a sale books. */
export interface PricedCart {
  store: StoreFacts;
  till: TillFacts;
  member: (MemberFacts & { tier: string | null }) | null;
  businessDay: string;
  lines: PricedLine[];
  totals: Quote['totals'];
  rejected: Quote['rejected'];
  asks: PriceAsks;
  coupons: readonly AppliedCoupon[];
  couponOffers: Quote['couponOffers'];
  points: Quote['points'];
  cards: Quote['cards'];
  cardNotices: Quote['cardNotices'];
  /** The card plans among its lines. */
  sold: readonly CardLine[];
  sessionUses: readonly SessionUse[];
  bonuses: readonly TopUpBonus[];
  /** What its refunds will go by. */
  terms: PointsTerms | null;
  /** The tier that the member comes with, and what is missing to the next. */
  tier: Quote['tier'];
  /** What it will earn when all of it is paid in a way that earns. */
  earnings: Quote['earnings'];
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

function withTax(line: OpenLine): PricedLine {
  return { ...line, taxAmount: taxIncluded(line.amount, line.taxRate) };
}

function totalsOf(lines: readonly PricedLine[], cashRounding: number): Quote['totals'] {
  const list = sum(lines.map((line) => line.listAmount));
  const payable = sum(lines.map((line) => line.amount));
  return {
    list,
    discount: list - payable,
    tax: sum(lines.map((line) => line.taxAmount)),
    payable,
    payableInCash: roundToIncrement(payable, cashRounding),
  };
}

function termsOf(programme: Programme | null | undefined): PointsTerms | null {
  if (!programme) return null;
  const { redeemPoints, redeemValue, whenSpent } = programme;
  return { redeemPoints, redeemValue, whenSpent };
}

function toEarning({ rule, label, points, availableFrom, expiresAt }: EarnedLot): Quote['earnings'][number] {
  return { unit: 'points', amount: points, reason: rule, label, availableFrom, expiresAt };
}

function cardsOf(pricing: Pricing, { facts, store, member, now }: PricingContext): Quote['cards'] {
  const { cards, blocked = [] } = facts.cards;
  if (!member || cards.length + blocked.length === 0) return null;
  const bill = sum(pricing.lines.map((line) => line.amount));
  const { lines, sessionUses: uses } = pricing;
  const day = businessDayOf(now, store.timeZone, store.dayCutoff);
  return offerCards(cards, { lines, uses, bill, currency: store.currency, blocked, day });
}

/**
 * Prices and explains a cart: list or replaced price → `PRICING_STEPS`, each spread over the lines → card plans at their price → tax contained in each
 * line → what is to pay, and what when it is paid in cash. Pure: the same facts give the same price, in the server, in a dry
 * run and in the browser.
 * @throws a refusal of `refusals.ts` (422)
 */
export function quote(cart: QuoteRequest, facts: SaleFacts, now: Date): PricedCart {
  const { store, till } = openStore(facts);
  const businessDay = businessDayOf(now, store.timeZone, store.dayCutoff);
  const known = activeMember(cart, facts);
  const standing = known && standingOf(facts, { now, day: businessDay });
  const tier = standing?.tier ?? null;
  const member = known && { ...known, tier: tier?.code ?? null };
  const context = { cart, facts, store, member, tier, now };
  const pricing = PRICING_STEPS.reduce((before, step) => step(before, context), listPrices(context));
  const { lines, ...made } = pricing;
  const sold = cardLines(context);
  const bonuses = topUpBonuses(sold, context);
  const priced = [...lines.map(withTax), ...sold.map(({ line }) => line)].sort((a, b) => a.lineNo - b.lineNo);
  const totals = totalsOf(priced, store.cashRounding);
  if (totals.list > MAX_AMOUNT) throw amountTooLarge({});
  const earned = earnPoints({ store, member, businessDay, lines: priced, sold, bonuses }, facts, now, null);
  return {
    store,
    till,
    member,
    businessDay,
    lines: priced,
    totals,
    ...made,
    cards: cardsOf(pricing, context),
    sold,
    bonuses,
    tier: known && tierView(facts, standing, businessDay),
    cardNotices: judgeCards(sold, context, null),
    terms: termsOf(facts.points?.book.programme),
    earnings: earned.map(toEarning),
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
    // left out when there is none, as before there were any
    ...(cart.bonuses.length > 0
      ? { bonuses: cart.bonuses.map(({ lineNo, kind, amount, label }) => [lineNo, kind, amount, label]) }
      : {}),
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
    points: cart.points,
    cards: cart.cards,
    tier: cart.tier,
    cardNotices: cart.cardNotices,
    bonuses: cart.bonuses.map(({ coupons: _, ...bonus }) => bonus),
    earnings: cart.earnings,
    coupons: cart.coupons.map(({ coupon, taken }) => ({ code: coupon.code, label: coupon.terms.label, taken })),
    couponOffers: cart.couponOffers,
    rejected: cart.rejected,
  };
}
