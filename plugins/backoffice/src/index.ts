import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { access, staffRouter } from '@tessera/access/public';
import { kernel } from '@tessera/kernel/public';
import { prepareStore } from './domain/prepare-store';
import { backofficeRoutes } from './http/routes';
import { AUDIT_RESOURCE } from './services/audit-resource';
import { backofficeService, createBackofficeService } from './services/backoffice';
import { JOB_PERMISSIONS } from './services/job-permissions';
import { prepareRequiredRelations } from './services/required-relations';

export default {
  register({ strapi }: { strapi: Core.Strapi }) {
    kernel(strapi).addMigrations({
      plugin: 'backoffice',
      directory: join(__dirname, '..', 'src', 'store', 'migrations'),
      after: ['kernel', 'access'],
    });
    access(strapi).declarePermissions([...backofficeService(strapi).permissions(), ...JOB_PERMISSIONS]);
    backofficeService(strapi).addRecordResource(AUDIT_RESOURCE);
    backofficeService(strapi).addPreparation('api::store.store', prepareStore);
    prepareRequiredRelations(backofficeService(strapi));
  },
  routes: {
    'content-api': ({ strapi }: { strapi: Core.Strapi }): unknown =>
      staffRouter(strapi, 'backoffice', backofficeRoutes(strapi)),
  },
  services: { backoffice: createBackofficeService },
};
