import type { Core } from '@strapi/strapi';
import { access } from '@tessera/access/public';
import { IMPORT_PERMISSIONS } from './services/permissions';

export default {
  register({ strapi }: { strapi: Core.Strapi }) {
    access(strapi).declarePermissions(IMPORT_PERMISSIONS);
  },
  services: { imports: () => ({}) },
};
