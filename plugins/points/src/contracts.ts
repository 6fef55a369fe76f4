import { documentIdSchema } from '@tessera/kernel/contracts';
import { z } from 'zod';

const labelSchema = z.object({ zh: z.string(), en: z.string() });

/** Points that end within so many days are "expiring soon". */
export const SOON_DAYS = 30;
/** Newest entries that `GET /api/points/members/{id}` shows. */
export const ENTRY_LIMIT = 200;

export const pointLotSchema = z.object({
  id: z.string(),
  rule: z.string(),
  label: labelSchema,
  amount: z.int(),
  remaining: z.int(),
  earnedAt: z.string(),
  availableFrom: z.string(),
  expiresAt: z.string().nullable(),
  state: z.enum(['available', 'pending', 'expired']),
});
export type PointLot = z.infer<typeof pointLotSchema>;

/** One movement of the balance and what explains it. */
export const pointEntrySchema = z.object({
  journalId: z.string(),
  occurredAt: z.string(),
  /** `earned`, `redeemed`, `returned`, `taken-back`, `expired`, `adjusted`, `merged`, `merge-undone`. */
  kind: z.string(),
  amount: z.int(),
  balanceAfter: z.int(),
  /** What it belongs to. */
  transactionId: z.string().nullable(),
  /** Of an adjustment: who, and why. */
  staffName: z.string().nullable(),
  reason: z.string().nullable(),
  /** Of an entry under another number, which was merged into this member; `balanceAfter` is then of that one. */
  memberNo: z.string().nullable(),
  /** Rules that gave it, or lots it was taken from: what, how many, until when they count. */
  parts: z.array(z.object({ label: labelSchema, amount: z.int(), expiresAt: z.string().nullable() })),
});
export type PointEntry = z.infer<typeof pointEntrySchema>;

/** `GET /api/points/members/{id}` */
export const memberPointsSchema = z.object({
  memberId: z.string(),
  /** Can be spent now. */
  available: z.int(),
  /** Earned, does not count yet. */
  pending: z.int(),
  /** Of `available`, what ends within `SOON_DAYS`. */
  expiringSoon: z.int(),
  /** Owed after a refund of points that were spent; paid by what is earned next. */
  debt: z.int(),
  lots: z.array(pointLotSchema),
  entries: z.array(pointEntrySchema),
});
export type MemberPoints = z.infer<typeof memberPointsSchema>;

/** `POST /api/points/members/{id}/adjustments`. Header `Idempotency-Key`. */
export const adjustmentRequestSchema = z.strictObject({
  /** Whole points; negative takes away. */
  amount: z
    .int()
    .min(-10_000_000)
    .max(10_000_000)
    .refine((amount) => amount !== 0, 'must not be 0'),
  reason: z.string().trim().min(2).max(200),
  /** In whose books; left out: the member's home store. */
  storeId: documentIdSchema.optional(),
});
export type AdjustmentRequest = z.infer<typeof adjustmentRequestSchema>;
