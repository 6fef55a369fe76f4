import type { Core } from '@strapi/strapi';
import { accessSetup } from '@tessera/access/public';
import { bootProblems } from './boot-guard';

export default {
  register({ strapi }: { strapi: Core.Strapi }) {
    const problems = bootProblems(strapi);
    if (problems.length > 0) throw new Error(`Tessera does not start: ${problems.join('; ')}`);
  },
  /** Runs after every plugin's bootstrap and after Strapi has made its own roles. */
  async bootstrap({ strapi }: { strapi: Core.Strapi }) {
    await accessSetup(strapi).syncRoles(strapi.config.get('plugin::access.rolesDirectory') as string);
  },
};
