import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { createErrorsMiddleware } from './http/errors-middleware';
import { createKernelService, type KernelService } from './services/kernel';

function service(strapi: Core.Strapi): KernelService {
  return strapi.plugin('kernel').service('kernel') as KernelService;
}

/** A rejected promise that nobody awaited must not take the till down: it is logged, and the process keeps serving. */
function guardUnhandledRejections(strapi: Core.Strapi): void {
  process.on('unhandledRejection', (reason) => strapi.log.error(`Unhandled rejection: ${String(reason)}`));
}

export default {
  register({ strapi }: { strapi: Core.Strapi }) {
    guardUnhandledRejections(strapi);
    service(strapi).addMigrations({
      plugin: 'kernel',
      directory: join(__dirname, '..', 'src', 'store', 'migrations'),
      after: [],
    });
    strapi.hook('strapi::content-types.afterSync').register(async () => {
      const applied = await service(strapi).migrate();
      if (applied.length > 0) strapi.log.info(`Applied ${applied.length} migrations`);
    });
  },
  async destroy({ strapi }: { strapi: Core.Strapi }) {
    await service(strapi).jobs.stop();
  },
  middlewares: { errors: createErrorsMiddleware },
  services: { kernel: createKernelService },
};
