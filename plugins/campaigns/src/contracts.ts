import { documentIdSchema } from '@tessera/kernel/contracts';
import { z } from 'zod';

export { isCouponCode, normalCouponCode, spelledCouponCode } from './domain/coupon-code';

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

/** `POST /api/campaigns/coupon-claims`: a code that somebody brought becomes this member's coupon. */
export const claimRequestSchema = z.strictObject({ code: z.string().min(1).max(64), memberId: documentIdSchema });
export type ClaimRequest = z.infer<typeof claimRequestSchema>;

/** `POST /api/campaigns/coupons/{id}/void`, `POST /api/campaigns/coupon-issues/{id}/void`: unused coupons end here. */
export const voidRequestSchema = z.strictObject({ reason: reasonSchema });
export const voidedSchema = z.object({ voided: z.int() });
export type Voided = z.infer<typeof voidedSchema>;

export const COUPON_STATUSES = ['usable', 'upcoming', 'used', 'expired', 'void'] as const;

/** Something that happened to a coupon. */
export const couponEntrySchema = z.object({
  /** `issued`, `birthday-gift`, `claimed`, `used`, `given-back`, `voided`. */
  kind: z.string(),
  occurredAt: z.string(),
  /** Null: nobody did it, a job did. */
  staffName: z.string().nullable(),
  reason: z.string().nullable(),
  /** The sale or refund. */
  transactionId: z.string().nullable(),
  /** Minor units that it took off. */
  amount: z.int().nullable(),
});

/** A coupon of a member and everything that happened to it. */
export const memberCouponSchema = z.object({
  id: z.string(),
  code: z.string(),
  label: z.object({ zh: z.string(), en: z.string() }),
  templateId: z.string(),
  currency: z.string(),
  status: z.enum(COUPON_STATUSES),
  validFrom: z.string(),
  validUntil: z.string().nullable(),
  entries: z.array(couponEntrySchema),
});
export type MemberCoupon = z.infer<typeof memberCouponSchema>;

/** Newest coupons that `GET /api/campaigns/members/{id}/coupons` shows; those that can be used come first. */
export const MEMBER_COUPON_LIMIT = 100;

/** So long a coupon in the cart of a till is its own, unless it asks again. */
export const HOLD_MINUTES = 5;

/** `PUT /api/campaigns/coupon-holds`: the coupons of the cart at this till, all of them; none = it holds none any more. */
export const holdRequestSchema = z.strictObject({
  tillId: documentIdSchema,
  codes: z.array(z.string().min(1).max(64)).max(20),
});
export type HoldRequest = z.infer<typeof holdRequestSchema>;

export const heldSchema = z.object({ held: z.array(z.string()), until: z.string() });
export type Held = z.infer<typeof heldSchema>;
