import type { Database } from '@tessera/kernel/public';
import type { Role } from '../contracts';
import type { Grant } from '../domain/policy';
import { readRoles, type RoleRow } from '../store/policy-store';
import { readTerms } from '../store/role-store';
import type { Catalogue } from './catalogue';
import type { Policies } from './policies';

export interface Roles {
  list(): Promise<Role[]>;
  all(): Promise<RoleRow[]>;
  find(id: string): Promise<RoleRow | undefined>;
  /** Grants the role would hold, by permission; also those that Strapi does not grant any more. */
  termsOf(id: string | null): Promise<Map<string, Grant>>;
  idOf(code: string): Promise<string | undefined>;
}

export function createRoles({
  database,
  catalogue,
  policies,
}: {
  database: Database;
  catalogue: Catalogue;
  policies: Policies;
}): Roles {
  return {
    async list() {
      const rows = await readRoles(database);
      return rows.map((role) => {
        const reasons = new Map(role.grants.map((grant) => [catalogue.byAction(grant.action)?.code, grant.reason]));
        const grants = policies
          .grantsOf(role)
          .map((grant) => ({ ...grant, reason: reasons.get(grant.permission) ?? null }));
        const { id, code, name, description, people } = role;
        return { id, code, name, description, people, grants, conflicts: role.conflicts as Role['conflicts'] };
      });
    },
    all: () => readRoles(database),
    find: async (id) => (await readRoles(database)).find((role) => role.id === id),
    async termsOf(id) {
      const terms = id === null ? [] : await readTerms(database, id);
      return new Map(terms.map((grant) => [grant.permission, grant]));
    },
    idOf: async (code) => (await readRoles(database)).find((role) => role.code === code)?.id,
  };
}
