import type { Core } from '@strapi/strapi';
import { createStrapiCeiling, SUPER_ADMIN, type StrapiCeiling, type StrapiPermission } from './strapi-ceiling';

/** What Strapi's database layer tells before it writes. */
interface Event {
  action: string;
  model: { uid: string };
  params: { where?: Record<string, unknown>; data?: Record<string, unknown> };
}

const CHANGES = ['beforeCreate', 'beforeUpdate', 'beforeDelete'] as const;
const BULK = ['beforeCreateMany', 'beforeUpdateMany', 'beforeDeleteMany'] as const;

/** Ids in the shapes Strapi accepts for a relation: `1`, `'1'`, `[1]`, `{ id: 1 }`, `{ connect: […] }`, `{ set: […] }`. */
export function relationIds(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(relationIds);
  if (value !== null && typeof value === 'object') {
    const { id, connect, set } = value as Record<string, unknown>;
    return [id, connect, set].flatMap(relationIds);
  }
  const isId = typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
  return isId ? [Number(value)] : [];
}

/** A permission given to a role. Taking one away lifts nobody. */
async function onPermission(strapi: Core.Strapi, ceiling: StrapiCeiling, event: Event): Promise<void> {
  const { where, data } = event.params;
  const who = await ceiling.actor();
  if (!who || event.action === 'beforeDelete') return;
  const stored = where ? await strapi.db.query('admin::permission').findMany({ where, populate: ['role'] }) : [{}];
  for (const row of stored) {
    const given = { ...row, ...data } as StrapiPermission & { role?: unknown };
    await ceiling.checkPermissions(who, relationIds(given.role)[0], [given]);
  }
}

/** A role is not changed through its relations: Strapi never does, and these would pass by the other two checks. */
async function onRole(_strapi: Core.Strapi, ceiling: StrapiCeiling, { action, params }: Event): Promise<void> {
  const who = await ceiling.actor();
  if (!who || who.isOwner || action === 'beforeDelete') return;
  const { users, permissions, code } = params.data ?? {};
  const isCodeTaken = code === SUPER_ADMIN || (code !== undefined && action === 'beforeUpdate');
  if (users !== undefined || permissions !== undefined || isCodeTaken) await ceiling.refuse(who, 'a role');
}

/** A password or an e-mail changed by somebody else is a way into the account: only for people with no more rights. */
async function onUser(strapi: Core.Strapi, ceiling: StrapiCeiling, { params }: Event): Promise<void> {
  const { where, data } = params;
  const who = await ceiling.actor();
  if (!who || who.isOwner) return;
  const given = relationIds(data?.['roles']);
  await ceiling.checkRoles(
    who,
    given.filter((roleId) => !who.roleIds.includes(roleId)),
  );
  if (!where) return;
  const targets = await strapi.db.query('admin::user').findMany({ where, populate: ['roles'] });
  for (const target of targets.filter(({ id }) => String(id) !== who.id))
    await ceiling.checkRoles(who, relationIds(target.roles));
}

/** A token acts without its maker: only the owner makes one. */
async function onToken(_strapi: Core.Strapi, ceiling: StrapiCeiling, { action, params }: Event): Promise<void> {
  const isUseOnly = Object.keys(params.data ?? {}).every((key) => key === 'lastUsedAt' || key === 'updatedAt');
  if (action === 'beforeDelete' || isUseOnly) return;
  const who = await ceiling.actor();
  if (who && !who.isOwner) await ceiling.refuse(who, 'a token');
}

const GUARDED = [
  { models: ['admin::permission'], check: onPermission },
  { models: ['admin::role'], check: onRole },
  { models: ['admin::user'], check: onUser },
  { models: ['admin::api-token', 'admin::transfer-token'], check: onToken },
];

/** Strapi takes a role's old permissions away before it writes the new ones: what it may not write is refused before. */
function checkBeforeReplacing(strapi: Core.Strapi, ceiling: StrapiCeiling): void {
  const { willValidateUpdatePermissions } = strapi.service('admin::role').hooks;
  const check = async (wanted: StrapiPermission[]) => {
    const who = await ceiling.actor();
    const [roleId] = relationIds(strapi.requestContext.get()?.params?.id);
    if (!who || roleId === undefined || !Array.isArray(wanted)) return wanted;
    const same = (permission: StrapiPermission) =>
      JSON.stringify([
        permission.action,
        permission.subject ?? null,
        permission.properties ?? {},
        permission.conditions ?? [],
      ]);
    const stored = new Set((await ceiling.permissionsOf([roleId])).map(same));
    await ceiling.checkPermissions(
      who,
      roleId,
      wanted.filter((permission) => !stored.has(same(permission))),
    );
    return wanted;
  };
  willValidateUpdatePermissions.register(check);
  // The hook is the process's: it must not ask a server that has ended.
  strapi.server.httpServer.once('close', () => willValidateUpdatePermissions.delete(check));
}

/**
 * The ceiling behind Strapi's own screens and API: users, roles, permissions and tokens cannot be changed there so that
 * anybody ends up with more than the person who changes it. Code that acts for nobody (start, seeds) passes.
 */
export function guardCeiling(strapi: Core.Strapi): void {
  const ceiling = createStrapiCeiling(strapi);
  for (const { models, check } of GUARDED) {
    const one = (event: unknown) => check(strapi, ceiling, event as Event);
    const many = async (event: unknown) => {
      const who = await ceiling.actor();
      if (who) await ceiling.refuse(who, `${(event as Event).model.uid} in bulk`);
    };
    strapi.db.lifecycles.subscribe({
      models,
      ...Object.fromEntries([...CHANGES.map((hook) => [hook, one]), ...BULK.map((hook) => [hook, many])]),
    });
  }
  checkBeforeReplacing(strapi, ceiling);
}
