import type { Core } from '@strapi/strapi';
import type { Context, Next } from 'koa';
import { TesseraError, type ErrorBody } from '../domain/errors';

/** Stable codes for the refusals that Strapi and Koa make before a handler of ours runs. */
const CODES: Record<number, string> = {
  400: 'invalid_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
};

const INTERNAL: ErrorBody = {
  error: { code: 'internal_error', message: 'Something went wrong on our side; nothing was changed' },
};

function isOurs(body: unknown): boolean {
  return typeof (body as ErrorBody | undefined)?.error?.code === 'string';
}

function fromStatus(status: number): ErrorBody {
  if (status >= 500) return INTERNAL;
  return { error: { code: CODES[status] ?? 'refused', message: `The request was refused (${status})` } };
}

interface Thrown {
  status?: number;
  statusCode?: number;
  type?: string;
  /** The multipart parser puts its status here. */
  httpCode?: number;
}

/** A form that cannot be taken apart is the sender's fault, though its parser does not say so. */
function isUnreadableBody({ httpCode, message }: Thrown & { message?: string }): boolean {
  return httpCode === 400 || /multipart boundary|MultipartParser/.test(message ?? '');
}

function statusOf(error: unknown): number {
  const { status, statusCode, type } = error as Thrown;
  if (type === 'entity.too.large') return 413;
  if (error instanceof SyntaxError || error instanceof URIError) return 400;
  if (isUnreadableBody(error as Thrown)) return 400;
  const given = status ?? statusCode;
  return typeof given === 'number' && given >= 400 && given < 600 ? given : 500;
}

/** No client of ours packs its requests; unpacking strangers' would let a small body become a huge one. */
function isPacked(ctx: Context): boolean {
  return !['', 'identity'].includes(ctx.get('content-encoding').trim().toLowerCase());
}

/** Strapi's own screens meet our refusals too, and show what comes in Strapi's shape. */
async function inStrapiShape(ctx: Context, next: Next): Promise<void> {
  try {
    await next();
  } catch (error) {
    if (!(error instanceof TesseraError) || error.status >= 500) throw error;
    const { status, code, message, details } = error;
    ctx.status = status;
    ctx.body = { data: null, error: { status, name: code, message, details } };
  }
}

/**
 * Directly inside Strapi's own error handler, on `/api`: whatever goes wrong further in leaves as `{ error: { code, message, details } }`.
 * A 5xx is logged in full and shown without detail.
 */
export function createErrorsMiddleware(_config: unknown, { strapi }: { strapi: Core.Strapi }): Core.MiddlewareHandler {
  return async (ctx, next) => {
    if (!ctx.path.startsWith('/api/')) return inStrapiShape(ctx, next);
    if (isPacked(ctx)) {
      ctx.body = fromStatus(415);
      ctx.status = 415;
      return;
    }
    try {
      await next();
      if (ctx.status >= 400 && !isOurs(ctx.body)) {
        const { status } = ctx;
        ctx.body = fromStatus(status);
        ctx.status = status;
      }
    } catch (error) {
      if (error instanceof TesseraError && error.status < 500) {
        ctx.status = error.status;
        ctx.body = error.toBody();
        return;
      }
      const status = statusOf(error);
      if (status >= 500) strapi.log.error(error);
      ctx.status = status;
      ctx.body = fromStatus(status);
    }
  };
}
