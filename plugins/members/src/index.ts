import type { Core } from '@strapi/strapi';
import { access } from '@tessera/access/public';
import { MEMBERS_PERMISSIONS } from './services/permissions';

export default {
  register({ strapi }: { strapi: Core.Strapi }) {
    access(strapi).declarePermissions(MEMBERS_PERMISSIONS);
  },
  services: { members: () => ({}) },
};
