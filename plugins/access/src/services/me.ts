import type { Core } from '@strapi/strapi';
import { kernel } from '@tessera/kernel/public';
import type { Me } from '../contracts';
import { assignedStores } from '../domain/rules';
import type { Staff } from '../public';
import { readStores } from '../store/policy-store';

/** Who I am, where I work, what I may do: everything the panel needs to draw itself. */
export async function readMe(strapi: Core.Strapi, staff: Staff, now: Date): Promise<Me> {
  const { policy } = staff;
  const stores = assignedStores(policy, now);
  return {
    staff: {
      id: staff.id,
      name: staff.name,
      email: staff.email,
      staffNo: staff.staffNo,
      roles: policy.roles.map((role) => role.name),
    },
    stores: await readStores(kernel(strapi).database, stores === 'all' ? null : stores),
    assignments: policy.assignments,
    policy,
    policyVersion: policy.version,
  };
}
