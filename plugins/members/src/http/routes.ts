import type { Core } from '@strapi/strapi';
import type { StaffCall, StaffRoute } from '@tessera/access/public';
import { documentIdSchema, uuidSchema } from '@tessera/kernel/contracts';
import { bookedReply, keyOf, parse } from '@tessera/kernel/public';
import {
  anonymisationRequestSchema,
  birthdayQuerySchema,
  consentRequestSchema,
  lookupQuerySchema,
  mergePreviewQuerySchema,
  mergeRequestSchema,
  mergeUndoSchema,
  revealRequestSchema,
  tierAssignmentSchema,
} from '../contracts';
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

const memberOf = (call: StaffCall): string => parse(documentIdSchema, call.params['id']);

/** Two members that become one. */
function mergeRoutes(strapi: Core.Strapi): StaffRoute[] {
  return [
    {
      method: 'GET',
      path: '/:id/merges',
      permission: 'members.view',
      handler: async (call) => ({ status: 200, body: await membersService(strapi).merges(call, memberOf(call)) }),
    },
    {
      method: 'GET',
      path: '/:id/merge-preview',
      permission: 'members.merge',
      handler: async (call) => {
        const { duplicateId } = parse(mergePreviewQuerySchema, queryOf(call.query));
        const body = await membersService(strapi).previewMerge(call, { keptId: memberOf(call), duplicateId });
        return { status: 200, body };
      },
    },
    {
      method: 'POST',
      path: '/:id/merges',
      permission: 'members.merge',
      handler: async (call) => {
        const [key, keptId] = [keyOf(call), memberOf(call)];
        const request = parse(mergeRequestSchema, call.body);
        const { merge, isReplay } = await membersService(strapi).merge(call, { keptId, request, key });
        return bookedReply(merge, isReplay);
      },
    },
    {
      method: 'POST',
      path: '/:id/merges/:mergeId/undo',
      permission: 'members.merge',
      handler: async (call) => {
        const mergeId = parse(uuidSchema, call.params['mergeId']);
        const { reason } = parse(mergeUndoSchema, call.body);
        const body = await membersService(strapi).undoMerge(call, { memberId: memberOf(call), mergeId, reason });
        return { status: 201, body };
      },
    },
  ];
}

/** What a member agreed to, whose birthday it is, and whoever asks to be forgotten. */
function personRoutes(strapi: Core.Strapi): StaffRoute[] {
  return [
    {
      method: 'GET',
      path: '/birthdays',
      permission: 'members.birthdays',
      handler: async (call) => {
        const query = parse(birthdayQuerySchema, queryOf(call.query));
        return { status: 200, body: await membersService(strapi).birthdays(call, query) };
      },
    },
    {
      method: 'GET',
      path: '/:id/consents',
      permission: 'members.view',
      handler: async (call) => ({ status: 200, body: await membersService(strapi).consents(call, memberOf(call)) }),
    },
    {
      method: 'POST',
      path: '/:id/consents',
      permission: 'members.record-consent',
      handler: async (call) => {
        const memberId = memberOf(call);
        const request = parse(consentRequestSchema, call.body);
        return { status: 201, body: await membersService(strapi).recordConsent(call, { memberId, request }) };
      },
    },
    {
      method: 'POST',
      path: '/:id/anonymisation',
      permission: 'members.anonymise',
      handler: async (call) => {
        const memberId = memberOf(call);
        const request = parse(anonymisationRequestSchema, call.body);
        return { status: 201, body: await membersService(strapi).anonymise(call, { memberId, request }) };
      },
    },
  ];
}

/** `/api/members/…` */
export function membersRoutes(strapi: Core.Strapi): StaffRoute[] {
  return [
    ...mergeRoutes(strapi),
    ...personRoutes(strapi),
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
