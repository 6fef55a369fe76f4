import type { Core } from '@strapi/strapi';
import { access, type StaffRoute } from '@tessera/access/public';
import { kernel } from '@tessera/kernel/public';
import { runJobNow } from '../services/run-job';

/** What the system does by itself: when it did, what came of it, and once more if somebody wants it now. */
export function jobRoutes(strapi: Core.Strapi): StaffRoute[] {
  return [
    {
      method: 'GET',
      path: '/jobs',
      permission: 'jobs.view',
      async handler({ staff, now }) {
        await access(strapi).demand(staff, { permission: 'jobs.view', now });
        return { status: 200, body: { jobs: await kernel(strapi).jobs.list() } };
      },
    },
    {
      method: 'POST',
      path: '/jobs/:code/runs',
      permission: 'jobs.run',
      handler: async (call) => ({ status: 202, body: await runJobNow(strapi, call, call.params['code'] ?? '') }),
    },
  ];
}
