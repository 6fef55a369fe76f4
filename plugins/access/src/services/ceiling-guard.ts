import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { aboveCeiling } from '../domain/ceiling';
import type { Grant } from '../domain/policy';
import { accessService } from './access';
import { narrowestGrant } from './catalogue';
import type { KnownStaff } from './policies';

const SUPER_ADMIN = 'strapi-super-admin';

interface StrapiPermission {
  action: string;
  subject?: string | null;
}

interface Event {
  action: string;
  model: { uid: string };
  params: { where?: { id?: unknown }; data?: Record<string, unknown> };
}

interface Actor {
  id: number;
  roles: { id: number; code: string }[];
}

function refuse(what: string): never {
  throw new errors.ForbiddenError(`above_ceiling: nobody gives what he does not hold himself (${what})`);
}

/** Ids in the shapes Strapi accepts for a relation: `1`, `[1]`, `{ id: 1 }`, `{ connect: […] }`, `{ set: […] }`. */
export function relationIds(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(relationIds);
  if (value !== null && typeof value === 'object') {
    const { id, connect, set } = value as Record<string, unknown>;
    return [id, connect, set].filter((part) => part !== undefined).flatMap(relationIds);
  }
  const id = Number(value);
  return value !== null && value !== undefined && Number.isInteger(id) ? [id] : [];
}

/**
 * The ceiling behind Strapi's own screens and API: users, roles and permissions cannot be changed there so that
 * anybody ends up with more than the person who changes it. Code that acts for nobody (start, seeds) passes.
 */
export function guardCeiling(strapi: Core.Strapi): void {
  const access = () => accessService(strapi);

  function actor(): Actor | undefined {
    const user = strapi.requestContext.get()?.state['user'] as Actor | undefined;
    return Array.isArray(user?.roles) ? user : undefined;
  }
  async function permissionsOf(roleIds: number[]): Promise<StrapiPermission[]> {
    if (roleIds.length === 0) return [];
    return strapi.db.query('admin::permission').findMany({ where: { role: { id: { $in: roleIds } } } });
  }
  async function staffOf(who: Actor): Promise<KnownStaff> {
    return (await access().policies.freshStaff(String(who.id))) ?? refuse('unknown person');
  }

  /** Permissions given to a role, which may then be assigned at any store. */
  async function checkPermissions(who: Actor, given: StrapiPermission[], terms: Map<string, Grant>): Promise<void> {
    const own = await permissionsOf(who.roles.map((role) => role.id));
    const held = new Set(own.map(({ action, subject }) => `${action} ${subject ?? ''}`));
    const grants: Grant[] = [];
    for (const { action, subject } of given) {
      const definition = access().catalogue.byAction(action);
      if (definition) grants.push(terms.get(definition.code) ?? narrowestGrant(definition.code));
      else if (!held.has(`${action} ${subject ?? ''}`)) refuse(action);
    }
    if (grants.length === 0) return;
    const { policy } = await staffOf(who);
    const [tooMuch] = aboveCeiling({ policy, giving: { grants, storeId: null }, now: access().now() });
    if (tooMuch) refuse(tooMuch);
  }
  async function termsOf(roleId: number): Promise<Map<string, Grant>> {
    const role = await access().roles.find(String(roleId));
    return new Map(
      role
        ? access()
            .policies.grantsOf(role)
            .map((grant) => [grant.permission, grant])
        : [],
    );
  }
  async function checkRoles(who: Actor, roleIds: number[]): Promise<void> {
    for (const roleId of roleIds) {
      const role = await strapi.db.query('admin::role').findOne({ where: { id: roleId } });
      if (role?.code === SUPER_ADMIN) refuse('super admin');
      await checkPermissions(who, await permissionsOf([roleId]), await termsOf(roleId));
    }
  }

  async function onPermission({ params }: Event): Promise<void> {
    const who = actor();
    if (!who) return;
    const [roleId] = relationIds(params.data?.['role']);
    const action = String(params.data?.['action'] ?? '');
    const subject = params.data?.['subject'] as string | null | undefined;
    if (subject?.startsWith('api::') && action.startsWith('plugin::content-manager.')) {
      // Strapi's content manager knows neither stores nor masks: only the owner may look at master data through it.
      const role = roleId ? await strapi.db.query('admin::role').findOne({ where: { id: roleId } }) : undefined;
      if (role?.code !== SUPER_ADMIN) refuse(`${action} on ${subject}: give Tessera's own permissions`);
    }
    if (who.roles.some((role) => role.code === SUPER_ADMIN)) return;
    await checkPermissions(who, [{ action, subject }], roleId ? await termsOf(roleId) : new Map());
  }

  /** A password or an e-mail changed by somebody else is a way into the account: only for people with no more rights. */
  async function onUser(event: Event): Promise<void> {
    const who = actor();
    if (!who || who.roles.some((role) => role.code === SUPER_ADMIN)) return;
    const { where, data } = event.params;
    if (event.action.endsWith('Many')) refuse('many accounts at once');
    const given = relationIds(data?.['roles']);
    if (given.length > 0) await checkRoles(who, given);
    const id = Number(where?.id);
    if (event.action === 'beforeCreate' || id === who.id) return;
    const target = await strapi.db.query('admin::user').findOne({ where: { id }, populate: ['roles'] });
    await checkRoles(
      who,
      ((target?.roles ?? []) as Actor['roles']).map((role) => role.id),
    );
  }

  strapi.db.lifecycles.subscribe({
    models: ['admin::permission'],
    beforeCreate: (event: unknown) => onPermission(event as Event),
    beforeUpdate: (event: unknown) => onPermission(event as Event),
    beforeCreateMany: (event: unknown) => onMany(event as Event),
    beforeUpdateMany: (event: unknown) => onMany(event as Event),
  });
  function onMany(event: Event): void {
    if (actor()) refuse(`${event.model.uid} in bulk`);
  }
  const user = (event: unknown) => onUser(event as Event);
  strapi.db.lifecycles.subscribe({
    models: ['admin::user'],
    beforeCreate: user,
    beforeUpdate: user,
    beforeDelete: user,
    beforeCreateMany: user,
    beforeUpdateMany: user,
    beforeDeleteMany: user,
  });
}
