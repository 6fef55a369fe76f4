import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { kernel } from '@tessera/kernel/public';
import { members } from '@tessera/members/public';
import { access, staffRouter } from '@tessera/access/public';
import { pointsRoutes } from './http/routes';
import { registerGifts } from './services/gifts/register-gifts';
import { expiryJob } from './services/expiry-job';
import { POINTS_OF_MEMBERS } from './services/member-holdings';
import { POINTS_PERMISSIONS } from './services/permissions';
import { createPointsService } from './services/points';
import { prepareEarnRules } from './services/prepare-rules';

export default {
  register({ strapi }: { strapi: Core.Strapi }) {
    kernel(strapi).addMigrations({
      plugin: 'points',
      directory: join(__dirname, '..', 'src', 'store', 'migrations'),
      after: ['kernel', 'access', 'ledger', 'members'],
    });
    access(strapi).declarePermissions(POINTS_PERMISSIONS);
    members(strapi).addHoldings(POINTS_OF_MEMBERS);
    kernel(strapi).jobs.register(expiryJob(strapi));
    prepareEarnRules(strapi);
    registerGifts(strapi);
  },
  services: { points: createPointsService },
  routes: {
    'content-api': ({ strapi }: { strapi: Core.Strapi }): unknown =>
      staffRouter(strapi, 'points', pointsRoutes(strapi)),
  },
};
