import type { Core } from '@strapi/strapi';
import type { StaffCall, StaffRoute } from '@tessera/access/public';
import { parse } from '@tessera/kernel/public';
import {
  runIdSchema,
  runsQuerySchema,
  setAsideCsvQuerySchema,
  setAsideQuerySchema,
  startQuerySchema,
} from '../contracts';
import { importsService } from '../services/imports';
import { createReports } from '../services/reports';

function queryOf(call: StaffCall): Record<string, string> {
  return Object.fromEntries(call.query);
}

function idOf(call: StaffCall): string {
  return parse(runIdSchema, call.params['id']);
}

function listed({ rows, total }: { rows: unknown[]; total: number }) {
  return { status: 200, body: rows, headers: { 'X-Total-Count': String(total) } };
}

/** What one may see of imports: `/api/imports/…`. */
function viewRoutes(strapi: Core.Strapi): StaffRoute[] {
  const reports = createReports(strapi);
  const view = { method: 'GET', permission: 'imports.view' } as const;
  return [
    { ...view, path: '/profiles', handler: async () => ({ status: 200, body: reports.profiles() }) },
    {
      ...view,
      path: '/runs',
      handler: async (call) => {
        const { _start, _end } = parse(runsQuerySchema, queryOf(call));
        return listed(await reports.runs({ start: _start, end: _end }));
      },
    },
    { ...view, path: '/runs/:id', handler: async (call) => ({ status: 200, body: await reports.run(idOf(call)) }) },
    {
      ...view,
      path: '/runs/:id/set-aside',
      handler: async (call) => {
        const { _start, _end, reason = null } = parse(setAsideQuerySchema, queryOf(call));
        return listed(await reports.setAside(idOf(call), { start: _start, end: _end, reason }));
      },
    },
    {
      ...view,
      path: '/runs/:id/set-aside.csv',
      handler: async (call) => {
        const { reason = null } = parse(setAsideCsvQuerySchema, queryOf(call));
        const { fileName, content } = await reports.setAsideCsv(idOf(call), reason);
        const headers = {
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': `attachment; filename="${fileName}"`,
        };
        return { status: 200, body: content, headers };
      },
    },
  ];
}

/** `/api/imports/…` */
export function importRoutes(strapi: Core.Strapi): StaffRoute[] {
  const imports = () => importsService(strapi);
  const act = { method: 'POST', permission: 'imports.run' } as const;
  return [
    ...viewRoutes(strapi),
    {
      ...act,
      path: '/runs',
      handler: async (call) => {
        const query = parse(startQuerySchema, queryOf(call));
        return { status: 202, body: await imports().upload({ ...query, content: call.raw, staff: call.staff }) };
      },
    },
    {
      ...act,
      path: '/runs/:id/cancel',
      handler: async (call) => ({ status: 202, body: await imports().cancel(call.staff, idOf(call)) }),
    },
    {
      ...act,
      path: '/runs/:id/resume',
      handler: async (call) => ({ status: 202, body: await imports().resume(call.staff, idOf(call)) }),
    },
  ];
}
