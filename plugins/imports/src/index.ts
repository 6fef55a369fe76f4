import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { access, staffRouter } from '@tessera/access/public';
import { kernel } from '@tessera/kernel/public';
import { members } from '@tessera/members/public';
import { memberFileRoutes } from './http/member-file-routes';
import { importRoutes } from './http/routes';
import { createImportsService, importsService } from './services/imports';
import { clearMemberFilesJob } from './services/member-file/clear-job';
import { FILES_OF_MEMBERS } from './services/member-holdings';
import { IMPORT_PERMISSIONS } from './services/permissions';

export default {
  register({ strapi }: { strapi: Core.Strapi }) {
    kernel(strapi).addMigrations({
      plugin: 'imports',
      directory: join(__dirname, '..', 'src', 'store', 'migrations'),
      after: ['access', 'backoffice', 'checkout'],
    });
    access(strapi).declarePermissions(IMPORT_PERMISSIONS);
    members(strapi).addHoldings(FILES_OF_MEMBERS);
    kernel(strapi).jobs.register(clearMemberFilesJob(strapi));
  },
  bootstrap({ strapi }: { strapi: Core.Strapi }) {
    // Only a server goes on with what another one left; a command that loads Strapi has work of its own.
    strapi.server.httpServer.once('listening', () => {
      importsService(strapi)
        .resumeInterrupted()
        .catch((error: unknown) => strapi.log.error(error));
    });
  },
  async destroy({ strapi }: { strapi: Core.Strapi }) {
    await importsService(strapi).stop();
  },
  services: { imports: createImportsService },
  routes: {
    'content-api': ({ strapi }: { strapi: Core.Strapi }): unknown =>
      staffRouter(strapi, 'imports', [...importRoutes(strapi), ...memberFileRoutes(strapi)]),
  },
};
