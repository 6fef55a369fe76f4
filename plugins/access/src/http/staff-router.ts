import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { Reply, Staff, StaffCall, StaffRoute } from '../public';
import { accessService, type AccessService } from '../services/access';
import { StaleAssumption } from '../services/assumption';
import { refuseHostileAddress, refuseHostileBody } from './hostile-input';

/** @throws invalid_input (400) for input that no contract of ours could mean */
function toCall(ctx: Context, staff: Staff, now: Date): StaffCall {
  const params = ctx.params as Record<string, string>;
  const query = new URLSearchParams(ctx.querystring);
  refuseHostileAddress(params, query);
  refuseHostileBody(ctx.request.body);
  return {
    staff,
    now,
    params,
    query,
    body: ctx.request.body,
    header: (name) => ctx.get(name) || undefined,
    raw: ctx.req,
    files: ctx.request.files,
  };
}

/** The person may be assumed only: see `StaffRoute.gate`. When the assumption fails, nothing has happened yet. */
async function replyTo(ctx: Context, route: StaffRoute, service: AccessService): Promise<Reply> {
  const staff = ctx.state.staff as Staff;
  const { now } = service;
  if (!staff.assumed) return route.handler(toCall(ctx, staff, now()));
  try {
    await service.admit(staff, route.permission);
    const reply = await route.handler(toCall(ctx, staff, now()));
    if (staff.assumed.isConfirmed) return reply;
    throw new Error(`${route.method} ${route.path} answered without confirming whom`);
  } catch (error) {
    if (!(error instanceof StaleAssumption)) throw error;
  }
  const checked = await service.strategies.recheck(ctx);
  await service.admit(checked, route.permission);
  return route.handler(toCall(ctx, checked, now()));
}

/**
 * Turns a plugin's routes into Strapi's. Each is served under `/api/<plugin>`, behind the staff session, and refuses
 * whoever holds no grant of its permission at all; the service called by the handler decides about the records.
 */
export function staffRouter(strapi: Core.Strapi, plugin: string, routes: readonly StaffRoute[]) {
  const service = accessService(strapi);
  service.addRoutes(plugin, routes);
  return {
    type: 'content-api' as const,
    routes: routes.map((route) => ({
      method: route.method,
      path: route.path,
      config: { auth: { strategies: [service.strategies[route.gate ?? 'checked']], scope: [route.permission] } },
      async handler(ctx: Context) {
        const reply = await replyTo(ctx, route, service);
        ctx.status = reply.status;
        if (reply.headers) ctx.set(reply.headers);
        ctx.body = reply.body ?? null;
        if (reply.body === undefined) ctx.status = reply.status;
      },
    })),
  };
}
