import type { Core } from '@strapi/strapi';
import type { Staff } from '@tessera/access/public';
import type { CardPolicy } from './domain';

/** What a member's PIN is asked for: who asks it with which right, and what for in minor units. */
export interface PinUse {
  staff: Staff;
  permission: string;
  storeId: string;
  amount: number;
  now: Date;
}

/**
 * What other plugins may use of cards. Facts and moves go with the caller's own statements: `tessera.cards_facts(skus, member, now)` in its
 * load, `tessera.move_cards(jsonb)` (`CardsMove`) before it posts the journals.
 */
export interface Cards {
  /** What the law of the place demands when a card is sold: `config/policies`. */
  readonly policies: readonly CardPolicy[];
  /**
   * Compares a member's PIN; each try is counted, and each wrong one is on the trail, whatever becomes of the caller's transaction.
   * @throws payment_pin_not_set, payment_pin_locked (409), payment_pin_wrong (403)
   */
  checkPaymentPin(memberId: string, pin: string, use: PinUse): Promise<void>;
}

export function cards(strapi: Core.Strapi): Cards {
  return strapi.plugin('cards').service('cards') as Cards;
}
