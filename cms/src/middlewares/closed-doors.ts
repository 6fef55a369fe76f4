import type { Core } from '@strapi/strapi';

/**
 * Parts of Strapi that a shop does not need and that have been second entries into others: they change the schema, send
 * data elsewhere, or copy the whole database.
 */
const CLOSED = ['/content-type-builder', '/admin/webhooks', '/admin/transfer', '/graphql'];

/** Strapi's router takes paths in any case, so they are compared in lower case. */
export default function closedDoors(): Core.MiddlewareHandler {
  return async (ctx, next) => {
    const path = ctx.path.toLowerCase();
    const isClosed = CLOSED.some((door) => path === door || path.startsWith(`${door}/`));
    if (!isClosed) return next();
    ctx.status = 404;
    ctx.body = { data: null, error: { status: 404, name: 'NotFoundError', message: 'Not Found', details: {} } };
  };
}
