import type { Core } from '@strapi/strapi';
import { accessSetup } from '@tessera/access/public';
import { bootProblems, REQUIRED_PLUGINS } from './boot-guard';

/** Strapi's own plugins (upload, i18n) would answer under `/api` to tokens that know nothing of roles and stores. */
function closeForeignRoutes(strapi: Core.Strapi): void {
  const ours = new Set<string>(REQUIRED_PLUGINS);
  for (const [name, plugin] of Object.entries(strapi.plugins)) {
    if (!ours.has(name) && !Array.isArray(plugin.routes)) delete plugin.routes['content-api'];
  }
}

export default {
  register({ strapi }: { strapi: Core.Strapi }) {
    const problems = bootProblems(strapi);
    if (problems.length > 0) throw new Error(`Tessera does not start: ${problems.join('; ')}`);
    closeForeignRoutes(strapi);
  },
  /** Runs after every plugin's bootstrap and after Strapi has made its own roles. */
  async bootstrap({ strapi }: { strapi: Core.Strapi }) {
    await accessSetup(strapi).syncRoles(strapi.config.get('plugin::access.rolesDirectory') as string);
  },
};
