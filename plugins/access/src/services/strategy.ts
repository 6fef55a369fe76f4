import type { Core } from '@strapi/strapi';
import type { Database } from '@tessera/kernel/public';
import type { Context } from 'koa';
import type { Staff } from '../public';
import { readGate } from '../store/policy-store';
import type { Policies } from './policies';
import { createTokenCache } from './token-cache';

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

/**
 * Strapi's admin session on our own routes: the token is checked here, the person and his policy come from the process
 * cache, and one query asks whether anything about access has changed and whether the session is still there.
 * So a block, a logout or a role change is obeyed by the next request on every node.
 */
export function createStrategy(
  strapi: Core.Strapi,
  database: Database,
  policies: Policies,
  admit: (staff: Staff, permission: string) => Promise<void>,
): StaffStrategy {
  const payloadOf = createTokenCache(
    (token) => strapi.sessionManager('admin').validateAccessToken(token),
    () => Date.now(),
  );
  return {
    name: 'tessera-staff',
    async authenticate(ctx) {
      const token = /^Bearer (\S+)$/i.exec(ctx.get('authorization'))?.[1];
      if (!token) return REFUSED;
      const payload = payloadOf(token);
      if (!payload) return REFUSED;
      const { userId, sessionId } = payload;
      const gate = await readGate(database, sessionId, userId);
      if (!gate.isSessionLive) return REFUSED;
      const known = await policies.staff(userId, gate.version);
      if (!known?.isActive) return REFUSED;
      const staff: Staff = { ...known, sessionId };
      ctx.state.staff = staff;
      ctx.set('x-policy-version', String(gate.version));
      return { authenticated: true, credentials: staff };
    },
    async verify(auth, config) {
      const permission = config.scope?.[0];
      if (!auth.credentials || !permission) throw new Error('a route without a permission was reached');
      if (permission !== 'self') await admit(auth.credentials, permission);
    },
  };
}
