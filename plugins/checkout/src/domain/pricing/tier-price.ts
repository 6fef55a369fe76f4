import { multiply, percentOf } from '@tessera/kernel/domain';
import { tierPriceOf, type Tier } from '@tessera/members/domain';
import type { Adjustment } from '../../contracts';
import { formatMinor } from '../format-minor';
import type { OpenLine, PricingContext, PricingStep } from './pricing';

/** What one benefit takes off a line, and what is said of it. */
type Benefit = Pick<Adjustment, 'label' | 'reason'> & { taken: number };

function byPercent(line: OpenLine, { label, discountRate, categoryIds }: Tier, { facts }: PricingContext): Benefit {
  const isFor = categoryIds.length === 0 || categoryIds.includes(facts.categories?.[line.sku] ?? '');
  const rate = discountRate / 100;
  return {
    taken: isFor ? percentOf(line.listAmount, discountRate) : 0,
    label: { zh: `${label.zh}会员价 -${rate}%`, en: `${label.en} price −${rate}%` },
    reason: '',
  };
}

function byPriceList(line: OpenLine, tier: Tier, { store, now }: PricingContext): Benefit | null {
  const { currency } = store;
  const unitPrice = tierPriceOf(tier, line.itemId, { currency, now });
  if (unitPrice === null) return null;
  const { zh, en } = tier.label;
  return {
    taken: line.listAmount - multiply(unitPrice, line.quantity),
    label: { zh: `${zh}价目`, en: `${en} price list` },
    reason: `${formatMinor(line.listUnitPrice, currency)} → ${formatMinor(unitPrice, currency)}`,
  };
}

/**
 * What the member's tier makes of a list price: what its price list says or what its per cent leave, whichever is less; of two alike the
 * list. Never more than the list price. A price that somebody has set by hand is what it was set to.
 */
export const tierPrice: PricingStep = (pricing, context) => {
  const { member, tier } = context;
  if (!member || !tier || (tier.discountRate === 0 && tier.prices.size === 0)) return pricing;
  const { code } = tier;
  const priced = (line: OpenLine): OpenLine => {
    if (line.adjustments.length > 0) return line;
    const percent = byPercent(line, tier, context);
    const listed = byPriceList(line, tier, context);
    const { taken, label, reason } = listed && listed.taken >= percent.taken ? listed : percent;
    if (taken <= 0) return line;
    return {
      ...line,
      adjustments: [{ source: 'tier', code, label, amount: -taken, reason }],
      amount: line.amount - taken,
    };
  };
  return { ...pricing, lines: pricing.lines.map(priced) };
};
