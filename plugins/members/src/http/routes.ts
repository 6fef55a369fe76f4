import type { Core } from '@strapi/strapi';
import type { StaffRoute } from '@tessera/access/public';
import { documentIdSchema } from '@tessera/kernel/contracts';
import { parse } from '@tessera/kernel/public';
import { lookupQuerySchema, revealRequestSchema, tierAssignmentSchema } from '../contracts';
import { lookUp } from '../services/lookup';
import { membersService } from '../services/members';
import { reveal } from '../services/reveals';

/** A parameter given twice becomes a list, which no schema of ours takes: better refused than guessed. */
function queryOf(query: URLSearchParams): Record<string, string | string[]> {
  const names = [...new Set(query.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = query.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

/** `/api/members/…` */
export function membersRoutes(strapi: Core.Strapi): StaffRoute[] {
  return [
    {
      method: 'GET',
      path: '/lookup',
      permission: 'members.lookup',
      handler: async ({ staff, query, now }) => {
        const { q } = parse(lookupQuerySchema, queryOf(query));
        return { status: 200, body: await lookUp(strapi, staff, q, now) };
      },
    },
    {
      method: 'POST',
      path: '/:id/reveals',
      permission: 'members.reveal',
      handler: async ({ staff, params, body, now }) => {
        const memberId = parse(documentIdSchema, params['id']);
        const request = parse(revealRequestSchema, body);
        return { status: 201, body: await reveal(strapi, { staff, memberId, request, now }) };
      },
    },
    {
      method: 'GET',
      path: '/:id/tier',
      permission: 'member-tiers.view',
      handler: async (call) => {
        const memberId = parse(documentIdSchema, call.params['id']);
        return { status: 200, body: await membersService(strapi).tierOf(call, memberId) };
      },
    },
    {
      method: 'POST',
      path: '/:id/tier',
      permission: 'tiers.assign',
      handler: async (call) => {
        const memberId = parse(documentIdSchema, call.params['id']);
        const wanted = parse(tierAssignmentSchema, call.body);
        return { status: 201, body: await membersService(strapi).assignTier(call, { memberId, wanted }) };
      },
    },
  ];
}
