import {
  cardNeedsMember,
  cardNotUsable,
  cardOneAtATime,
  cardPriceFixed,
  judgeCardSale,
  soldLots,
  type CardPlan,
  type PolicyFinding,
} from '@tessera/cards/domain';
import { multiply } from '@tessera/kernel/domain';
import { MAX_AMOUNT } from '../../contracts';
import { amountTooLarge, inactiveItem } from '../refusals';
import type { PricedLine, PricingContext } from './pricing';

/** A line of the cart that is a card plan. */
export interface CardLine {
  plan: CardPlan;
  /** Of a package; of a top-up that is given sessions: the session card they are of. */
  parts: readonly CardPlan[];
  line: PricedLine;
  /** The card it goes on; null = a new one. */
  cardId: string | null;
}

/**
 * The card plans in a cart, at their price: nothing is taken off, because what is paid is what they are worth, and tax comes with
 * what is bought with them.
 * @throws card_needs_member, card_price_fixed, card_one_at_a_time, card_not_usable, inactive_item, amount_too_large (422)
 */
export function cardLines({ cart, facts, member, store }: PricingContext): CardLine[] {
  const plans = new Map(facts.cards.plans.map((plan) => [plan.sku, plan]));
  return cart.lines.flatMap(({ sku, quantity, unitPrice, staffIds = [], cardId: chosen }, index) => {
    const lineNo = index + 1;
    const plan = plans.get(sku);
    if (!plan) return [];
    if (!plan.isForSale) throw inactiveItem({ lineNo, sku });
    if (!member) throw cardNeedsMember(undefined);
    if (unitPrice !== undefined && unitPrice !== plan.unitPrice) throw cardPriceFixed({ lineNo });
    const isCounted = plan.kind === 'stored-value' || plan.kind === 'sessions';
    if (!isCounted && quantity !== 1) throw cardOneAtATime({ lineNo });
    const partIds = plan.bonusKind === 'sessions' && plan.bonusPlanId ? [plan.bonusPlanId] : (plan.partIds ?? []);
    const parts = partIds.flatMap((id) => facts.cards.plans.find((part) => part.id === id) ?? []);
    const own = facts.cards.cards.filter(({ currency, isShared }) => currency === store.currency && !isShared);
    const cardId = chosen === 'new' ? null : (chosen ?? own[0]?.id ?? null);
    if (cardId !== null && !own.some(({ id }) => id === cardId)) throw cardNotUsable({ cardId });
    const amount = multiply(plan.unitPrice, quantity);
    if (amount > MAX_AMOUNT) throw amountTooLarge({ lineNo });
    const { id: itemId, nameZh, nameEn, unitPrice: listUnitPrice } = plan;
    const priced = { listUnitPrice, listAmount: amount, adjustments: [], amount, taxRate: 0, taxAmount: 0, staffIds };
    return [
      {
        plan,
        parts,
        cardId,
        line: { itemId, lineNo, sku, kind: 'card-plan' as const, nameZh, nameEn, quantity, ...priced },
      },
    ];
  });
}

/**
 * What the law says about card plans in a cart. What goes on no card of the member goes on one new card.
 * @param cash what of the sale is paid in cash; null = not known yet
 */
export function judgeCards(
  sold: readonly CardLine[],
  { facts, store, now }: Pick<PricingContext, 'facts' | 'store' | 'now'>,
  cash: number | null,
): PolicyFinding[] {
  const { policies = [], cards } = facts.cards;
  const at = { now, timeZone: store.timeZone };
  const lots = sold.flatMap(({ plan, parts, line, cardId }) =>
    soldLots(plan, line, { id: cardId ?? 'new', number: null }, { ...at, parts }),
  );
  return judgeCardSale(policies, { currency: store.currency, sold: lots, cards, cash });
}
