import type { Core } from '@strapi/strapi';
import { access } from '@tessera/access/public';
import { CHECKOUT_PERMISSIONS } from './services/permissions';

export default {
  register({ strapi }: { strapi: Core.Strapi }) {
    access(strapi).declarePermissions(CHECKOUT_PERMISSIONS);
  },
  services: { checkout: () => ({}) },
};
