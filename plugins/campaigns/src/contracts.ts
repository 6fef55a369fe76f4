import { documentIdSchema } from '@tessera/kernel/contracts';
import { z } from 'zod';

/** Codes of one batch. */
export const MAX_BATCH = 100_000;
/** Members that one issue names. */
export const MAX_NAMED = 10_000;

const reasonSchema = z.string().trim().min(2).max(200);

/** `POST /api/campaigns/coupon-batches`: codes for whoever has them. Header `Idempotency-Key`. */
export const batchRequestSchema = z.strictObject({
  templateId: documentIdSchema,
  count: z.int().min(1).max(MAX_BATCH),
  reason: reasonSchema,
});
export type BatchRequest = z.infer<typeof batchRequestSchema>;

/** `POST /api/campaigns/coupon-issues`: one coupon for each of these members. Header `Idempotency-Key`. */
export const issueRequestSchema = z.strictObject({
  templateId: documentIdSchema,
  memberIds: z.array(documentIdSchema).min(1).max(MAX_NAMED),
  reason: reasonSchema,
});
export type IssueRequest = z.infer<typeof issueRequestSchema>;

/** What was issued. */
export const issuedSchema = z.object({
  id: z.string(),
  templateId: z.string(),
  count: z.int(),
  validFrom: z.string(),
  validUntil: z.string().nullable(),
});
export type Issued = z.infer<typeof issuedSchema>;
