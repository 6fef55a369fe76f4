import type { Core } from '@strapi/strapi';
import { access } from '@tessera/access/public';
import { kernel } from '@tessera/kernel/public';
import type { BatchRequest, IssueRequest } from '../contracts';
import type { Act, CouponDesk } from './desk';
import { issueBatch, issueToMembers } from './issue-coupons';

export type CampaignsService = ReturnType<typeof createCampaignsService>;

export function campaignsService(strapi: Core.Strapi): CampaignsService {
  return strapi.plugin('campaigns').service('campaigns') as CampaignsService;
}

/** The use cases, bound to this server's database and access. */
export function createCampaignsService({ strapi }: { strapi: Core.Strapi }) {
  const desk: CouponDesk = { access: access(strapi), database: kernel(strapi).database };
  return {
    issueBatch: (act: Act, request: BatchRequest, key: string) => issueBatch(desk, act, request, key),
    issueToMembers: (act: Act, request: IssueRequest, key: string) => issueToMembers(desk, act, request, key),
  };
}
