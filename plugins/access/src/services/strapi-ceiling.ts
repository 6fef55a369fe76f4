import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { aboveCeiling } from '../domain/ceiling';
import type { Grant } from '../domain/policy';
import { accessService } from './access';
import { narrowestGrant } from './catalogue';

export const SUPER_ADMIN = 'strapi-super-admin';

/** A row of Strapi's permission table, stored or about to be. */
export interface StrapiPermission {
  action: string;
  subject?: string | null;
  properties?: { fields?: string[] } | null;
  conditions?: string[] | null;
}

/** Who changes something in Strapi. */
export interface Actor {
  id: string;
  roleIds: number[];
  isOwner: boolean;
}

/** The ceiling in Strapi's own terms. Every check throws `ForbiddenError` and leaves a line in the trail. */
export interface StrapiCeiling {
  /** The person behind the current request; nobody while the server starts or a seed runs. */
  actor(): Promise<Actor | undefined>;
  refuse(actor: Actor, what: string): Promise<never>;
  /** These permissions for that role, which may then be assigned at any store. */
  checkPermissions(actor: Actor, roleId: number | undefined, given: readonly StrapiPermission[]): Promise<void>;
  /** Somebody gets, or is reached through, these roles. */
  checkRoles(actor: Actor, roleIds: readonly number[]): Promise<void>;
  permissionsOf(roleIds: readonly number[]): Promise<StrapiPermission[]>;
}

/** Does what is held cover what is given? Strapi adds up the conditions of one permission as alternatives. */
export function covers(held: StrapiPermission, given: StrapiPermission): boolean {
  if (held.action !== given.action || (held.subject ?? null) !== (given.subject ?? null)) return false;
  const [heldConditions, givenConditions] = [held.conditions ?? [], given.conditions ?? []];
  const isAsNarrow =
    heldConditions.length === 0 ||
    (givenConditions.length > 0 && givenConditions.every((condition) => heldConditions.includes(condition)));
  const [heldFields, givenFields] = [held.properties?.fields, given.properties?.fields ?? []];
  // Without a list Strapi means every field.
  const isAsFew = !heldFields || (givenFields.length > 0 && givenFields.every((field) => heldFields.includes(field)));
  return isAsNarrow && isAsFew;
}

/** Strapi's content manager knows neither stores nor masks: only the owner may look at master data through it. */
function isMasterData({ action, subject }: StrapiPermission): boolean {
  return action.startsWith('plugin::content-manager.') && subject?.startsWith('api::') === true;
}

async function readActor(strapi: Core.Strapi): Promise<Actor | undefined> {
  const state = strapi.requestContext.get()?.state as { user?: { id: unknown }; staff?: { id: unknown } } | undefined;
  const id = state?.user?.id ?? state?.staff?.id;
  if (id === undefined) return undefined;
  const user = await strapi.db.query('admin::user').findOne({ where: { id }, populate: ['roles'] });
  const roles = (user?.roles ?? []) as { id: number; code: string }[];
  return {
    id: String(id),
    roleIds: roles.map((role) => role.id),
    isOwner: roles.some((role) => role.code === SUPER_ADMIN),
  };
}

export function createStrapiCeiling(strapi: Core.Strapi): StrapiCeiling {
  const access = () => accessService(strapi);

  async function refuse({ id }: Actor, what: string): Promise<never> {
    const staff = await access().policies.freshStaff(id);
    if (staff) {
      const decision = { effect: 'deny' as const, permission: 'assignments.manage', rule: 'above_ceiling' };
      const policyVersion = staff.policy.version;
      await access().trail.recordNow({
        staff,
        decision: { ...decision, policyVersion },
        subjectType: 'strapi',
        subjectId: what,
      });
    }
    throw new errors.ForbiddenError(`above_ceiling: nobody gives what he does not hold himself (${what})`);
  }

  async function permissionsOf(roleIds: readonly number[]): Promise<StrapiPermission[]> {
    if (roleIds.length === 0) return [];
    return strapi.db.query('admin::permission').findMany({ where: { role: { id: { $in: [...roleIds] } } } });
  }

  async function checkPermissions(
    who: Actor,
    roleId: number | undefined,
    given: readonly StrapiPermission[],
  ): Promise<void> {
    const role = roleId === undefined ? null : await strapi.db.query('admin::role').findOne({ where: { id: roleId } });
    const masterData = given.find(isMasterData);
    if (masterData && role?.code !== SUPER_ADMIN) {
      await refuse(who, `${masterData.action} on ${masterData.subject}: give Tessera's own permissions`);
    }
    if (who.isOwner) return;
    const held = await permissionsOf(who.roleIds);
    const terms = await access().roles.termsOf(roleId === undefined ? null : String(roleId));
    const grants: Grant[] = [];
    for (const permission of given) {
      const definition = access().catalogue.byAction(permission.action);
      if (definition) grants.push(terms.get(definition.code) ?? narrowestGrant(definition.code));
      else if (!held.some((own) => covers(own, permission))) await refuse(who, permission.action);
    }
    if (grants.length === 0) return;
    const staff = (await access().policies.freshStaff(who.id)) ?? (await refuse(who, 'unknown person'));
    const [tooMuch] = aboveCeiling({ policy: staff.policy, giving: { grants, storeId: null }, now: access().now() });
    if (tooMuch) await refuse(who, tooMuch);
  }

  return {
    actor: () => readActor(strapi),
    refuse,
    permissionsOf,
    checkPermissions,
    async checkRoles(who, roleIds) {
      if (who.isOwner) return;
      for (const roleId of roleIds) {
        const role = await strapi.db.query('admin::role').findOne({ where: { id: roleId } });
        if (role?.code === SUPER_ADMIN) await refuse(who, 'super admin');
        await checkPermissions(who, roleId, await permissionsOf([roleId]));
      }
    },
  };
}
