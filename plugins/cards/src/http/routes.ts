import type { Core } from '@strapi/strapi';
import type { StaffCall, StaffRoute } from '@tessera/access/public';
import { documentIdSchema, uuidSchema } from '@tessera/kernel/contracts';
import { bookedReply, keyOf, parse } from '@tessera/kernel/public';
import { careRequestSchema, extendRequestSchema, pinRequestSchema, transferRequestSchema } from '../contracts';
import { CARE_KINDS, permissionOf, type CareKind } from '../domain';
import type { CareRequest } from '../services/care-for-card';
import { cardsService } from '../services/cards';

/** What the body of each act says beside why. */
const CARE: Readonly<Record<CareKind, (body: unknown) => CareRequest>> = {
  freeze: (body) => ({ kind: 'freeze', ...parse(careRequestSchema, body) }),
  unfreeze: (body) => ({ kind: 'unfreeze', ...parse(careRequestSchema, body) }),
  'report-lost': (body) => ({ kind: 'report-lost', ...parse(careRequestSchema, body) }),
  replace: (body) => ({ kind: 'replace', ...parse(careRequestSchema, body) }),
  extend: (body) => ({ kind: 'extend', ...parse(extendRequestSchema, body) }),
  transfer: (body) => ({ kind: 'transfer', ...parse(transferRequestSchema, body) }),
  share: (body) => ({ kind: 'share', ...parse(transferRequestSchema, body) }),
  unshare: (body) => ({ kind: 'unshare', ...parse(transferRequestSchema, body) }),
};

function careRoute(strapi: Core.Strapi, kind: CareKind): StaffRoute {
  return {
    method: 'POST',
    path: `/:id/${kind}`,
    permission: permissionOf(kind),
    handler: async (call: StaffCall) => {
      const [key, cardId] = [keyOf(call), parse(uuidSchema, call.params['id'])];
      const asked = { key, cardId, request: CARE[kind](call.body) };
      const { reply, isReplay } = await cardsService(strapi).careFor(call, asked);
      return bookedReply(reply, isReplay);
    },
  };
}

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
    {
      method: 'GET',
      path: '/members/:id/numbers',
      permission: 'cards.freeze',
      handler: async (call) => ({
        status: 200,
        body: await cardsService(strapi).cardNumbers(call, parse(documentIdSchema, call.params['id'])),
      }),
    },
    {
      method: 'POST',
      path: '/members/:id/payment-pin',
      permission: 'cards.set-pin',
      handler: async (call) => {
        const [key, memberId] = [keyOf(call), parse(documentIdSchema, call.params['id'])];
        const request = parse(pinRequestSchema, call.body);
        const { reply, isReplay } = await cardsService(strapi).setPaymentPin(call, { memberId, request, key });
        return bookedReply(reply, isReplay);
      },
    },
    ...CARE_KINDS.map((kind) => careRoute(strapi, kind)),
  ];
}
