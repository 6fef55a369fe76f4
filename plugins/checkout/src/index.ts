import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { access, staffRouter } from '@tessera/access/public';
import { kernel } from '@tessera/kernel/public';
import { members } from '@tessera/members/public';
import { checkoutRoutes } from './http/routes';
import { createCheckoutService } from './services/checkout';
import { SALES_OF_MEMBERS } from './services/member-holdings';
import { CHECKOUT_PERMISSIONS } from './services/permissions';
import { registerWithBackoffice } from './services/register-with-backoffice';

export default {
  register({ strapi }: { strapi: Core.Strapi }) {
    kernel(strapi).addMigrations({
      plugin: 'checkout',
      directory: join(__dirname, '..', 'src', 'store', 'migrations'),
      after: ['kernel', 'access', 'ledger', 'members', 'points', 'campaigns', 'cards'],
    });
    access(strapi).declarePermissions(CHECKOUT_PERMISSIONS);
    members(strapi).addHoldings(SALES_OF_MEMBERS);
    registerWithBackoffice(strapi);
  },
  services: { checkout: createCheckoutService },
  routes: {
    'content-api': ({ strapi }: { strapi: Core.Strapi }): unknown =>
      staffRouter(strapi, 'checkout', checkoutRoutes(strapi)),
  },
};
