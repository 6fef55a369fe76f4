import type { SoldLot } from './sell-plan';

/** Line of a refund that no line has: what it puts on a card is not sold but owed. */
export const CREDIT_LINE = 0;
export const STORE_CREDIT = 'store-credit';

/** Money of a refund that goes on a card instead of out: all of it principal, and without an end. Minor units. */
export function creditLot(amount: number, card: { id: string; number: string | null }): SoldLot {
  return {
    lineNo: CREDIT_LINE,
    partNo: 0,
    cardId: card.id,
    number: card.number,
    planId: STORE_CREDIT,
    packageId: null,
    sku: STORE_CREDIT,
    nameZh: '退款存入',
    nameEn: 'Store credit',
    kind: 'stored-value',
    serviceIds: [],
    spendOrder: 'principal-first',
    bonusEarnsPoints: false,
    principal: amount,
    bonus: 0,
    instalments: [],
    sessions: 0,
    validUntil: null,
    time: null,
  };
}
