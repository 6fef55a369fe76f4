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
