import type { Core } from '@strapi/strapi';
import type { StaffCall, StaffRoute } from '@tessera/access/public';
import { documentIdSchema } from '@tessera/kernel/contracts';
import { bookedReply, keyOf, parse } from '@tessera/kernel/public';
import { adjustmentRequestSchema } from '../contracts';
import { pointsService } from '../services/points';
import { giftRoutes } from './gift-routes';

const memberOf = (call: StaffCall): string => parse(documentIdSchema, call.params['id']);

/** `/api/points/…` */
export function pointsRoutes(strapi: Core.Strapi): StaffRoute[] {
  return [
    {
      method: 'GET',
      path: '/members/:id',
      permission: 'points.view',
      handler: async (call) => ({ status: 200, body: await pointsService(strapi).memberPoints(call, memberOf(call)) }),
    },
    {
      method: 'POST',
      path: '/members/:id/adjustments',
      permission: 'points.adjust',
      handler: async (call) => {
        const [key, memberId] = [keyOf(call), memberOf(call)];
        const request = parse(adjustmentRequestSchema, call.body);
        const { adjustment, isReplay } = await pointsService(strapi).adjust(call, { memberId, request, key });
        return bookedReply(adjustment, isReplay);
      },
    },
    ...giftRoutes(strapi),
  ];
}
