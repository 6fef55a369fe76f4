import type { Core } from '@strapi/strapi';
import type { StaffCall, StaffRoute } from '@tessera/access/public';
import { parse } from '@tessera/kernel/public';
import { exportRequestSchema, MAX_IMAGE_BYTES } from '../contracts';
import { readIfMatch } from '../domain/if-match';
import { backofficeService } from '../services/backoffice';
import type { ImageCall } from '../services/images';
import { jobRoutes } from './job-routes';
import { readUpload } from './read-upload';

function readRoutes(strapi: Core.Strapi, resource: string, permission: string): StaffRoute[] {
  const { reading } = backofficeService(strapi);
  return [
    {
      method: 'GET',
      path: `/${resource}`,
      permission: `${permission}.view`,
      async handler({ staff, query, now }) {
        const { rows, total, isEstimated } = await reading.list(staff, resource, [...query], now);
        const headers = { 'X-Total-Count': String(total), ...(isEstimated ? { 'X-Total-Estimated': 'true' } : {}) };
        return { status: 200, body: rows, headers };
      },
    },
    {
      method: 'GET',
      path: `/${resource}/:id`,
      permission: `${permission}.view`,
      handler: async ({ staff, params, now }) => ({
        status: 200,
        body: await reading.get(staff, resource, params['id'] ?? '', now),
      }),
    },
  ];
}

/** All rows of the list as a file. The parameters are those of the list; what it is for goes in the body. */
function exportRoutes(strapi: Core.Strapi, resource: string, permission: string): StaffRoute[] {
  const { exporting } = backofficeService(strapi);
  return [
    {
      method: 'POST',
      path: `/${resource}/exports`,
      permission: `${permission}.export`,
      async handler({ staff, query, body, now }) {
        const request = parse(exportRequestSchema, body);
        const file = await exporting.export({ staff, resource, entries: [...query], request, now });
        const headers = {
          'Content-Type': file.contentType,
          'Content-Disposition': `attachment; filename="${file.fileName}"`,
          'Cache-Control': 'no-store',
        };
        return { status: 200, body: file.content, headers };
      },
    },
  ];
}

function writeRoutes(strapi: Core.Strapi, resource: string, permission: string): StaffRoute[] {
  const { writing } = backofficeService(strapi);
  return [
    {
      method: 'POST',
      path: `/${resource}`,
      permission: `${permission}.create`,
      handler: async ({ staff, body, now }) => ({
        status: 201,
        body: await writing.create({ staff, resource, now }, body),
      }),
    },
    {
      method: 'PATCH',
      path: `/${resource}/:id`,
      permission: `${permission}.change`,
      async handler({ staff, params, body, now, header }) {
        const version = readIfMatch(header('if-match'));
        return {
          status: 200,
          body: await writing.change({ staff, resource, now, id: params['id'] ?? '', version }, body),
        };
      },
    },
    {
      method: 'DELETE',
      path: `/${resource}/:id`,
      permission: `${permission}.delete`,
      async handler({ staff, params, now, header }) {
        const version = readIfMatch(header('if-match'));
        return { status: 200, body: await writing.remove({ staff, resource, now, id: params['id'] ?? '', version }) };
      },
    },
  ];
}

/** A picture comes as the plain body: Strapi's parsers leave it alone, and nothing lies on the disk before it is checked. */
function imageRoutes(strapi: Core.Strapi, resource: string, permission: string): StaffRoute[] {
  const { images } = backofficeService(strapi);
  const path = `/${resource}/:id/files/:field`;
  function callOf({ staff, now, params, header }: StaffCall): ImageCall {
    const { id = '', field = '' } = params;
    return { staff, now, resource, id, field, version: readIfMatch(header('if-match')) };
  }
  return [
    {
      method: 'PUT',
      path,
      permission: `${permission}.change`,
      async handler(call) {
        const target = callOf(call);
        return { status: 200, body: await images.put(target, await readUpload(call.raw, MAX_IMAGE_BYTES)) };
      },
    },
    {
      method: 'DELETE',
      path,
      permission: `${permission}.change`,
      handler: async (call) => ({ status: 200, body: await images.remove(callOf(call)) }),
    },
  ];
}

/** `/api/backoffice/…`: each resource has routes of its own, because each route names its permission. */
export function backofficeRoutes(strapi: Core.Strapi): StaffRoute[] {
  const service = backofficeService(strapi);
  const { resources, records } = service;
  return [
    {
      method: 'GET',
      path: '/schema',
      permission: 'self',
      handler: async ({ staff, now }) => ({ status: 200, body: { resources: service.schema(staff, now) } }),
    },
    ...jobRoutes(strapi),
    ...[...resources.values()].flatMap(({ resource, permission, fields, isExportable }) => [
      ...readRoutes(strapi, resource, permission),
      ...writeRoutes(strapi, resource, permission),
      ...(isExportable ? exportRoutes(strapi, resource, permission) : []),
      ...(fields.some((field) => field.type === 'image') ? imageRoutes(strapi, resource, permission) : []),
    ]),
    ...[...records.values()].flatMap(({ resource, permission }) => readRoutes(strapi, resource, permission)),
  ];
}
