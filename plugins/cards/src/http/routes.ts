import type { Core } from '@strapi/strapi';
import type { StaffRoute } from '@tessera/access/public';
import { documentIdSchema } from '@tessera/kernel/contracts';
import { parse } from '@tessera/kernel/public';
import { cardsService } from '../services/cards';

/** `/api/cards/…` */
export function cardsRoutes(strapi: Core.Strapi): StaffRoute[] {
  return [
    {
      method: 'GET',
      path: '/members/:id',
      permission: 'cards.view',
      handler: async (call) => ({
        status: 200,
        body: await cardsService(strapi).memberCards(call, parse(documentIdSchema, call.params['id'])),
      }),
    },
  ];
}
