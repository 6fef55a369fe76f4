import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { access } from '@tessera/access/public';
import { kernel } from '@tessera/kernel/public';
import { CHECKOUT_PERMISSIONS } from './services/permissions';

export default {
  register({ strapi }: { strapi: Core.Strapi }) {
    kernel(strapi).addMigrations({
      plugin: 'checkout',
      directory: join(__dirname, '..', 'src', 'store', 'migrations'),
      after: ['kernel', 'access', 'ledger'],
    });
    access(strapi).declarePermissions(CHECKOUT_PERMISSIONS);
  },
  services: { checkout: () => ({}) },
};
