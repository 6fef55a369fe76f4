import type { TimeTerms } from './time-card';

export const CARD_PLAN_KINDS = ['stored-value', 'sessions', 'time', 'package'] as const;
/** What a lot on a card is: a package puts a lot of each of its parts there. */
export const LOT_KINDS = ['stored-value', 'sessions', 'time'] as const;
export type LotKind = (typeof LOT_KINDS)[number];
/** Which part of stored value is spent first: fixed when it is sold. */
export const SPEND_ORDERS = ['principal-first', 'bonus-first', 'in-proportion'] as const;
export type SpendOrder = (typeof SPEND_ORDERS)[number];

/** What a top-up is given on top of its principal. */
export const BONUS_KINDS = ['money', 'points', 'coupons', 'sessions'] as const;
export type BonusKind = (typeof BONUS_KINDS)[number];

/** What a shop sells as a card, as its people have set it. Money in minor units. */
export interface CardPlan {
  /** documentId. */
  id: string;
  sku: string;
  nameZh: string;
  nameEn: string;
  kind: (typeof CARD_PLAN_KINDS)[number];
  /** What is paid; of stored value it becomes the principal. */
  unitPrice: number;
  bonus: number;
  /** Left out: money. */
  bonusKind?: BonusKind;
  /** So many points, coupons or sessions for each piece that is sold; left out: none. */
  bonusCount?: number;
  /** documentId of the template of the coupons that are given. */
  bonusCouponId?: string | null;
  /** documentId of the session card whose sessions are given. */
  bonusPlanId?: string | null;
  /** The bonus comes in so many monthly parts, the first with the sale; left out or null: all at once. */
  bonusInstalments?: number | null;
  spendOrder: SpendOrder;
  /** What is paid from the bonus counts when points are earned. */
  bonusEarnsPoints: boolean;
  /** Of a session card. */
  sessionCount: number;
  /** documentIds of the services that a session pays for. */
  serviceIds: string[];
  /** Null: as long as the shop exists. */
  validityDays: number | null;
  isForSale: boolean;
  /** Of a time card; left out or null: it is none. */
  time?: TimeTerms | null;
  /** documentIds of the plans a package is made of. */
  partIds?: readonly string[];
}
