import { BASIS_POINTS, percentOf, sum } from '@tessera/kernel/domain';
import type { Adjustment, ManualDiscount } from '../../contracts';
import { discountTooLarge } from '../refusals';
import { takeOff, type PricingStep } from './pricing';

/** What the discount takes off the cart, and which rate that is (rounded up). */
function discountOf(wanted: ManualDiscount, subtotal: number): { amount: number; rate: number } {
  if (wanted.kind === 'percent') {
    return { amount: percentOf(subtotal, wanted.basisPoints), rate: wanted.basisPoints };
  }
  if (wanted.amount > subtotal) throw discountTooLarge({ discount: wanted.amount, subtotal });
  return { amount: wanted.amount, rate: Math.ceil((wanted.amount * BASIS_POINTS) / subtotal) };
}

function labelOf(wanted: ManualDiscount): Adjustment['label'] {
  const rate = wanted.kind === 'percent' ? ` ${wanted.basisPoints / 100}%` : '';
  return { zh: `手动折扣${rate}`, en: `Discount${rate}` };
}

/** What the person at the till takes off the whole cart. @throws discount_too_large (422) */
export const manualDiscount: PricingStep = (pricing, { cart }) => {
  const wanted = cart.manualDiscount;
  if (!wanted) return pricing;
  const { amount, rate } = discountOf(wanted, sum(pricing.lines.map((line) => line.amount)));
  const lines = takeOff(pricing.lines, amount, {
    source: 'manual-discount',
    code: `manual-discount-${wanted.kind}`,
    label: labelOf(wanted),
    reason: wanted.reason,
  });
  return { ...pricing, lines, asks: { ...pricing.asks, discountRate: rate } };
};
