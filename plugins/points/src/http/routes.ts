import type { Core } from '@strapi/strapi';
import type { StaffCall, StaffRoute } from '@tessera/access/public';
import { documentIdSchema, uuidSchema } from '@tessera/kernel/contracts';
import { defineError } from '@tessera/kernel/domain';
import { parse } from '@tessera/kernel/public';
import { adjustmentRequestSchema } from '../contracts';
import { pointsService } from '../services/points';

const keyRequired = defineError(
  'idempotency_key_required',
  400,
  'Send an Idempotency-Key header with a UUID that the client made for this act',
);

function keyOf(call: StaffCall): string {
  const key = uuidSchema.safeParse(call.header('idempotency-key'));
  if (!key.success) throw keyRequired(undefined);
  return key.data.toLowerCase();
}

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
        return { status: 201, body: adjustment, ...(isReplay ? { headers: { 'idempotent-replayed': 'true' } } : {}) };
      },
    },
  ];
}
