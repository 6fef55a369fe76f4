import type { Core } from '@strapi/strapi';
import { kernel } from '@tessera/kernel/public';
import { approvalRequired, forbidden, type RefusalDetails } from '../domain/errors';
import { decide } from '../domain/decide';
import type { AccessRequest, Decision, Grant } from '../domain/policy';
import { limitOf } from '../domain/rules';
import type { Access, Staff, StaffRoute } from '../public';
import { readVersion } from '../store/policy-store';
import { isNamed } from '../store/trail-store';
import { confirm, refuseOnlyConfirmed } from './assumption';
import { createAssignments, type Assignments } from './assignments';
import { createCatalogue, type Catalogue } from './catalogue';
import { createCeiling, type Ceiling } from './ceiling';
import { createPolicies, type Policies } from './policies';
import { createRoleSync, type SyncRoles } from './role-sync';
import { createRoles, type Roles } from './roles';
import { createStrategies, type Strategies } from './strategy';
import { createTrail, type Trail } from './trail';

export interface AccessService extends Access {
  readonly catalogue: Catalogue;
  readonly policies: Policies;
  readonly roles: Roles;
  readonly ceiling: Ceiling;
  readonly assignments: Assignments;
  readonly syncRoles: SyncRoles;
  readonly trail: Trail;
  readonly strategies: Strategies;
  /** @throws forbidden (403) to whoever holds no grant of it at all */
  admit(staff: Staff, permission: string): Promise<void>;
  now(): Date;
  addRoutes(plugin: string, routes: readonly StaffRoute[]): void;
  /** Every staff route of every plugin: what the walk through all routes × roles goes over. */
  allRoutes(): { plugin: string; method: string; path: string; permission: string }[];
}

export function accessService(strapi: Core.Strapi): AccessService {
  return strapi.plugin('access').service('access') as AccessService;
}

function canHandle(grant: Grant, request: Pick<AccessRequest, 'permission' | 'amounts'>): boolean {
  if (grant.permission !== request.permission) return false;
  return Object.entries(request.amounts ?? {}).every(([key, asked]) => asked <= limitOf(grant, key));
}

export function createAccessService({ strapi }: { strapi: Core.Strapi }): AccessService {
  const { database, clock } = kernel(strapi);
  const catalogue = createCatalogue();
  const policies = createPolicies(database, catalogue);
  const trail = createTrail(strapi, database, clock);
  const routes: ReturnType<AccessService['allRoutes']> = [];

  const rolesThatMay: AccessService['rolesThatMay'] = async (request) => {
    const roles = await policies.roles(await readVersion(database));
    return roles.filter((role) => role.grants.some((grant) => canHandle(grant, request))).map((role) => role.name);
  };

  async function refusalOf(request: AccessRequest, decision: Decision): Promise<RefusalDetails> {
    return {
      permission: request.permission,
      label: catalogue.get(request.permission)?.label ?? null,
      reasons: decision.reasons,
      couldAllow: await rolesThatMay(request),
    };
  }

  async function demand(staff: Staff, request: AccessRequest): Promise<Decision> {
    const decision = decide(staff.policy, request);
    if (decision.effect === 'allow') {
      if (!decision.obligations.includes('record')) trail.count(staff.id, request.permission);
      return decision;
    }
    refuseOnlyConfirmed(staff);
    await trail.recordNow({
      staff,
      decision,
      storeId: request.records?.[0]?.storeId,
      fields: decision.reasons.flatMap((reason) => reason.field ?? []),
      amount: decision.reasons[0]?.limit?.asked,
    });
    const details = await refusalOf(request, decision);
    throw decision.effect === 'approve' ? approvalRequired(details) : forbidden(details);
  }

  async function admit(staff: Staff, permission: string): Promise<void> {
    const request = { permission, now: clock.now() };
    if (decide(staff.policy, request).effect !== 'allow') await demand(staff, request);
  }

  const roles = createRoles({ database, catalogue, policies });
  const ceiling = createCeiling({ catalogue, policies, roles, demand, trail });
  const assignments = createAssignments({ database, ceiling, roles, demand, trail });
  return {
    catalogue,
    policies,
    roles,
    ceiling,
    assignments,
    syncRoles: createRoleSync({ strapi, database, catalogue, policies }),
    trail,
    strategies: createStrategies(strapi, database, policies, admit),
    admit,
    confirm,
    now: () => clock.now(),
    addRoutes: (plugin, added) =>
      void routes.push(...added.map(({ method, path, permission }) => ({ plugin, method, path, permission }))),
    allRoutes: () => [...routes],
    declarePermissions: (definitions) => catalogue.declare(definitions),
    permissions: () => catalogue.all(),
    decide: (staff, request) => decide(staff.policy, request),
    demand,
    rolesThatMay,
    record: trail.record,
    auditRow: trail.auditRow,
    assign: (wanted) => assignments.assignByCode(wanted),
    assignmentsOf: (staffId) => assignments.list(staffId),
    permitAccount: ceiling.permitAccount,
    hasHistory: isNamed,
  };
}
