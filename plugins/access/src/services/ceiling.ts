import { defineError } from '@tessera/kernel/domain';
import type { AssignableRole } from '../contracts';
import { aboveCeiling, widenedBy } from '../domain/ceiling';
import { decide } from '../domain/decide';
import { aboveCeilingError } from '../domain/errors';
import type { AccessRequest, Decision, Policy } from '../domain/policy';
import type { AuditEntry, Staff } from '../public';
import type { RoleRow } from '../store/policy-store';
import type { Catalogue } from './catalogue';
import type { Policies } from './policies';
import type { Roles } from './roles';
import type { Trail } from './trail';

export type Demand = (staff: Staff, request: AccessRequest) => Promise<Decision>;

/** A role that somebody thinks of giving; to whom and for how long may still be open. */
export interface Intention {
  storeId: string | null;
  staffId?: string;
  validUntil?: string | null;
}

export interface Ceiling {
  /** @throws forbidden, unknown_reference, owner_not_assignable, above_ceiling (recorded) */
  permit(staff: Staff, roleId: string, intention: Intention, now: Date): Promise<Decision>;
  /** Whoever ties a record to an account may decide who uses it. @throws above_ceiling (recorded) when it holds more than he does */
  permitAccount(staff: Staff, accountId: string, now: Date): Promise<void>;
  /** Every role, and whether this person may give it there. */
  assignable(staff: Staff, intention: Intention, now: Date): Promise<AssignableRole[]>;
}

export const unknownReference = defineError<{ missing: string[] }>(
  'unknown_reference',
  422,
  (d) => `No such ${d.missing.join(', ')}`,
);
const ownerByStrapi = defineError(
  'owner_not_assignable',
  422,
  'The owner is a super admin of Strapi; no assignment makes one',
);

interface Parts {
  catalogue: Catalogue;
  policies: Policies;
  roles: Roles;
  demand: Demand;
  trail: Trail;
}

async function refuse(
  { catalogue, trail }: Parts,
  { staff, decision, tooMuch }: { staff: Staff; decision: AuditEntry['decision']; tooMuch: string[] },
  subject: Pick<AuditEntry, 'storeId' | 'subjectType' | 'subjectId'>,
): Promise<never> {
  await trail.recordNow({ staff, decision: { ...decision, effect: 'deny', rule: 'above_ceiling' }, ...subject });
  throw aboveCeilingError({ permissions: tooMuch, labels: tooMuch.map((code) => catalogue.labelOf(code)) });
}

async function permitAccount(parts: Parts, staff: Staff, accountId: string, now: Date): Promise<void> {
  const account = accountId === staff.id ? undefined : await parts.policies.freshStaff(accountId);
  if (!account) return;
  const roles = new Map(account.policy.roles.map((role) => [role.id, role]));
  const tooMuch = account.policy.assignments.flatMap(({ roleId, storeId, validUntil }) =>
    aboveCeiling({
      policy: staff.policy,
      giving: { grants: roles.get(roleId)?.grants ?? [], storeId, validUntil },
      now,
    }),
  );
  if (tooMuch.length === 0) return;
  const decision = decide(staff.policy, { permission: 'assignments.manage', now });
  await refuse(
    parts,
    { staff, decision, tooMuch: [...new Set(tooMuch)].sort() },
    { subjectType: 'account', subjectId: accountId },
  );
}

/** Who may give which role where: the scope of `assignments.manage`, and never more than one holds. */
export function createCeiling(parts: Parts): Ceiling {
  const { catalogue, policies, roles, demand } = parts;
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
    if (tooMuch.length > 0)
      await refuse(parts, { staff, decision, tooMuch }, { storeId, subjectType: 'role', subjectId: role.code });
    return decision;
  }

  async function refusalOf(
    staff: Staff,
    role: RoleRow,
    intention: Intention,
    now: Date,
  ): Promise<AssignableRole['refusal']> {
    const request = { permission: 'assignments.manage', now, records: [{ storeId: intention.storeId }] };
    if (role.isOwner) return { code: 'owner', permissions: [] };
    if (decide(staff.policy, request).effect !== 'allow') return { code: 'outside_scope', permissions: [] };
    const tooMuch = await tooMuchOf(staff.policy, role, intention, now);
    if (tooMuch.length === 0) return null;
    return { code: 'above_ceiling', permissions: tooMuch.map((code) => ({ code, label: catalogue.labelOf(code) })) };
  }

  return {
    permit,
    permitAccount: (staff, accountId, now) => permitAccount(parts, staff, accountId, now),
    async assignable(staff, intention, now) {
      return Promise.all(
        (await roles.all()).map(async (role) => {
          const refusal = await refusalOf(staff, role, intention, now);
          const { id: roleId, code, name, description } = role;
          return { roleId, code, name, description, isAssignable: refusal === null, refusal };
        }),
      );
    },
  };
}
