import type { Database } from '@tessera/kernel/public';
import type { Grant, LocalizedText, Policy, PolicyRole } from '../domain/policy';
import { readRoles, readStaff, readVersion, type RoleRow, type StaffRow } from '../store/policy-store';
import { fullGrant, narrowestGrant, pack, type Catalogue } from './catalogue';

export interface KnownStaff {
  id: string;
  name: string;
  email: string;
  staffNo: string | null;
  isActive: boolean;
  policy: Policy;
}

export interface Policies {
  /** The person as of that access version; loaded once per version and process. */
  staff(staffId: string, version: number): Promise<KnownStaff | undefined>;
  /** Whoever is in the cache, as of whatever version that was. */
  cached(staffId: string): Promise<KnownStaff | undefined> | undefined;
  /** Past the cache. */
  freshStaff(staffId: string): Promise<KnownStaff | undefined>;
  grantsOf(role: RoleRow): Grant[];
  /** Every role with its grants, as of that version. */
  roles(version: number): Promise<{ code: string; name: LocalizedText; grants: Grant[] }[]>;
}

/** So many people signed in at once; the oldest leave first. */
const MAX_CACHED = 2_000;

export function createPolicies(database: Database, catalogue: Catalogue): Policies {
  const cache = new Map<string, { version: number; staff: Promise<KnownStaff | undefined> }>();
  let roleCache: { version: number; roles: ReturnType<Policies['roles']> } | undefined;

  function grantsOf(role: RoleRow): Grant[] {
    if (role.isOwner) return catalogue.all().map(fullGrant);
    return role.grants.flatMap(({ action, terms }) => {
      const definition = catalogue.byAction(action);
      if (!definition) return [];
      return [terms ? ({ ...terms, permission: definition.code } as Grant) : narrowestGrant(definition.code)];
    });
  }

  function toPolicy(staffId: string, version: number, row: StaffRow): Policy {
    const roles: PolicyRole[] = row.roles.map((role) => ({
      id: role.id,
      code: role.code,
      name: role.name,
      grants: grantsOf(role),
    }));
    const codes = new Set(roles.flatMap((role) => role.grants.map((grant) => grant.permission)));
    const known = catalogue.all().filter((definition) => codes.has(definition.code));
    return {
      version,
      staffId,
      permissions: Object.fromEntries(known.map((definition) => [definition.code, pack(definition)])),
      roles,
      assignments: row.assignments,
    };
  }

  async function load(staffId: string, version: number): Promise<KnownStaff | undefined> {
    const row = await readStaff(database, staffId);
    if (!row) return undefined;
    const { name, email, staffNo, isActive } = row;
    return { id: staffId, name: name || email, email, staffNo, isActive, policy: toPolicy(staffId, version, row) };
  }

  return {
    grantsOf,
    async staff(staffId, version) {
      const cached = cache.get(staffId);
      if (cached?.version === version) return cached.staff;
      const staff = load(staffId, version);
      cache.delete(staffId);
      cache.set(staffId, { version, staff });
      if (cache.size > MAX_CACHED) cache.delete(cache.keys().next().value as string);
      staff.catch(() => cache.delete(staffId));
      return staff;
    },
    cached: (staffId) => cache.get(staffId)?.staff,
    freshStaff: async (staffId) => load(staffId, await readVersion(database)),
    async roles(version) {
      if (roleCache?.version !== version) {
        const roles = readRoles(database).then((rows) =>
          rows.map((role) => ({ code: role.code, name: role.name, grants: grantsOf(role) })),
        );
        roleCache = { version, roles };
        roles.catch(() => (roleCache = undefined));
      }
      return roleCache.roles;
    },
  };
}
