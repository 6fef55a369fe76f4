import type { AppliedCoupon } from '@tessera/campaigns/domain';
import type { SessionUse } from '@tessera/cards/domain';
import { prorate } from '@tessera/kernel/domain';
import type { Tier } from '@tessera/members/domain';
import type { Adjustment, Quote, QuoteLine, QuoteRequest } from '../../contracts';
import type { MemberFacts, SaleFacts, StoreFacts } from '../facts';

export interface PricedLine extends QuoteLine {
  /** documentId of the product or service. */
  itemId: string;
}

/** A line whose price is still being made: its tax is known when the last step is done. */
export type OpenLine = Omit<PricedLine, 'taxAmount'>;

/** What the person at the till must be allowed to do, beyond selling. Basis points; null = not asked for. */
export interface PriceAsks {
  discountRate: number | null;
  priceReduction: number | null;
}

/**
 * A price in the making: what the steps done so far have made of the goods and services in the cart. Card plans are not among them:
 * whatever takes something off a price takes nothing off a card.
 */
export interface Pricing {
  lines: readonly OpenLine[];
  /** Offers that were asked for and do not apply, each with the reason. */
  rejected: Quote['rejected'];
  asks: PriceAsks;
  coupons: readonly AppliedCoupon[];
  couponOffers: Quote['couponOffers'];
  /** What the member may redeem, and does; null = there is no member, or no programme. */
  points: Quote['points'];
  /** Pieces that sessions pay for. */
  sessionUses: readonly SessionUse[];
}

/** What every step may look at; none of them changes it. */
export interface PricingContext {
  cart: QuoteRequest;
  facts: SaleFacts;
  store: StoreFacts;
  member: MemberFacts | null;
  /** Of the member; null = none. */
  tier: Tier | null;
  now: Date;
}

/** One step of a price: pure, and silent when the cart gives it nothing to do. */
export type PricingStep = (pricing: Pricing, context: PricingContext) => Pricing;

/** Takes an amount off the lines in proportion to what they cost; the shares add up to it exactly, each with its explanation. */
export function takeOff(
  lines: readonly OpenLine[],
  amount: number,
  explanation: Omit<Adjustment, 'amount'>,
): readonly OpenLine[] {
  const shares = prorate(
    amount,
    lines.map((line) => line.amount),
  );
  return lines.map((line, index) => {
    const share = shares[index] ?? 0;
    if (share === 0) return line;
    return {
      ...line,
      adjustments: [...line.adjustments, { ...explanation, amount: -share }],
      amount: line.amount - share,
    };
  });
}
