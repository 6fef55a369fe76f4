import { defineError, notFound } from '@tessera/kernel/domain';
import type { Database } from '@tessera/kernel/public';
import type { AssignableRole, Assignment } from '../contracts';
import { aboveCeiling, widenedBy } from '../domain/ceiling';
import { aboveCeilingError } from '../domain/errors';
import type { AccessRequest, Decision, Policy, RowRule } from '../domain/policy';
import { decide } from '../domain/decide';
import type { Staff } from '../public';
import type { RoleRow } from '../store/policy-store';
import {
  endAssignment,
  insertAssignment,
  readAccounts,
  readAssignment,
  readAssignments,
  lockAndReadMissing,
  type AccountRow,
} from '../store/assignment-store';
import type { Catalogue } from './catalogue';
import type { Policies } from './policies';
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

/** A role that somebody thinks of giving; to whom and for how long may still be open. */
export interface Intention {
  storeId: string | null;
  staffId?: string;
  validUntil?: string | null;
}

export interface Assignments {
  list(staffId: string | null): Promise<Assignment[]>;
  /** Assignments that this person may see. */
  listFor(staff: Staff, staffId: string | null, now: Date): Promise<Assignment[]>;
  /** Every role, and whether this person may give it there. */
  assignable(staff: Staff, intention: Intention, now: Date): Promise<AssignableRole[]>;
  assign(staff: Staff, wanted: WantedAssignment, now: Date): Promise<Assignment>;
  end(staff: Staff, id: string, now: Date): Promise<void>;
  assignByCode(wanted: { staffId: string; roleCode: string; storeId: string | null }): Promise<void>;
  /** Accounts of the people in the stores whose assignments this person may see. */
  accountsFor(staff: Staff, now: Date): Promise<Omit<AccountRow, 'storeIds'>[]>;
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
  catalogue,
  policies,
  roles,
  demand,
  trail,
}: {
  database: Database;
  catalogue: Catalogue;
  policies: Policies;
  roles: Roles;
  demand: (staff: Staff, request: AccessRequest) => Promise<Decision>;
  trail: Trail;
}): Assignments {
  /** Permissions of the role that this person may not give there, to that person, for so long. */
  async function tooMuchOf(giver: Policy, role: RoleRow, intention: Intention, now: Date): Promise<string[]> {
    const { storeId, staffId, validUntil } = intention;
    const recipient = staffId === undefined ? undefined : await policies.freshStaff(staffId);
    const widened = recipient ? widenedBy(recipient.policy, storeId) : [];
    const grants = [...policies.grantsOf(role), ...widened];
    return aboveCeiling({ policy: giver, giving: { grants, storeId, validUntil }, now });
  }

  /** The same ceiling for giving and for taking away: nobody removes a right that is above his own. */
  async function permit(staff: Staff, roleId: string, intention: Intention, now: Date): Promise<Decision> {
    const { storeId } = intention;
    const decision = await demand(staff, { permission: 'assignments.manage', now, records: [{ storeId }] });
    const role = await roles.find(roleId);
    if (!role) throw unknownReference({ missing: ['role'] });
    if (role.isOwner) throw ownerByStrapi(undefined);
    const tooMuch = await tooMuchOf(staff.policy, role, intention, now);
    if (tooMuch.length === 0) return decision;
    const refused = { ...decision, effect: 'deny' as const, rule: 'above_ceiling' };
    await trail.record(database, { staff, decision: refused, storeId, subjectType: 'role', subjectId: role.code });
    throw aboveCeilingError({ permissions: tooMuch, labels: tooMuch.map((code) => catalogue.labelOf(code)) });
  }

  async function assignable(staff: Staff, intention: Intention, now: Date): Promise<AssignableRole[]> {
    const { storeId } = intention;
    const request = { permission: 'assignments.manage', now, records: [{ storeId }] };
    const isInScope = decide(staff.policy, request).effect === 'allow';
    return Promise.all(
      (await roles.all()).map(async (role): Promise<AssignableRole> => {
        const refuse = async (): Promise<AssignableRole['refusal']> => {
          if (role.isOwner) return { code: 'owner', permissions: [] };
          if (!isInScope) return { code: 'outside_scope', permissions: [] };
          const tooMuch = await tooMuchOf(staff.policy, role, intention, now);
          if (tooMuch.length === 0) return null;
          return {
            code: 'above_ceiling',
            permissions: tooMuch.map((code) => ({ code, label: catalogue.labelOf(code) })),
          };
        };
        const refusal = await refuse();
        const { id: roleId, code, name, description } = role;
        return { roleId, code, name, description, isAssignable: refusal === null, refusal };
      }),
    );
  }

  async function assign(staff: Staff, wanted: WantedAssignment, now: Date): Promise<Assignment> {
    const { staffId, roleId, storeId, validFrom = null, validUntil = null, reason } = wanted;
    if (validUntil !== null && new Date(validUntil) <= new Date(validFrom ?? now)) throw wrongPeriod(undefined);
    const decision = await permit(staff, roleId, { storeId, staffId, validUntil }, now);
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
    const decision = await permit(staff, assignment.roleId, { storeId, validUntil: assignment.validUntil }, now);
    await database.transaction(async (sql) => {
      if (!(await endAssignment(sql, assignment, staff.id))) throw notFound({ what: 'assignment', id });
      const subject = { storeId, subjectType: 'assignment', subjectId: id };
      await trail.record(sql, { staff, decision, ...subject, before: assignment });
    });
  }

  /** May a person who sees these rows see something of these stores? `null` = all stores. */
  function sees(rows: readonly RowRule[], storeIds: readonly (string | null)[]): boolean {
    return rows.some(
      ({ stores }) => stores === 'all' || storeIds.some((storeId) => storeId !== null && stores.includes(storeId)),
    );
  }

  return {
    list: (staffId) => readAssignments(database, staffId),
    async listFor(staff, staffId, now) {
      const { rows } = await demand(staff, { permission: 'assignments.view', now });
      const all = await readAssignments(database, staffId);
      return all.filter((assignment) => sees(rows, [assignment.storeId]));
    },
    assignable,
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
