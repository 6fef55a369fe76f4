import type { Core } from '@strapi/strapi';
import { uuidSchema } from '@tessera/kernel/contracts';
import { parse } from '@tessera/kernel/public';
import { assignableQuerySchema, assignmentQuerySchema, assignmentRequestSchema } from '../contracts';
import type { StaffCall, StaffRoute } from '../public';
import { accessService } from '../services/access';
import { readMe } from '../services/me';

/** A parameter given twice becomes a list, which no contract here takes. */
function queryOf({ query }: StaffCall): Record<string, string | string[]> {
  const values = (name: string) => query.getAll(name);
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => [name, values(name).length > 1 ? values(name) : (values(name)[0] ?? '')]),
  );
}

/** `/api/access/…` */
export function accessRoutes(strapi: Core.Strapi): StaffRoute[] {
  const access = () => accessService(strapi);
  return [
    {
      method: 'GET',
      path: '/me',
      permission: 'self',
      handler: async ({ staff, now }) => ({ status: 200, body: await readMe(strapi, staff, now) }),
    },
    {
      method: 'GET',
      path: '/permissions',
      permission: 'roles.view',
      handler: async () => ({ status: 200, body: access().permissions() }),
    },
    {
      method: 'GET',
      path: '/roles',
      permission: 'roles.view',
      handler: async () => ({ status: 200, body: await access().roles.list() }),
    },
    {
      method: 'GET',
      path: '/roles/assignable',
      permission: 'assignments.manage',
      handler: async (call) => {
        const { storeId = null, ...intention } = parse(assignableQuerySchema, queryOf(call));
        return {
          status: 200,
          body: await access().ceiling.assignable(call.staff, { storeId, ...intention }, call.now),
        };
      },
    },
    {
      method: 'GET',
      path: '/accounts',
      permission: 'assignments.view',
      handler: async ({ staff, now }) => ({ status: 200, body: await access().assignments.accountsFor(staff, now) }),
    },
    {
      method: 'GET',
      path: '/assignments',
      permission: 'assignments.view',
      handler: async (call) => {
        const { staffId = null } = parse(assignmentQuerySchema, queryOf(call));
        return { status: 200, body: await access().assignments.listFor(call.staff, staffId, call.now) };
      },
    },
    {
      method: 'POST',
      path: '/assignments',
      permission: 'assignments.manage',
      handler: async ({ staff, body, now }) => ({
        status: 201,
        body: await access().assignments.assign(staff, parse(assignmentRequestSchema, body), now),
      }),
    },
    {
      method: 'DELETE',
      path: '/assignments/:id',
      permission: 'assignments.manage',
      handler: async ({ staff, params, now }) => {
        await access().assignments.end(staff, parse(uuidSchema, params['id']), now);
        return { status: 204 };
      },
    },
  ];
}
