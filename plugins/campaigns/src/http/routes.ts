import type { Core } from '@strapi/strapi';
import type { StaffCall, StaffRoute } from '@tessera/access/public';
import { documentIdSchema, uuidSchema } from '@tessera/kernel/contracts';
import { bookedReply, keyOf, parse } from '@tessera/kernel/public';
import { z } from 'zod';
import {
  batchRequestSchema,
  claimRequestSchema,
  holdRequestSchema,
  issueRequestSchema,
  voidRequestSchema,
} from '../contracts';
import { campaignsService, type CampaignsService } from '../services/campaigns';

const couponIdSchema = z.string().regex(/^[1-9]\d{0,15}$/, 'must be the number of a coupon');
const FILE_HEADERS = { 'content-type': 'text/csv; charset=utf-8', 'cache-control': 'no-store' };

async function batch(campaigns: CampaignsService, call: StaffCall) {
  const key = keyOf(call);
  const { issued, isReplay } = await campaigns.issueBatch(call, parse(batchRequestSchema, call.body), key);
  return bookedReply(issued, isReplay);
}

async function issue(campaigns: CampaignsService, call: StaffCall) {
  const key = keyOf(call);
  const { issued, isReplay } = await campaigns.issueToMembers(call, parse(issueRequestSchema, call.body), key);
  return bookedReply(issued, isReplay);
}

async function codes(campaigns: CampaignsService, call: StaffCall) {
  const id = parse(uuidSchema, call.params['id']);
  const headers = { ...FILE_HEADERS, 'content-disposition': `attachment; filename="coupons-${id}.csv"` };
  return { status: 200, body: await campaigns.exportCodes(call, id), headers };
}

/** What the till and a member's page ask for. */
function memberRoutes(campaigns: () => CampaignsService): StaffRoute[] {
  return [
    {
      method: 'PUT',
      path: '/coupon-holds',
      permission: 'coupons.redeem',
      handler: async (call) => ({
        status: 200,
        body: await campaigns().hold(call, parse(holdRequestSchema, call.body)),
      }),
    },
    {
      method: 'POST',
      path: '/coupon-claims',
      permission: 'coupons.claim',
      handler: async (call) => {
        const [coupon] = await campaigns().claim(call, parse(claimRequestSchema, call.body));
        return { status: 200, body: coupon };
      },
    },
    {
      method: 'GET',
      path: '/members/:id/coupons',
      permission: 'coupons.view',
      handler: async (call) => ({
        status: 200,
        body: await campaigns().memberCoupons(call, parse(documentIdSchema, call.params['id'])),
      }),
    },
  ];
}

/** `/api/campaigns/…` */
export function campaignsRoutes(strapi: Core.Strapi): StaffRoute[] {
  const campaigns = () => campaignsService(strapi);
  return [
    {
      method: 'POST',
      path: '/coupon-batches',
      permission: 'coupons.issue',
      handler: (call) => batch(campaigns(), call),
    },
    {
      method: 'POST',
      path: '/coupon-issues',
      permission: 'coupons.issue',
      handler: (call) => issue(campaigns(), call),
    },
    {
      method: 'GET',
      path: '/coupon-issues/:id/codes.csv',
      permission: 'coupons.export',
      handler: (call) => codes(campaigns(), call),
    },
    {
      method: 'POST',
      path: '/coupon-issues/:id/void',
      permission: 'coupons.void',
      handler: async (call) => {
        const id = parse(uuidSchema, call.params['id']);
        return { status: 200, body: await campaigns().voidIssue(call, id, parse(voidRequestSchema, call.body).reason) };
      },
    },
    {
      method: 'POST',
      path: '/coupons/:id/void',
      permission: 'coupons.void',
      handler: async (call) => {
        const id = parse(couponIdSchema, call.params['id']);
        return {
          status: 200,
          body: await campaigns().voidCoupon(call, id, parse(voidRequestSchema, call.body).reason),
        };
      },
    },
    ...memberRoutes(campaigns),
  ];
}
