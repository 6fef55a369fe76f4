import { documentIdSchema, minorSchema } from '@tessera/kernel/contracts';
import { z } from 'zod';
import { CARD_STATUSES, CARE_KINDS } from './domain/care';
import { LOT_KINDS } from './domain/plan';
import { REFUND_TERMS, USE_PERIODS } from './domain/time-card';

/** Newest entries that `GET /api/cards/members/{id}` shows. */
export const ENTRY_LIMIT = 200;
export { CARD_STATUSES };

const reason = z.string().trim().min(2).max(200);
/** `POST /api/cards/{id}/freeze`, `…/unfreeze`, `…/report-lost`, `…/replace`. Header `Idempotency-Key`. */
export const careRequestSchema = z.strictObject({ reason });
/** `POST /api/cards/{id}/extend`: so many days after the end of a lot; of an ended one, after today. */
export const extendRequestSchema = z.strictObject({
  reason,
  lotId: z.string().regex(/^\d{1,18}$/),
  days: z.int().min(1).max(3_660),
});
/** `POST /api/cards/{id}/transfer`: the whole card, to another member; `…/share` and `…/unshare`: its time cards, with one of the family. */
export const transferRequestSchema = z.strictObject({ reason, memberId: documentIdSchema });

/** `POST /api/cards/members/{id}/payment-pin`: the member chooses it. Header `Idempotency-Key`; the same key keeps the first PIN. */
export const pinRequestSchema = z.strictObject({ reason, pin: z.string().regex(/^\d{6}$/) });
export type PinRequest = z.infer<typeof pinRequestSchema>;
export const pinReplySchema = z.object({ memberId: z.string(), setAt: z.string() });
export type PinReply = z.infer<typeof pinReplySchema>;

/** What an act has made of a card. */
export const careReplySchema = z.object({
  cardId: z.string(),
  kind: z.enum(CARE_KINDS),
  occurredAt: z.string(),
  number: z.string(),
  status: z.enum(CARD_STATUSES),
  memberId: z.string(),
  lots: z.array(z.object({ id: z.string(), validUntil: z.string().nullable() })),
});
export type CareReply = z.infer<typeof careReplySchema>;

/** What somebody did with a card, beside selling and using it. */
export const cardActSchema = z.object({
  id: z.string(),
  kind: z.enum(CARE_KINDS),
  occurredAt: z.string(),
  staffName: z.string(),
  reason: z.string(),
  /** Of a replaced card: the number that is void since. */
  oldNumber: z.string().nullable(),
  /** Of a card that was handed on: member numbers. */
  fromMemberNo: z.string().nullable(),
  toMemberNo: z.string().nullable(),
  /** Ends that moved. */
  lots: z.array(
    z.object({
      id: z.string(),
      nameZh: z.string(),
      nameEn: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
});
export type CardAct = z.infer<typeof cardActSchema>;

/** What one sale put on a card and what is left of it. Money in minor units of the card's currency. */
export const cardLotViewSchema = z.object({
  id: z.string(),
  kind: z.enum(LOT_KINDS),
  sku: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  services: z.array(z.object({ nameZh: z.string(), nameEn: z.string() })),
  spendOrder: z.enum(['principal-first', 'bonus-first', 'in-proportion']),
  principalSold: minorSchema,
  bonusSold: minorSchema,
  sessionsSold: z.int(),
  principal: minorSchema,
  bonus: minorSchema,
  sessions: z.int(),
  soldAt: z.string(),
  validUntil: z.string().nullable(),
  isEnded: z.boolean(),
  /** Parts of the bonus that are still to come, by day. */
  instalments: z.array(z.object({ dueOn: z.string(), amount: minorSchema })),
  /** Of a time card; its uses net of what was given back, in the period that counts now. */
  time: z
    .object({
      startedOn: z.string().nullable(),
      periodDays: z.int(),
      usesPer: z.enum(USE_PERIODS).nullable(),
      usesLimit: z.int().nullable(),
      usesNow: z.int(),
      freezeDays: z.int(),
      frozenDays: z.int(),
      sharedWith: z.int(),
      refundTerms: z.enum(REFUND_TERMS),
      isRefunded: z.boolean(),
    })
    .nullable(),
});

/** One movement of a card and what explains it; negative = off the card. */
export const cardEntrySchema = z.object({
  id: z.string(),
  occurredAt: z.string(),
  kind: z.enum(['sold', 'spent', 'used', 'returned', 'refunded', 'elapsed', 'granted']),
  lotId: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  principal: minorSchema,
  bonus: minorSchema,
  sessions: z.int(),
  /** Of a time card: used (negative) or given back. */
  uses: z.int(),
  /** Of days that are over, and what was paid for sessions: in minor units, out of what is owed. */
  deferred: minorSchema,
  /** Of stored value: on the card afterwards. Of sessions: left of the lot. Of a time card: what is owed of it, in minor units. */
  after: z.int(),
  transactionId: z.string(),
  transactionNumber: z.string(),
});

export const memberCardSchema = z.object({
  id: z.string(),
  number: z.string(),
  status: z.enum(CARD_STATUSES),
  currency: z.string(),
  storeId: z.string(),
  openedAt: z.string(),
  principal: minorSchema,
  bonus: minorSchema,
  sessions: z.int(),
  lots: z.array(cardLotViewSchema),
  entries: z.array(cardEntrySchema),
  acts: z.array(cardActSchema),
  /** Member numbers of those who may use its time cards beside its owner. */
  guests: z.array(z.object({ memberId: z.string(), memberNo: z.string() })),
});
export type MemberCard = z.infer<typeof memberCardSchema>;

/** `GET /api/cards/members/{id}/numbers`: which cards there are, for whoever has to stop one. */
export const cardNumbersSchema = z.array(
  z.object({ id: z.string(), number: z.string(), status: z.enum(CARD_STATUSES) }),
);
export type CardNumbers = z.infer<typeof cardNumbersSchema>;

/** `GET /api/cards/members/{id}` */
export const memberCardsSchema = z.object({
  memberId: z.string(),
  cards: z.array(memberCardSchema),
  /** Cards that this member handed on to others. */
  given: z.array(z.object({ cardId: z.string(), number: z.string(), act: cardActSchema })),
});
export type MemberCards = z.infer<typeof memberCardsSchema>;
