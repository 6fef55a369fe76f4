import { minorSchema } from '@tessera/kernel/contracts';
import { z } from 'zod';

/** Newest entries that `GET /api/cards/members/{id}` shows. */
export const ENTRY_LIMIT = 200;
export const CARD_STATUSES = ['active', 'frozen', 'lost', 'closed'] as const;

/** What one sale put on a card and what is left of it. Money in minor units of the card's currency. */
export const cardLotViewSchema = z.object({
  id: z.string(),
  kind: z.enum(['stored-value', 'sessions']),
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
});

/** One movement of a card and what explains it; negative = off the card. */
export const cardEntrySchema = z.object({
  id: z.string(),
  occurredAt: z.string(),
  kind: z.enum(['sold', 'spent', 'used', 'returned', 'refunded']),
  lotId: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  principal: minorSchema,
  bonus: minorSchema,
  sessions: z.int(),
  /** Of stored value: on the card afterwards. Of sessions: left of the lot. */
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
});
export type MemberCard = z.infer<typeof memberCardSchema>;

/** `GET /api/cards/members/{id}` */
export const memberCardsSchema = z.object({ memberId: z.string(), cards: z.array(memberCardSchema) });
export type MemberCards = z.infer<typeof memberCardsSchema>;
