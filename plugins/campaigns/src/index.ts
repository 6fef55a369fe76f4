import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { access, staffRouter } from '@tessera/access/public';
import { kernel } from '@tessera/kernel/public';
import { members } from '@tessera/members/public';
import { campaignsRoutes } from './http/routes';
import { birthdayJob } from './services/birthday-job';
import { createCampaignsService } from './services/campaigns';
import { COUPONS_OF_MEMBERS } from './services/member-holdings';
import { COUPON_PERMISSIONS } from './services/permissions';
import { registerWithBackoffice } from './services/register-with-backoffice';

export default {
  register({ strapi }: { strapi: Core.Strapi }) {
    kernel(strapi).addMigrations({
      plugin: 'campaigns',
      directory: join(__dirname, '..', 'src', 'store', 'migrations'),
      after: ['kernel', 'access', 'ledger', 'members', 'points'],
    });
    access(strapi).declarePermissions(COUPON_PERMISSIONS);
    members(strapi).addHoldings(COUPONS_OF_MEMBERS);
    registerWithBackoffice(strapi);
    kernel(strapi).jobs.register(birthdayJob(strapi));
  },
  services: { campaigns: createCampaignsService },
  routes: {
    'content-api': ({ strapi }: { strapi: Core.Strapi }): unknown =>
      staffRouter(strapi, 'campaigns', campaignsRoutes(strapi)),
  },
};
