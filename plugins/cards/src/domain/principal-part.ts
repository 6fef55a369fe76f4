import { scale } from '@tessera/kernel/domain';
import type { SpendOrder } from './plan';

/**
 * Of an amount that is taken from principal and bonus, how much is principal. `tessera.principal_part` is the same rule where
 * value is moved. Never falls when the amount grows, so what is given back piece by piece never turns round.
 * @param amount at most `principal + bonus`
 */
export function principalPart(
  order: SpendOrder,
  amount: number,
  { principal, bonus }: { principal: number; bonus: number },
): number {
  switch (order) {
    case 'principal-first':
      return Math.min(amount, principal);
    case 'bonus-first':
      return amount - Math.min(amount, bonus);
    case 'in-proportion':
      return amount === 0 ? 0 : scale(amount, principal, principal + bonus);
  }
}
