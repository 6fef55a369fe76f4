import type { Core } from '@strapi/strapi';
import { defineError } from '@tessera/kernel/domain';
import type { Database } from '@tessera/kernel/public';
import type { Context } from 'koa';
import type { Staff } from '../public';
import { readGate } from '../store/policy-store';
import type { Policies } from './policies';
import { createTokenCache, type TokenPayload } from './token-cache';

const unauthenticated = defineError('unauthenticated', 401, 'Sign in again');

interface Auth {
  credentials?: Staff;
}

/** A Strapi auth strategy, as routes take it in `config.auth.strategies`. */
export interface StaffStrategy {
  name: string;
  authenticate(ctx: Context): Promise<{ authenticated: boolean; credentials?: Staff }>;
  verify(auth: Auth, config: { scope?: string[] }): Promise<void>;
}

const REFUSED = { authenticated: false } as const;

export interface Strategies {
  checked: StaffStrategy;
  /** For routes whose own query asks the gate (`StaffRoute.gate`). */
  folded: StaffStrategy;
  /** Past every assumption. @throws unauthenticated (401) */
  recheck(ctx: Context): Promise<Staff>;
}

/**
 * Strapi's admin session on our own routes: the token is checked here, the person and his policy come from the process
 * cache, and one query asks whether anything about access has changed and whether the session is still there.
 * So a block, a logout or a role change is obeyed by the next request on every node.
 */
export function createStrategies(
  strapi: Core.Strapi,
  database: Database,
  policies: Policies,
  admit: (staff: Staff, permission: string) => Promise<void>,
): Strategies {
  const payloadOf = createTokenCache(
    (token) => strapi.sessionManager('admin').validateAccessToken(token),
    () => Date.now(),
  );

  function holderOf(ctx: Context): TokenPayload | undefined {
    const token = /^Bearer (\S+)$/i.exec(ctx.get('authorization'))?.[1];
    return token ? payloadOf(token) : undefined;
  }

  function welcome(ctx: Context, staff: Staff): Staff {
    ctx.state.staff = staff;
    ctx.set('x-policy-version', String(staff.policy.version));
    return staff;
  }

  async function check(ctx: Context): Promise<Staff | undefined> {
    const payload = holderOf(ctx);
    if (!payload) return undefined;
    const { userId, sessionId } = payload;
    const gate = await readGate(database, sessionId, userId);
    if (!gate.isSessionLive) return undefined;
    const known = await policies.staff(userId, gate.version);
    return known?.isActive ? welcome(ctx, { ...known, sessionId }) : undefined;
  }

  async function assume(ctx: Context): Promise<Staff | undefined> {
    const payload = holderOf(ctx);
    if (!payload) return undefined;
    const known = await policies.cached(payload.userId);
    if (!known?.isActive) return check(ctx);
    return welcome(ctx, { ...known, sessionId: payload.sessionId, assumed: { isConfirmed: false } });
  }

  const strategyOf = (name: string, find: (ctx: Context) => Promise<Staff | undefined>): StaffStrategy => ({
    name,
    async authenticate(ctx) {
      const staff = await find(ctx);
      return staff ? { authenticated: true, credentials: staff } : REFUSED;
    },
    async verify({ credentials }, { scope }) {
      const permission = scope?.[0];
      if (!credentials || !permission) throw new Error('a route without a permission was reached');
      // Whoever is only assumed is admitted by the router, which can start again.
      if (permission !== 'self' && !credentials.assumed) await admit(credentials, permission);
    },
  });

  return {
    checked: strategyOf('tessera-staff', check),
    folded: strategyOf('tessera-staff-folded', assume),
    async recheck(ctx) {
      const staff = await check(ctx);
      if (!staff) throw unauthenticated(undefined);
      return staff;
    },
  };
}
