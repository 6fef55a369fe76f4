import { canonicalJson } from '@tessera/kernel/domain';
import type { Grant } from './policy';

export interface RoleSyncPlan {
  /** Grants to write into the role. */
  put: Grant[];
  /** Permissions to take out of it. */
  remove: string[];
  /** Both the template and an administrator changed it: the administrator's stays. */
  conflicts: { permission: string; template: Grant | null; local: Grant | null }[];
}

function byPermission(grants: readonly Grant[]): Map<string, Grant> {
  return new Map(grants.map((grant) => [grant.permission, grant]));
}

function isSame(left: Grant | undefined, right: Grant | undefined): boolean {
  return canonicalJson(left ?? null) === canonicalJson(right ?? null);
}

/**
 * Three-way merge of one role, permission by permission.
 * @param base the template as it was last applied
 * @param template the template as it is now
 * @param local the role as it is now, perhaps changed by an administrator
 */
export function planRoleSync({
  base,
  template,
  local,
}: {
  base: readonly Grant[];
  template: readonly Grant[];
  local: readonly Grant[];
}): RoleSyncPlan {
  const [bases, templates, locals] = [byPermission(base), byPermission(template), byPermission(local)];
  const plan: RoleSyncPlan = { put: [], remove: [], conflicts: [] };
  for (const permission of [...new Set([...bases.keys(), ...templates.keys()])].sort()) {
    const [was, wanted, is] = [bases.get(permission), templates.get(permission), locals.get(permission)];
    if (isSame(was, wanted) || isSame(wanted, is)) continue;
    if (!isSame(was, is)) plan.conflicts.push({ permission, template: wanted ?? null, local: is ?? null });
    else if (wanted) plan.put.push(wanted);
    else plan.remove.push(permission);
  }
  return plan;
}
