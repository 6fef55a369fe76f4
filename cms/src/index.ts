import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { accessSetup } from '@tessera/access/public';
import { defineError } from '@tessera/kernel/domain';
import { kernel } from '@tessera/kernel/public';
import { bootProblems, REQUIRED_PLUGINS } from './boot-guard';
import { lockBoot } from './boot-lock';
import { endQuietly } from './quiet-end';
import { reconcileJob } from './services/reconcile-job';

const bootRefused = defineError<{ problems: string[] }>(
  'boot_refused',
  500,
  ({ problems }) => `Tessera does not start: ${problems.join('; ')}`,
);

/** Strapi's own plugins (upload, i18n) would answer under `/api` to tokens that know nothing of roles and stores. */
function closeForeignRoutes(strapi: Core.Strapi): void {
  const ours = new Set<string>(REQUIRED_PLUGINS);
  for (const [name, plugin] of Object.entries(strapi.plugins)) {
    if (!ours.has(name) && !Array.isArray(plugin.routes)) delete plugin.routes['content-api'];
  }
}

let unlock: () => Promise<void> = async () => undefined;

export default {
  async register({ strapi }: { strapi: Core.Strapi }) {
    const problems = bootProblems(strapi);
    if (problems.length > 0) throw bootRefused({ problems });
    closeForeignRoutes(strapi);
    endQuietly(strapi);
    const directory = join(strapi.dirs.app.root, 'src/store/migrations');
    kernel(strapi).addMigrations({ plugin: 'cms', directory, after: ['kernel'] });
    kernel(strapi).jobs.register(reconcileJob(strapi));
    unlock = await lockBoot(strapi);
  },
  /** Runs after every plugin's bootstrap and after Strapi has made its own roles. */
  async bootstrap({ strapi }: { strapi: Core.Strapi }) {
    await accessSetup(strapi).syncRoles(strapi.config.get('plugin::access.rolesDirectory') as string);
    await unlock();
  },
  /** Runs after every plugin has ended: they write while they do. */
  async destroy({ strapi }: { strapi: Core.Strapi }) {
    await kernel(strapi).database.close();
  },
};
