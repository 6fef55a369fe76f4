import type { Core } from '@strapi/strapi';

/**
 * What other plugins may use of cards. Facts and moves go with the caller's own statements: `tessera.cards_facts(skus, member, now)` in its
 * load, `tessera.move_cards(jsonb)` (`CardsMove`) before it posts the journals.
 */
export interface Cards {
  readonly name: 'cards';
}

export function cards(strapi: Core.Strapi): Cards {
  return strapi.plugin('cards').service('cards') as Cards;
}
