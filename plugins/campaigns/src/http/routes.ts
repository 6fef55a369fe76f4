import type { Core } from '@strapi/strapi';
import type { StaffRoute } from '@tessera/access/public';
import { bookedReply, keyOf, parse } from '@tessera/kernel/public';
import { batchRequestSchema, issueRequestSchema } from '../contracts';
import { campaignsService } from '../services/campaigns';

/** `/api/campaigns/…` */
export function campaignsRoutes(strapi: Core.Strapi): StaffRoute[] {
  const campaigns = () => campaignsService(strapi);
  return [
    {
      method: 'POST',
      path: '/coupon-batches',
      permission: 'coupons.issue',
      handler: async (call) => {
        const key = keyOf(call);
        const { issued, isReplay } = await campaigns().issueBatch(call, parse(batchRequestSchema, call.body), key);
        return bookedReply(issued, isReplay);
      },
    },
    {
      method: 'POST',
      path: '/coupon-issues',
      permission: 'coupons.issue',
      handler: async (call) => {
        const key = keyOf(call);
        const { issued, isReplay } = await campaigns().issueToMembers(call, parse(issueRequestSchema, call.body), key);
        return bookedReply(issued, isReplay);
      },
    },
  ];
}
