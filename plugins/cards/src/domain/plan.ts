export const CARD_PLAN_KINDS = ['stored-value', 'sessions'] as const;
/** Which part of stored value is spent first: fixed when it is sold. */
export const SPEND_ORDERS = ['principal-first', 'bonus-first', 'in-proportion'] as const;
export type SpendOrder = (typeof SPEND_ORDERS)[number];

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
}
