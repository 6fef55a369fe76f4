import { percentOf } from '@tessera/kernel/domain';
import type { Adjustment } from '../../contracts';
import type { OpenLine, PricingStep } from './pricing';

/**
 * What the member's tier takes off the list price of the goods it is for. A price that somebody has set by hand is what it was
 * set to.
 */
export const tierPrice: PricingStep = (pricing, { facts, member, tier }) => {
  if (!member || !tier || tier.discountRate === 0) return pricing;
  const { code, label, discountRate, categoryIds } = tier;
  const explanation: Omit<Adjustment, 'amount'> = {
    source: 'tier',
    code,
    label: { zh: `${label.zh}会员价 -${discountRate / 100}%`, en: `${label.en} price −${discountRate / 100}%` },
    reason: '',
  };
  function priced(line: OpenLine): OpenLine {
    const isFor = categoryIds.length === 0 || categoryIds.includes(facts.categories?.[line.sku] ?? '');
    const taken = percentOf(line.listAmount, discountRate);
    if (!isFor || line.adjustments.length > 0 || taken === 0) return line;
    return {
      ...line,
      adjustments: [{ ...explanation, amount: -taken }],
      amount: line.amount - taken,
    };
  }
  return { ...pricing, lines: pricing.lines.map(priced) };
};
