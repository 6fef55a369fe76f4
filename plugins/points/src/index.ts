import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { kernel } from '@tessera/kernel/public';
import { access, staffRouter } from '@tessera/access/public';
import { pointsRoutes } from './http/routes';
import { expiryJob } from './services/expiry-job';
import { POINTS_PERMISSIONS } from './services/permissions';
import { createPointsService } from './services/points';
import { prepareEarnRules } from './services/prepare-rules';

export default {
  register({ strapi }: { strapi: Core.Strapi }) {
    kernel(strapi).addMigrations({
      plugin: 'points',
      directory: join(__dirname, '..', 'src', 'store', 'migrations'),
      after: ['kernel', 'access', 'ledger'],
    });
    access(strapi).declarePermissions(POINTS_PERMISSIONS);
    kernel(strapi).jobs.register(expiryJob(strapi));
    prepareEarnRules(strapi);
  },
  services: { points: createPointsService },
  routes: {
    'content-api': ({ strapi }: { strapi: Core.Strapi }): unknown =>
      staffRouter(strapi, 'points', pointsRoutes(strapi)),
  },
};
