import type { Core } from '@strapi/strapi';
import type { StaffCall, StaffRoute } from '@tessera/access/public';
import { parse } from '@tessera/kernel/public';
import {
  errorFileQuerySchema,
  memberChoiceSchema,
  memberUploadQuerySchema,
  previewQuerySchema,
  runIdSchema,
} from '../contracts';
import { importsService } from '../services/imports';
import type { MemberFiles } from '../services/member-file/member-files';

const BASE = '/member-files';

function idOf(call: StaffCall): string {
  return parse(runIdSchema, call.params['id']);
}

/** What is done with one file, below its address. */
function actRoutes(files: () => MemberFiles): StaffRoute[] {
  const act = { method: 'POST', permission: 'members.import' } as const;
  return [
    {
      ...act,
      path: `${BASE}/:id/preview`,
      handler: async (call) => {
        const choice = parse(memberChoiceSchema, call.body);
        const { scope } = parse(previewQuerySchema, Object.fromEntries(call.query));
        return { status: 200, body: await files().preview(call.staff, idOf(call), choice, scope) };
      },
    },
    {
      ...act,
      path: `${BASE}/:id/start`,
      handler: async (call) => {
        const choice = parse(memberChoiceSchema, call.body);
        return { status: 202, body: await files().start(call.staff, idOf(call), choice) };
      },
    },
    {
      ...act,
      path: `${BASE}/:id/cancel`,
      handler: async (call) => ({ status: 202, body: await files().cancel(call.staff, idOf(call)) }),
    },
    {
      ...act,
      path: `${BASE}/:id/resume`,
      handler: async (call) => ({ status: 202, body: await files().resume(call.staff, idOf(call)) }),
    },
  ];
}

/** `/api/imports/member-files…` */
export function memberFileRoutes(strapi: Core.Strapi): StaffRoute[] {
  const files = () => importsService(strapi).memberFiles;
  const guarded = { permission: 'members.import' };
  return [
    {
      ...guarded,
      method: 'POST',
      path: BASE,
      handler: async (call) => {
        const { fileName } = parse(memberUploadQuerySchema, Object.fromEntries(call.query));
        return { status: 201, body: await files().upload(call.staff, { content: call.raw, fileName }) };
      },
    },
    {
      ...guarded,
      method: 'GET',
      path: BASE,
      handler: async ({ staff }) => ({ status: 200, body: await files().list(staff) }),
    },
    {
      ...guarded,
      method: 'GET',
      path: `${BASE}/:id`,
      handler: async (call) => ({ status: 200, body: await files().get(call.staff, idOf(call)) }),
    },
    {
      ...guarded,
      method: 'DELETE',
      path: `${BASE}/:id`,
      handler: async (call) => {
        await files().discard(call.staff, idOf(call));
        return { status: 204 };
      },
    },
    {
      ...guarded,
      method: 'GET',
      path: `${BASE}/:id/errors.csv`,
      handler: async (call) => {
        const { language } = parse(errorFileQuerySchema, Object.fromEntries(call.query));
        const { fileName, content } = await files().errorFile(call.staff, idOf(call), language);
        const headers = {
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': `attachment; filename="${fileName}"`,
          'Cache-Control': 'no-store',
        };
        return { status: 200, body: content, headers };
      },
    },
    ...actRoutes(files),
  ];
}
