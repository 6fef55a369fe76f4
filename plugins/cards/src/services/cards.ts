import type { Core } from '@strapi/strapi';
import { access } from '@tessera/access/public';
import { kernel } from '@tessera/kernel/public';
import type { Cards } from '../public';
import { readCardPolicies } from './read-policies';
import { viewMemberCards, type Act } from './member-cards';

export type CardsService = ReturnType<typeof createCardsService>;

export function cardsService(strapi: Core.Strapi): CardsService {
  return strapi.plugin('cards').service('cards') as CardsService;
}

/** The use cases, bound to this server's database and access. */
export function createCardsService({ strapi }: { strapi: Core.Strapi }) {
  const desk = { access: access(strapi), database: kernel(strapi).database };
  const policies = readCardPolicies(strapi.config.get('plugin::cards.policiesDirectory') as string);
  return {
    policies,
    memberCards: (act: Act, memberId: string) => viewMemberCards(desk, act, memberId),
  } satisfies Cards & Record<string, unknown>;
}
