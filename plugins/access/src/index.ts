import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { kernel } from '@tessera/kernel/public';
import { accessRoutes } from './http/routes';
import { staffRouter } from './http/staff-router';
import { accessService, createAccessService } from './services/access';
import { guardCeiling } from './services/ceiling-guard';
import { ACCESS_PERMISSIONS } from './services/permissions';

export default {
  register({ strapi }: { strapi: Core.Strapi }) {
    kernel(strapi).addMigrations({
      plugin: 'access',
      directory: join(__dirname, '..', 'src', 'store', 'migrations'),
      after: ['kernel'],
    });
    accessService(strapi).declarePermissions(ACCESS_PERMISSIONS);
  },
  async bootstrap({ strapi }: { strapi: Core.Strapi }) {
    await accessService(strapi).catalogue.registerActions(strapi);
    guardCeiling(strapi);
  },
  async destroy({ strapi }: { strapi: Core.Strapi }) {
    await accessService(strapi).trail.close();
  },
  services: { access: createAccessService },
  routes: {
    'content-api': ({ strapi }: { strapi: Core.Strapi }) => staffRouter(strapi, 'access', accessRoutes(strapi)),
  },
};
