import type { Core } from '@strapi/strapi';
import { access } from '@tessera/access/public';
import { kernel } from '@tessera/kernel/public';
import type { BatchRequest, ClaimRequest, HoldRequest, IssueRequest } from '../contracts';
import type { Act, CouponDesk } from './desk';
import { exportCodes } from './export-codes';
import { holdForTill } from './hold-coupons';
import { issueBatch, issueToMembers } from './issue-coupons';
import { claimCoupon, viewMemberCoupons, voidCoupon, voidIssue } from './member-coupons';

export type CampaignsService = ReturnType<typeof createCampaignsService>;

export function campaignsService(strapi: Core.Strapi): CampaignsService {
  return strapi.plugin('campaigns').service('campaigns') as CampaignsService;
}

/** The use cases, bound to this server's database and access. */
export function createCampaignsService({ strapi }: { strapi: Core.Strapi }) {
  const desk: CouponDesk = { access: access(strapi), database: kernel(strapi).database };
  return {
    issueBatch: (act: Act, request: BatchRequest, key: string) => issueBatch(desk, act, request, key),
    memberCoupons: (act: Act, memberId: string) => viewMemberCoupons(desk, act, memberId),
    hold: (act: Act, request: HoldRequest) => holdForTill(desk, act, request),
    claim: (act: Act, request: ClaimRequest) => claimCoupon(desk, act, request),
    voidCoupon: (act: Act, id: string, reason: string) => voidCoupon(desk, act, id, reason),
    voidIssue: (act: Act, id: string, reason: string) => voidIssue(desk, act, id, reason),
    exportCodes: (act: Act, id: string) => exportCodes(desk, act, id),
    issueToMembers: (act: Act, request: IssueRequest, key: string) => issueToMembers(desk, act, request, key),
  };
}
