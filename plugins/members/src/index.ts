import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { access, staffRouter } from '@tessera/access/public';
import { kernel } from '@tessera/kernel/public';
import { membersRoutes } from './http/routes';
import { mergeProfilesJob } from './services/merges/merge-profiles-job';
import { createMembersService, keepTiersInHistory, prepareMembers, prepareStaffProfiles } from './services/members';
import { MEMBERS_PERMISSIONS } from './services/permissions';
import { prepareTierPrices } from './services/tiers/tier-prices';
import { tierJob } from './services/tiers/tier-job';

export default {
  register({ strapi }: { strapi: Core.Strapi }) {
    kernel(strapi).addMigrations({
      plugin: 'members',
      directory: join(__dirname, '..', 'src', 'store', 'migrations'),
      after: ['kernel', 'access', 'backoffice'],
    });
    access(strapi).declarePermissions(MEMBERS_PERMISSIONS);
    prepareMembers(strapi);
    prepareStaffProfiles(strapi);
    keepTiersInHistory(strapi);
    prepareTierPrices(strapi);
    kernel(strapi).jobs.register(tierJob(strapi));
    kernel(strapi).jobs.register(mergeProfilesJob(strapi));
  },
  services: { members: createMembersService },
  routes: {
    'content-api': ({ strapi }: { strapi: Core.Strapi }): unknown =>
      staffRouter(strapi, 'members', membersRoutes(strapi)),
  },
};
