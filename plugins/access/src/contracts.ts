import { z } from 'zod';

const visibilitySchema = z.enum(['clear', 'masked', 'hidden']);
const localizedSchema = z.object({ zh: z.string(), en: z.string() });

export const grantSchema = z.object({
  permission: z.string(),
  scope: z.enum(['own-store', 'assigned-stores', 'all']),
  ownRecordsOnly: z.boolean().optional(),
  read: z.record(z.string(), visibilitySchema).optional(),
  write: z.array(z.string()).optional(),
  limits: z.record(z.string(), z.int().nonnegative().nullable()).optional(),
  beyondLimit: z.enum(['deny', 'approve']).optional(),
});

/** Shape of `Policy` on the wire; see `domain/policy.ts`. */
export const policySchema = z.object({
  version: z.int(),
  staffId: z.string(),
  permissions: z.record(
    z.string(),
    z.object({
      risk: z.enum(['low', 'medium', 'high', 'critical']),
      isStoreScoped: z.boolean(),
      canBeApproved: z.boolean(),
      needsReason: z.boolean(),
      limits: z.array(z.string()),
      fields: z.array(z.string()),
      personal: z.array(z.string()),
    }),
  ),
  roles: z.array(z.object({ id: z.string(), code: z.string(), name: localizedSchema, grants: z.array(grantSchema) })),
  assignments: z.array(
    z.object({
      id: z.string(),
      roleId: z.string(),
      storeId: z.string().nullable(),
      validFrom: z.string().nullable(),
      validUntil: z.string().nullable(),
    }),
  ),
});

/** `GET /api/access/me` */
export const meSchema = z.object({
  staff: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    staffNo: z.string().nullable(),
    roles: z.array(localizedSchema),
  }),
  /** Stores the person may act in, with their tills. */
  stores: z.array(
    z.object({
      id: z.string(),
      code: z.string(),
      nameZh: z.string(),
      nameEn: z.string(),
      currency: z.string(),
      timeZone: z.string(),
      dayCutoff: z.string(),
      cashRounding: z.int(),
      tills: z.array(z.object({ id: z.string(), code: z.string(), name: z.string() })),
    }),
  ),
  assignments: policySchema.shape.assignments,
  policy: policySchema,
  policyVersion: z.int(),
});
export type Me = z.infer<typeof meSchema>;

/** `GET /api/access/permissions` (roles.view) */
export const permissionSchema = z.object({
  code: z.string(),
  plugin: z.string(),
  label: localizedSchema,
  module: localizedSchema,
  risk: z.enum(['low', 'medium', 'high', 'critical']),
  isStoreScoped: z.boolean(),
  canBeApproved: z.boolean(),
  needsReason: z.boolean(),
  limits: z.array(
    z.object({ key: z.string(), unit: z.enum(['minor', 'basis-points', 'count']), label: localizedSchema }),
  ),
  fields: z.array(z.object({ name: z.string(), isPersonal: z.boolean() })),
});

/** `GET /api/access/roles` (roles.view) → array */
export const roleSchema = z.object({
  id: z.string(),
  code: z.string(),
  name: localizedSchema,
  description: localizedSchema.nullable(),
  /** Assigned to so many people. */
  people: z.int(),
  grants: z.array(grantSchema.extend({ reason: localizedSchema.nullable() })),
  /** Grants where the template and a local change disagree; the local one holds. */
  conflicts: z.array(
    z.object({ permission: z.string(), template: grantSchema.nullable(), local: grantSchema.nullable() }),
  ),
});
export type Role = z.infer<typeof roleSchema>;

/** Within what PostgreSQL and a calendar both mean: 2000 to 2999. */
const instantSchema = z.iso.datetime().regex(/^2/, 'must be a date from 2000 on');
const adminIdSchema = z.string().regex(/^[1-9]\d{0,8}$/, 'must be an account or role id');

/** `POST /api/access/assignments` (assignments.manage) → 201 assignment; `DELETE /api/access/assignments/{id}` → 204 */
export const assignmentRequestSchema = z.strictObject({
  /** Strapi admin user id, as in `accounts`. */
  staffId: adminIdSchema,
  roleId: adminIdSchema,
  /** null = all stores. */
  storeId: z.string().max(32).nullable(),
  validFrom: instantSchema.nullish(),
  validUntil: instantSchema.nullish(),
  /** Why, for the trail. */
  reason: z.string().trim().min(1).max(200).optional(),
});
/**
 * `GET /api/access/roles/assignable?storeId=&staffId=&validUntil=` (assignments.manage) → array: every role, and whether
 * I may give it there. Without `storeId`: in all stores. `staffId` says to whom, where that is known already.
 */
export const assignableQuerySchema = z.strictObject({
  storeId: z.string().max(32).optional(),
  staffId: adminIdSchema.optional(),
  validUntil: instantSchema.optional(),
});
export const assignableRoleSchema = z.object({
  roleId: z.string(),
  code: z.string(),
  name: localizedSchema,
  description: localizedSchema.nullable(),
  isAssignable: z.boolean(),
  /**
   * Why not: `outside_scope` = I give no roles there, `owner` = Strapi's super admin is made in Strapi,
   * `above_ceiling` = it holds more than I do, namely `permissions`.
   */
  refusal: z
    .object({
      code: z.enum(['outside_scope', 'owner', 'above_ceiling']),
      permissions: z.array(z.object({ code: z.string(), label: localizedSchema })),
    })
    .nullable(),
});
export type AssignableRole = z.infer<typeof assignableRoleSchema>;

/** `GET /api/access/assignments?staffId=` (assignments.view) → array */
export const assignmentQuerySchema = z.strictObject({ staffId: adminIdSchema.optional() });
export const assignmentSchema = z.object({
  id: z.string(),
  staffId: z.string(),
  staffName: z.string(),
  roleId: z.string(),
  roleName: localizedSchema,
  storeId: z.string().nullable(),
  storeName: localizedSchema.nullable(),
  validFrom: z.string().nullable(),
  validUntil: z.string().nullable(),
  assignedBy: z.string().nullable(),
  createdAt: z.string(),
});
export type Assignment = z.infer<typeof assignmentSchema>;

/** `GET /api/access/accounts` (assignments.view) → array of the people who may sign in, as far as I work with them */
export const accountSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  isActive: z.boolean(),
  staffNo: z.string().nullable(),
});
