import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { access } from '@tessera/access/public';
import { kernel } from '@tessera/kernel/public';
import { backofficeService, createBackofficeService } from './services/backoffice';

export default {
  register({ strapi }: { strapi: Core.Strapi }) {
    kernel(strapi).addMigrations({
      plugin: 'backoffice',
      directory: join(__dirname, '..', 'src', 'store', 'migrations'),
      after: ['kernel', 'access'],
    });
    access(strapi).declarePermissions(backofficeService(strapi).permissions());
  },
  services: { backoffice: createBackofficeService },
};
