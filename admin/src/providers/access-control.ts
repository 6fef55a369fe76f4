import type { AccessControlProvider } from '@refinedev/core';
import { decide, type AccessRequest, type Decision } from '@tessera/access/domain';
import { useMemo } from 'react';
import { me, useMe } from './me';

type Question = Omit<AccessRequest, 'now'>;

/** Refine's verbs → ours. */
const VERBS: Record<string, string> = {
  list: 'view',
  show: 'view',
  create: 'create',
  clone: 'create',
  edit: 'change',
  delete: 'delete',
};

/** The server's own decision, made here on the same policy. Not known yet = null, which everybody reads as "no". */
export function decideHere(question: Question): Decision | null {
  const policy = me.state().me?.policy;
  return policy ? decide(policy, { ...question, now: new Date() }) : null;
}

export function may(permission: string, question: Omit<Question, 'permission'> = {}): boolean {
  return decideHere({ ...question, permission })?.effect === 'allow';
}

/** `may` for components: answers again when the policy changes. */
export function useMay(permission: string, storeId?: string | null): boolean {
  const policy = useMe()?.policy;
  return useMemo(() => {
    if (!policy) return false;
    const records = storeId === undefined ? [] : [{ storeId }];
    return decide(policy, { permission, records, now: new Date() }).effect === 'allow';
  }, [policy, permission, storeId]);
}

/** For Refine's own buttons and menus: the resource's permission comes from the registry, as `meta.permission`. */
export const accessControlProvider: AccessControlProvider = {
  async can({ resource, action, params }) {
    const verb = VERBS[action] ?? action;
    const meta = params?.resource?.meta as { permission?: string; viewPermission?: string } | undefined;
    const permission = verb === 'view' ? meta?.viewPermission : undefined;
    const decision = decideHere({ permission: permission ?? `${meta?.permission ?? resource ?? ''}.${verb}` });
    return { can: decision?.effect === 'allow' };
  },
  options: {
    buttons: { enableAccessControl: true, hideIfUnauthorized: true },
    // Answers are computed in the browser: nothing is gained by keeping one that a changed policy has made wrong.
    queryOptions: { staleTime: 0, gcTime: 0 },
  },
};
