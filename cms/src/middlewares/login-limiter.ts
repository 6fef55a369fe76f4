import { createHash } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { kernel } from '@tessera/kernel/public';
import { DEVICE_COOKIE, issueDeviceCookie, readDeviceCookie } from '../services/device-cookie';
import { addFailure, forgetFailures, readFailures } from '../store/login-failure-store';

const LOGIN = /^\/admin\/login\/?$/i;
const WINDOW_MS = 15 * 60 * 1000;
const DEVICE_MS = 365 * 24 * 60 * 60 * 1000;
/** What bcrypt reads of a password; longer ones would be cut silently, so that their rest did not matter. */
const BCRYPT_BYTES = 72;

interface LimiterConfig {
  /** Wrong passwords per quarter of an hour before the answer is "later". */
  maxFailures: number;
}

type Context = Parameters<Core.MiddlewareHandler>[0];

function refuse(ctx: Context, status: number, name: string, message: string): void {
  ctx.status = status;
  ctx.body = { data: null, error: { status, name, message, details: {} } };
}

function keyOf(account: string, device: string | undefined): string {
  return createHash('sha256')
    .update(`${account}\0${device ?? ''}`)
    .digest('base64url');
}

/** What Strapi throws for a wrong password and for an unknown account alike. */
const isWrongPassword = (error: unknown) => (error as Error).name === 'ApplicationError';

/**
 * OWASP's "Slow Down Online Guessing Attacks with Device Cookies": wrong passwords are counted per account for strangers,
 * and per account and device for a device from which somebody signed in to that account before. So all tills behind one
 * address do not lock each other out, and a stranger who guesses does not lock out the owner at his own till.
 */
export default function loginLimiter(
  { maxFailures }: LimiterConfig,
  { strapi }: { strapi: Core.Strapi },
): Core.MiddlewareHandler {
  const secret = strapi.config.get('admin.auth.secret') as string;
  return async (ctx, next) => {
    if (ctx.method !== 'POST' || !LOGIN.test(ctx.path)) return next();
    const { email, password } = (ctx.request.body ?? {}) as { email?: unknown; password?: unknown };
    if (typeof email !== 'string' || typeof password !== 'string') return next();
    if (Buffer.byteLength(password) > BCRYPT_BYTES) return refuse(ctx, 400, 'ApplicationError', 'Invalid credentials');
    const { database, clock } = kernel(strapi);
    const account = email.trim().toLowerCase();
    const device = readDeviceCookie(secret, account, ctx.cookies.get(DEVICE_COOKIE));
    const key = keyOf(account, device);
    const since = new Date(clock.now().getTime() - WINDOW_MS);
    if ((await readFailures(database, key, since)) >= maxFailures) {
      ctx.set('Retry-After', String(WINDOW_MS / 1000));
      return refuse(ctx, 429, 'RateLimitError', 'Too many wrong passwords, try again in 15 minutes');
    }
    try {
      await next();
    } catch (error) {
      if (isWrongPassword(error)) await addFailure(database, key, clock.now(), since);
      throw error;
    }
    if (ctx.status !== 200) return;
    await forgetFailures(database, key);
    if (device) return;
    const options = { httpOnly: true, sameSite: 'strict', secure: ctx.request.secure, maxAge: DEVICE_MS } as const;
    ctx.cookies.set(DEVICE_COOKIE, issueDeviceCookie(secret, account), { ...options, path: '/admin', signed: false });
  };
}
