import { spendValue, storedValueNeedsMember, storedValueOverGoods, type ValueSpend } from '@tessera/cards/domain';
import { sum } from '@tessera/kernel/domain';
import type { Tender } from '../contracts';
import type { SaleFacts } from './facts';
import type { PricedCart } from './quote';

/** What a sale pays from stored value. */
export interface ValuePayment {
  spends: ValueSpend[];
  /** What of it counts when points are earned, as far as it is known before the cards are locked. */
  earning: number;
}

/**
 * What of the tenders is stored value.
 * @throws stored_value_needs_member, stored_value_over_goods (422), stored_value_not_enough (409)
 */
export function payWithValue(cart: PricedCart, tenders: readonly Tender[], facts: SaleFacts): ValuePayment {
  const spends = tenders
    .filter(({ method, amount }) => method === 'stored-value' && amount > 0)
    .map(({ amount, cardId = null }) => ({ amount, cardId }));
  if (spends.length === 0) return { spends, earning: 0 };
  if (!cart.member) throw storedValueNeedsMember(undefined);
  const goods = sum(cart.lines.map(({ kind, amount }) => (kind === 'card-plan' ? 0 : amount)));
  if (sum(spends.map(({ amount }) => amount)) > goods) throw storedValueOverGoods({ most: goods });
  const parts = spendValue(facts.cards.cards, cart.store.currency, spends);
  return { spends, earning: sum(parts.map(({ earning }) => earning)) };
}
