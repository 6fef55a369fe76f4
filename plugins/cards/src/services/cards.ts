import type { Core } from '@strapi/strapi';
import { access } from '@tessera/access/public';
import { kernel } from '@tessera/kernel/public';
import type { PinRequest } from '../contracts';
import type { Cards, PinUse } from '../public';
import { careForCard, type CareAct } from './care-for-card';
import { readCardPolicies } from './read-policies';
import { checkPaymentPin, setPaymentPin } from './payment-pin';
import { viewCardNumbers, viewMemberCards, type Act } from './member-cards';

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
    checkPaymentPin: (memberId: string, pin: string, use: PinUse) => checkPaymentPin(desk, memberId, pin, use),
    setPaymentPin: (act: Act, asked: { memberId: string; request: PinRequest; key: string }) =>
      setPaymentPin(desk, act, asked),
    careFor: (act: Act, asked: CareAct) => careForCard(desk, act, asked),
    cardNumbers: (act: Act, memberId: string) => viewCardNumbers(desk, act, memberId),
    memberCards: (act: Act, memberId: string) => viewMemberCards(desk, act, memberId),
  } satisfies Cards & Record<string, unknown>;
}
