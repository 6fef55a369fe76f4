import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { panelFiles, type PanelFile } from '../panel/panel-files';

/**
 * What a page of the panel may load: its own scripts, styles that antd writes into the page, images of products as data or
 * blob. Stricter than the rules Strapi's own admin needs.
 */
const PAGE_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self' blob:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const HASHED = 'public, max-age=31536000, immutable';

type Context = Parameters<Core.MiddlewareHandler>[0];

function send(ctx: Context, file: PanelFile): void {
  ctx.set('Cache-Control', file.isHashed ? HASHED : 'no-cache');
  ctx.set('Vary', 'Accept-Encoding');
  ctx.set('ETag', file.etag);
  if (file.type === 'text/html') ctx.set('Content-Security-Policy', PAGE_POLICY);
  ctx.type = file.type;
  ctx.status = 200;
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  const isZipped = file.zipped !== undefined && ctx.acceptsEncodings('gzip', 'identity') === 'gzip';
  if (isZipped) ctx.set('Content-Encoding', 'gzip');
  ctx.body = isZipped ? file.zipped : file.content;
}

/** First parts of the paths that belong to Strapi or to a plugin of ours, `/` and the catch-all for public files left out. */
function takenSegments(strapi: Core.Strapi): Set<string> {
  const paths = strapi.server.listRoutes().map((layer) => /^\/([\w-]+)/.exec(layer.path)?.[1]?.toLowerCase());
  return new Set(['uploads', ...paths.filter((segment) => segment !== undefined)]);
}

/**
 * The panel at `/`: its files, and its first page for every address that is a route of the panel. Addresses that any
 * registered route of the server begins with go on to the server, so a new plugin needs no entry here.
 */
export default function panel(_config: unknown, { strapi }: { strapi: Core.Strapi }): Core.MiddlewareHandler {
  const files = panelFiles(join(strapi.dirs.app.root, '..', 'admin', 'dist'));
  let taken: Set<string> | undefined;
  return async (ctx, next) => {
    const page = files.get('/index.html');
    if (!page || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
    const file = files.get(ctx.path);
    if (file) return send(ctx, file);
    taken ??= takenSegments(strapi);
    const segment = /^\/+([^/]*)/.exec(ctx.path)?.[1]?.toLowerCase() ?? '';
    // A missing script answered with a page would break the panel in a way nobody understands.
    const isAsset = /\.[a-z0-9]+$/i.test(ctx.path);
    if (taken.has(segment) || isAsset || !ctx.accepts('html')) return next();
    return send(ctx, page);
  };
}
