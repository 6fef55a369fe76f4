import { defineError, notFound } from '@tessera/kernel/domain';
import type { Database } from '@tessera/kernel/public';
import type { Assignment } from '../contracts';
import type { RowRule } from '../domain/policy';
import type { Staff } from '../public';
import {
  endAssignment,
  insertAssignment,
  readAccounts,
  readAssignment,
  readAssignments,
  lockAndReadMissing,
  type AccountRow,
} from '../store/assignment-store';
import { unknownReference, type Ceiling, type Demand } from './ceiling';
import type { Roles } from './roles';
import type { Trail } from './trail';

export interface WantedAssignment {
  staffId: string;
  roleId: string;
  storeId: string | null;
  validFrom?: string | null;
  validUntil?: string | null;
  reason?: string;
}

export interface Assignments {
  list(staffId: string | null): Promise<Assignment[]>;
  /** Assignments that this person may see. */
  listFor(staff: Staff, staffId: string | null, now: Date): Promise<Assignment[]>;
  assign(staff: Staff, wanted: WantedAssignment, now: Date): Promise<Assignment>;
  end(staff: Staff, id: string, now: Date): Promise<void>;
  assignByCode(wanted: { staffId: string; roleCode: string; storeId: string | null }): Promise<void>;
  /** Accounts of the people in the stores whose assignments this person may see. */
  accountsFor(staff: Staff, now: Date): Promise<Omit<AccountRow, 'storeIds'>[]>;
}

const alreadyAssigned = defineError('already_assigned', 409, 'The person holds this role there already');
const wrongPeriod = defineError('wrong_period', 422, 'The period ends before it begins');
/** May a person who sees these rows see something of these stores? `null` = all stores. */
function sees(rows: readonly RowRule[], storeIds: readonly (string | null)[]): boolean {
  return rows.some(
    ({ stores }) => stores === 'all' || storeIds.some((storeId) => storeId !== null && stores.includes(storeId)),
  );
}

export function createAssignments({
  database,
  ceiling,
  roles,
  demand,
  trail,
}: {
  database: Database;
  ceiling: Ceiling;
  roles: Roles;
  demand: Demand;
  trail: Trail;
}): Assignments {
  async function assign(staff: Staff, wanted: WantedAssignment, now: Date): Promise<Assignment> {
    const { staffId, roleId, storeId, validFrom = null, validUntil = null, reason } = wanted;
    if (validUntil !== null && new Date(validUntil) <= new Date(validFrom ?? now)) throw wrongPeriod(undefined);
    const decision = await ceiling.permit(staff, roleId, { storeId, staffId, validUntil }, now);
    const row = { staffId, roleId, storeId, validFrom, validUntil, assignedBy: staff.id };
    return database.transaction(async (sql) => {
      const missing = await lockAndReadMissing(sql, row);
      if (missing.length > 0) throw unknownReference({ missing });
      const id = await insertAssignment(sql, row);
      const assignment = id === null ? undefined : await readAssignment(sql, id);
      if (!assignment) throw alreadyAssigned(undefined);
      const subject = { storeId, subjectType: 'assignment', subjectId: assignment.id };
      await trail.record(sql, { staff, decision, ...subject, reason, after: row });
      return assignment;
    });
  }

  async function end(staff: Staff, id: string, now: Date): Promise<void> {
    const assignment = await readAssignment(database, id);
    if (!assignment) throw notFound({ what: 'assignment', id });
    const { storeId } = assignment;
    const decision = await ceiling.permit(
      staff,
      assignment.roleId,
      { storeId, validUntil: assignment.validUntil },
      now,
    );
    await database.transaction(async (sql) => {
      if (!(await endAssignment(sql, assignment, staff.id))) throw notFound({ what: 'assignment', id });
      const subject = { storeId, subjectType: 'assignment', subjectId: id };
      await trail.record(sql, { staff, decision, ...subject, before: assignment });
    });
  }

  return {
    list: (staffId) => readAssignments(database, staffId),
    async listFor(staff, staffId, now) {
      const { rows } = await demand(staff, { permission: 'assignments.view', now });
      const all = await readAssignments(database, staffId);
      return all.filter((assignment) => sees(rows, [assignment.storeId]));
    },
    assign,
    end,
    async assignByCode({ staffId, roleCode, storeId }) {
      const roleId = await roles.idOf(roleCode);
      if (!roleId) throw unknownReference({ missing: [`role ${roleCode}`] });
      const row = { staffId, roleId, storeId, validFrom: null, validUntil: null, assignedBy: null };
      await database.transaction((sql) => insertAssignment(sql, row));
    },
    async accountsFor(staff, now) {
      const { rows } = await demand(staff, { permission: 'assignments.view', now });
      const all = await readAccounts(database);
      return all
        .filter((account) => account.id === staff.id || sees(rows, account.storeIds))
        .map(({ storeIds: _storeIds, ...account }) => account);
    },
  };
}
