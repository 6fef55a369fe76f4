import { coverLines, type SessionUse } from '@tessera/cards/domain';
import { businessDayOf, scale } from '@tessera/kernel/domain';
import type { OpenLine, PricingStep } from './pricing';

/** Each use takes its pieces off the line; running totals, so that a line whose pieces are all covered costs nothing. */
function covered(line: OpenLine, uses: readonly SessionUse[]): OpenLine {
  const price = line.amount;
  let pieces = 0;
  return uses.reduce<OpenLine>((open, { quantity, cardNumber, plan }) => {
    pieces += quantity;
    const amount = scale(price, line.quantity - pieces, line.quantity);
    const adjustment = {
      source: 'session' as const,
      code: plan.sku,
      label: { zh: `${plan.nameZh} × ${quantity} 次`, en: `${plan.nameEn} × ${quantity}` },
      amount: amount - open.amount,
      reason: cardNumber,
    };
    return { ...open, amount, adjustments: [...open.adjustments, adjustment] };
  }, line);
}

/** Sessions that were chosen pay for pieces of services, at what these cost then. What cannot be covered is named. */
export const useSessions: PricingStep = (pricing, { cart, facts, member, store, now }) => {
  if (!cart.sessions?.length) return pricing;
  const { cards, blocked } = facts.cards;
  const { uses, refusals } = coverLines(pricing.lines, cart.sessions, member ? cards : [], {
    day: businessDayOf(now, store.timeZone, store.dayCutoff),
    ...(member && blocked ? { blocked } : {}),
  });
  const lines = pricing.lines.map((line) =>
    covered(
      line,
      uses.filter(({ lineNo }) => lineNo === line.lineNo),
    ),
  );
  const rejected = refusals.map(({ sku, reason }) => ({ code: `session ${sku}`, reason }));
  return { ...pricing, lines, sessionUses: uses, rejected: [...pricing.rejected, ...rejected] };
};
