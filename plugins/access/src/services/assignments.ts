import { defineError, notFound } from '@tessera/kernel/domain';
import type { Database } from '@tessera/kernel/public';
import type { Assignment } from '../contracts';
import { aboveCeiling } from '../domain/ceiling';
import { aboveCeilingError } from '../domain/errors';
import type { AccessRequest, Decision } from '../domain/policy';
import type { Staff } from '../public';
import {
  endAssignment,
  insertAssignment,
  readAccounts,
  readAssignment,
  readAssignments,
  readMissing,
  type AccountRow,
} from '../store/assignment-store';
import type { Policies } from './policies';
import type { Roles } from './roles';
import type { Trail } from './trail';

export interface WantedAssignment {
  staffId: string;
  roleId: string;
  storeId: string | null;
  validFrom?: string | null;
  validUntil?: string | null;
}

export interface Assignments {
  list(staffId: string | null): Promise<Assignment[]>;
  /** Assignments that this person may see. */
  listFor(staff: Staff, staffId: string | null, now: Date): Promise<Assignment[]>;
  assign(staff: Staff, wanted: WantedAssignment, now: Date): Promise<Assignment>;
  end(staff: Staff, id: string, now: Date): Promise<void>;
  assignByCode(wanted: { staffId: string; roleCode: string; storeId: string | null }): Promise<void>;
  accounts(): Promise<AccountRow[]>;
}

const unknownReference = defineError<{ missing: string[] }>(
  'unknown_reference',
  422,
  (d) => `No such ${d.missing.join(', ')}`,
);
const alreadyAssigned = defineError('already_assigned', 409, 'The person holds this role there already');
const wrongPeriod = defineError('wrong_period', 422, 'The period ends before it begins');
const ownerByStrapi = defineError(
  'owner_not_assignable',
  422,
  'The owner is a super admin of Strapi; no assignment makes one',
);

export function createAssignments({
  database,
  policies,
  roles,
  demand,
  trail,
}: {
  database: Database;
  policies: Policies;
  roles: Roles;
  demand: (staff: Staff, request: AccessRequest) => Promise<Decision>;
  trail: Trail;
}): Assignments {
  /** The same ceiling for giving and for taking away: nobody removes a right that is above his own. */
  async function permit(staff: Staff, roleId: string, storeId: string | null, now: Date): Promise<Decision> {
    const decision = await demand(staff, { permission: 'assignments.manage', now, records: [{ storeId }] });
    const role = await roles.find(roleId);
    if (!role) throw unknownReference({ missing: ['role'] });
    if (role.isOwner) throw ownerByStrapi(undefined);
    const tooMuch = aboveCeiling({ policy: staff.policy, grants: policies.grantsOf(role), storeId, now });
    if (tooMuch.length === 0) return decision;
    const refused = { ...decision, effect: 'deny' as const, rule: 'above_ceiling' };
    await trail.record(database, { staff, decision: refused, storeId, subjectType: 'role', subjectId: role.code });
    throw aboveCeilingError({ permissions: tooMuch });
  }

  async function assign(staff: Staff, wanted: WantedAssignment, now: Date): Promise<Assignment> {
    const { staffId, roleId, storeId, validFrom = null, validUntil = null } = wanted;
    if (validUntil !== null && new Date(validUntil) <= new Date(validFrom ?? now)) throw wrongPeriod(undefined);
    const decision = await permit(staff, roleId, storeId, now);
    const row = { staffId, roleId, storeId, validFrom, validUntil, assignedBy: staff.id };
    return database.transaction(async (sql) => {
      const missing = await readMissing(sql, row);
      if (missing.length > 0) throw unknownReference({ missing });
      const id = await insertAssignment(sql, row);
      const assignment = id === null ? undefined : await readAssignment(sql, id);
      if (!assignment) throw alreadyAssigned(undefined);
      await trail.record(sql, {
        staff,
        decision,
        storeId,
        subjectType: 'assignment',
        subjectId: assignment.id,
        after: row,
      });
      return assignment;
    });
  }

  async function end(staff: Staff, id: string, now: Date): Promise<void> {
    const assignment = await readAssignment(database, id);
    if (!assignment) throw notFound({ what: 'assignment', id });
    const { storeId } = assignment;
    const decision = await permit(staff, assignment.roleId, storeId, now);
    await database.transaction(async (sql) => {
      await endAssignment(sql, assignment, staff.id);
      await trail.record(sql, {
        staff,
        decision,
        storeId,
        subjectType: 'assignment',
        subjectId: id,
        before: assignment,
      });
    });
  }

  return {
    list: (staffId) => readAssignments(database, staffId),
    async listFor(staff, staffId, now) {
      const { rows } = await demand(staff, { permission: 'assignments.view', now });
      const all = await readAssignments(database, staffId);
      const sees = (storeId: string | null) =>
        rows.some((rule) => rule.stores === 'all' || (storeId !== null && rule.stores.includes(storeId)));
      return all.filter((assignment) => sees(assignment.storeId));
    },
    assign,
    end,
    async assignByCode({ staffId, roleCode, storeId }) {
      const roleId = await roles.idOf(roleCode);
      if (!roleId) throw unknownReference({ missing: [`role ${roleCode}`] });
      const row = { staffId, roleId, storeId, validFrom: null, validUntil: null, assignedBy: null };
      await database.transaction((sql) => insertAssignment(sql, row));
    },
    accounts: () => readAccounts(database),
  };
}
