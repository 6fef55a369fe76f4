import type { Core } from '@strapi/strapi';
import type { Database } from '@tessera/kernel/public';
import type { Grant } from '../domain/policy';
import { planRoleSync } from '../domain/role-sync';
import { readRoles, type RoleRow } from '../store/policy-store';
import {
  deleteTerms,
  lockRoleSync,
  readTemplateStates,
  saveReason,
  saveRole,
  saveTerms,
  type TemplateState,
} from '../store/role-store';
import { actionOf, type Catalogue } from './catalogue';
import type { Policies } from './policies';
import { readRoleTemplates, type RoleTemplate } from './role-templates';

/** Brings the roles up to the templates without undoing what an administrator changed. Safe on several nodes. */
export type SyncRoles = (directory: string) => Promise<void>;

function grantOnly({ reason: _reason, ...grant }: RoleTemplate['grants'][number]): Grant {
  return grant;
}

/** Strapi makes these on its first start, with rights on every content type; nobody here asked for them. */
const UNWANTED = ['strapi-editor', 'strapi-author'];

/** What a role gets and loses, in Strapi's tables and ours. */
function createRoleWriter(strapi: Core.Strapi, database: Database, catalogue: Catalogue) {
  async function removeUnwanted(): Promise<void> {
    const roles = await strapi.db.query('admin::role').findMany({ where: { code: { $in: UNWANTED } } });
    if (roles.length > 0) await strapi.service('admin::role').deleteByIds(roles.map((role: { id: number }) => role.id));
  }

  async function ensureRole(template: RoleTemplate, state: TemplateState | undefined): Promise<string | null> {
    if (state) return state.exists ? state.roleId : null;
    const code = template.strapiRole ?? template.code;
    const found = await strapi.db.query('admin::role').findOne({ where: { code } });
    if (found) return String(found.id);
    const { name, description } = template;
    const created = await strapi.service('admin::role').create({
      code,
      name: `${name.en} ${name.zh}`,
      description: `${description.en} ${description.zh}`,
    });
    return String(created.id);
  }

  /** Terms first: alone they give nothing, so a crash in between is repaired by the next start. */
  async function put(role: RoleRow, grant: Grant, template: RoleTemplate): Promise<void> {
    const definition = catalogue.get(grant.permission);
    if (!definition) return;
    const action = actionOf(definition);
    const reason = template.grants.find((wanted) => wanted.permission === grant.permission)?.reason ?? null;
    await saveTerms(database, role.id, grant, reason);
    if (!role.grants.some((held) => held.action === action)) {
      await strapi.service('admin::role').addPermissions(Number(role.id), [{ action, properties: {}, conditions: [] }]);
    }
  }

  async function remove(role: RoleRow, permission: string): Promise<void> {
    const definition = catalogue.get(permission);
    if (definition) {
      const where = { role: { id: Number(role.id) }, action: actionOf(definition) };
      const rows = await strapi.db.query('admin::permission').findMany({ where, select: ['id'] });
      await strapi.service('admin::permission').deleteByIds(rows.map((row: { id: number }) => row.id));
    }
    await deleteTerms(database, role.id, permission);
  }

  return { removeUnwanted, ensureRole, put, remove };
}

/** Grants of the template that stay contradicted keep their old base, so that every start reports them again. */
function nextBase(base: Grant[], template: Grant[], contradicted: Set<string>): Grant[] {
  const agreed = template.filter((grant) => !contradicted.has(grant.permission));
  return [...agreed, ...base.filter((grant) => contradicted.has(grant.permission))];
}

export function createRoleSync({
  strapi,
  database,
  catalogue,
  policies,
}: {
  strapi: Core.Strapi;
  database: Database;
  catalogue: Catalogue;
  policies: Policies;
}): SyncRoles {
  const { removeUnwanted, ensureRole, put, remove } = createRoleWriter(strapi, database, catalogue);

  async function syncRole(template: RoleTemplate, state: TemplateState | undefined): Promise<void> {
    const roleId = await ensureRole(template, state);
    if (roleId === null) return;
    const { code, name, description } = template;
    const wanted = template.strapiRole ? [] : template.grants.map(grantOnly);
    const role = (await readRoles(database)).find((row) => row.id === roleId);
    if (!role) return;
    const base = state?.template ?? [];
    const local = policies.grantsOf(role);
    const plan = template.strapiRole
      ? { put: [], remove: [], conflicts: [] }
      : planRoleSync({ base, template: wanted, local });
    for (const grant of plan.put) await put(role, grant, template);
    for (const permission of plan.remove) await remove(role, permission);
    for (const { permission, reason } of template.grants) await saveReason(database, role.id, permission, reason);
    const contradicted = new Set(plan.conflicts.map((conflict) => conflict.permission));
    for (const permission of contradicted) {
      strapi.log.warn(`Role ${code}: template and local change of ${permission} disagree; the local one stays`);
    }
    const next = nextBase(base, wanted, contradicted);
    await saveRole(database, { code, roleId, name, description, template: next, conflicts: plan.conflicts });
  }

  return async (directory) => {
    const templates = await readRoleTemplates(directory, catalogue.all());
    // This transaction holds the lock and nothing else: Strapi writes through its own pool, and the triggers of both
    // would wait for each other on the version row.
    await database.transaction(async (sql) => {
      await lockRoleSync(sql);
      const states = new Map((await readTemplateStates(database)).map((state) => [state.code, state]));
      if (states.size === 0) await removeUnwanted();
      for (const template of templates) await syncRole(template, states.get(template.code));
    });
  };
}
