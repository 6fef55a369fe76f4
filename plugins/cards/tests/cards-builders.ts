import type { CardLot, CardPlan, HeldCard } from '../src/domain';

let lots = 0;

/** 500 and 60 of stored value that stay, principal first. */
export function lotOf(changes: Partial<CardLot> = {}): CardLot {
  lots += 1;
  return {
    id: String(lots),
    kind: 'stored-value',
    sku: 'P500',
    nameZh: '充500送60',
    nameEn: 'Pay 500 get 60',
    serviceIds: [],
    spendOrder: 'principal-first',
    bonusEarnsPoints: false,
    principal: 500,
    bonus: 60,
    sessions: 0,
    validUntil: null,
    ...changes,
  };
}

export const sessionsOf = (sessions: number, serviceIds: string[], changes: Partial<CardLot> = {}): CardLot =>
  lotOf({
    kind: 'sessions',
    sku: 'CUT10',
    nameEn: 'Ten cuts',
    principal: 800,
    bonus: 0,
    sessions,
    serviceIds,
    ...changes,
  });

export function cardOf(id: string, ...held: CardLot[]): HeldCard {
  return { id, number: `number ${id}`, currency: 'CNY', lots: held };
}

export function planOf(changes: Partial<CardPlan> = {}): CardPlan {
  return {
    id: 'plan1',
    sku: 'P500',
    nameZh: '充500送60',
    nameEn: 'Pay 500 get 60',
    kind: 'stored-value',
    unitPrice: 50_000,
    bonus: 6_000,
    spendOrder: 'principal-first',
    bonusEarnsPoints: false,
    sessionCount: 0,
    serviceIds: [],
    validityDays: null,
    isForSale: true,
    ...changes,
  };
}
