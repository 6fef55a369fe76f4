import { documentIdSchema } from '@tessera/kernel/contracts';
import { z } from 'zod';
import { GIFT_REFUSALS } from './domain/gifts/judge-gift';

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
  /** `earned`, `redeemed`, `returned`, `taken-back`, `expired`, `adjusted`, `gift`, `gift-return`, `merged`, `merge-undone`. */
  kind: z.string(),
  amount: z.int(),
  balanceAfter: z.int(),
  /** What it belongs to. */
  transactionId: z.string().nullable(),
  /** Of a gift: its name, and the number of its slip. */
  gift: z.object({ handoutId: z.string(), number: z.string(), label: labelSchema }).nullable(),
  /** Of an adjustment or a gift: who, and why. */
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

/** Newest gifts that `GET /api/points/members/{id}/gifts` shows as handed out. */
export const HANDOUT_LIMIT = 10;

/** One piece of a gift that a member got, as its slip says. */
export const giftSlipSchema = z.object({
  id: z.string(),
  number: z.string(),
  giftId: z.string(),
  label: labelSchema,
  memberId: z.string(),
  points: z.int(),
  storeId: z.string(),
  tillId: z.string().nullable(),
  staffName: z.string(),
  occurredAt: z.string(),
});
export type GiftSlip = z.infer<typeof giftSlipSchema>;

/** The same, and whether it came back. */
export const giftHandoutSchema = giftSlipSchema.extend({
  returned: z.object({ occurredAt: z.string(), staffName: z.string(), reason: z.string() }).nullable(),
});
export type GiftHandout = z.infer<typeof giftHandoutSchema>;

/** A gift for a member: that he can have it now, or the first condition that stands in the way. */
export const giftOfferSchema = z.object({
  giftId: z.string(),
  label: labelSchema,
  imageUrl: z.string().nullable(),
  points: z.int(),
  /** Pieces in the store; null = not counted. */
  stock: z.int().nullable(),
  /** Pieces that the member may still have by its limits; null = no limit. */
  left: z.int().nullable(),
  refusal: z
    .object({
      reason: z.enum(GIFT_REFUSALS),
      from: z.string().nullable().optional(),
      until: z.string().nullable().optional(),
      tier: labelSchema.optional(),
      limit: z.int().optional(),
      endsOn: z.string().nullable().optional(),
      missing: z.int().optional(),
    })
    .nullable(),
});
export type GiftOffer = z.infer<typeof giftOfferSchema>;

/** `GET /api/points/members/{id}/gifts?storeId=`: what he can have comes first. */
export const giftOffersQuerySchema = z.strictObject({ storeId: documentIdSchema });
export const giftOffersSchema = z.object({
  memberId: z.string(),
  available: z.int(),
  gifts: z.array(giftOfferSchema),
  handouts: z.array(giftHandoutSchema),
});
export type GiftOffers = z.infer<typeof giftOffersSchema>;

/** `POST /api/points/gift-handouts`. Header `Idempotency-Key`. */
export const handoutRequestSchema = z.strictObject({
  giftId: documentIdSchema,
  memberId: documentIdSchema,
  storeId: documentIdSchema,
  /** Left out: not at a till. */
  tillId: documentIdSchema.optional(),
  /** What the member was told it takes; it is not given for more or less. */
  points: z.int().min(1).optional(),
});
export type HandoutRequest = z.infer<typeof handoutRequestSchema>;

/** `POST /api/points/gift-handouts/{id}/returns`. Header `Idempotency-Key`. */
export const giftReturnRequestSchema = z.strictObject({
  reason: z.string().trim().min(2).max(200),
  tillId: documentIdSchema.optional(),
});
export type GiftReturnRequest = z.infer<typeof giftReturnRequestSchema>;

export const giftReturnSchema = z.object({
  id: z.string(),
  handoutId: z.string(),
  number: z.string(),
  points: z.int(),
  occurredAt: z.string(),
});
export type GiftReturn = z.infer<typeof giftReturnSchema>;

/** Pieces of one movement. */
export const MAX_PIECES = 100_000;

/** `POST /api/points/gifts/{id}/stock-moves`. Header `Idempotency-Key`. */
export const stockMoveRequestSchema = z
  .strictObject({
    storeId: documentIdSchema,
    kind: z.enum(['received', 'corrected']),
    /** Pieces; a correction may take away. */
    quantity: z.int().min(-MAX_PIECES).max(MAX_PIECES),
    reason: z.string().trim().min(2).max(200).optional(),
  })
  .refine(({ kind, quantity }) => (kind === 'received' ? quantity > 0 : quantity !== 0), {
    path: ['quantity'],
    message: 'must be more than 0, or of a correction not 0',
  })
  .refine(({ kind, reason }) => kind === 'received' || reason !== undefined, {
    path: ['reason'],
    message: 'a correction needs a reason',
  });
export type StockMoveRequest = z.infer<typeof stockMoveRequestSchema>;

export const stockMoveSchema = z.object({
  id: z.string(),
  giftId: z.string(),
  storeId: z.string(),
  kind: z.enum(['received', 'corrected']),
  quantity: z.int(),
});
export type StockMove = z.infer<typeof stockMoveSchema>;
