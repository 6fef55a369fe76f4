import { documentIdSchema, minorSchema, uuidSchema } from '@tessera/kernel/contracts';
import { tierStandingSchema } from '@tessera/members/contracts';
import { z } from 'zod';
import { ITEM_KINDS } from './catalogue-contracts';

/** Amounts: integers in minor units. Percentages: basis points (10 % = 1000). Instants: ISO-8601 UTC. */
export const MAX_LINES = 200;
export const MAX_QUANTITY = 9_999;
/** ¥1,000,000,000.00: keeps every product and sum inside the safe integers. */
export const MAX_AMOUNT = 100_000_000_000;

export const amountSchema = minorSchema.min(0).max(MAX_AMOUNT);
export const reasonSchema = z.string().trim().min(1).max(200);

export const cartLineSchema = z.strictObject({
  sku: z.string().trim().min(1).max(64),
  quantity: z.int().min(1).max(MAX_QUANTITY),
  /** Replaces the list price; needs `checkout.override-price`. */
  unitPrice: amountSchema.optional(),
  /** Why the price was replaced: goes to the line's adjustment and to the trail. */
  priceReason: reasonSchema.optional(),
  /** Staff who performed the service. */
  staffIds: z.array(z.string().max(32)).max(10).optional(),
  /** Of a card plan: the card of the member that it goes on; left out: the one he has had longest, or a new one if he has none. */
  cardId: z.union([uuidSchema, z.literal('new')]).optional(),
});

export const manualDiscountSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('percent'), basisPoints: z.int().min(1).max(10_000), reason: reasonSchema }),
  z.strictObject({ kind: z.literal('amount'), amount: amountSchema.min(1), reason: reasonSchema }),
]);

export const quoteRequestSchema = z.strictObject({
  storeId: documentIdSchema,
  tillId: documentIdSchema,
  memberId: documentIdSchema.nullish(),
  lines: z.array(cartLineSchema).min(1).max(MAX_LINES),
  coupons: z.array(z.string().max(64)).max(20).optional(),
  redeem: z.strictObject({ points: z.int().min(0).optional() }).optional(),
  /** Pieces of services that sessions of the member's cards pay for. */
  sessions: z
    .array(
      z.strictObject({
        cardId: uuidSchema,
        sku: z.string().trim().min(1).max(64),
        quantity: z.int().min(1).max(MAX_QUANTITY),
      }),
    )
    .max(50)
    .optional(),
  manualDiscount: manualDiscountSchema.optional(),
});
export type QuoteRequest = z.infer<typeof quoteRequestSchema>;
export type CartLine = z.infer<typeof cartLineSchema>;
export type ManualDiscount = z.infer<typeof manualDiscountSchema>;

/** Why a price is what it is. `amount` is what it adds to the line (negative = takes off). */
export const adjustmentSchema = z.object({
  source: z.enum([
    'price-override',
    'tier',
    'session',
    'coupon',
    'manual-discount',
    'points',
    'rounding',
    'card-value',
  ]),
  code: z.string(),
  label: z.object({ zh: z.string(), en: z.string() }),
  amount: minorSchema,
  reason: z.string(),
});
export type Adjustment = z.infer<typeof adjustmentSchema>;

export const quoteLineSchema = z.object({
  lineNo: z.int(),
  sku: z.string(),
  kind: z.enum(ITEM_KINDS),
  nameZh: z.string(),
  nameEn: z.string(),
  quantity: z.int(),
  listUnitPrice: minorSchema,
  /** `listUnitPrice × quantity`. */
  listAmount: minorSchema,
  adjustments: z.array(adjustmentSchema),
  /** What the line costs, tax included: `listAmount + Σ adjustments`. */
  amount: minorSchema,
  taxRate: z.int(),
  /** Tax contained in `amount`. */
  taxAmount: minorSchema,
  staffIds: z.array(z.string()),
});
export type QuoteLine = z.infer<typeof quoteLineSchema>;

export const quoteTotalsSchema = z.object({
  list: minorSchema,
  discount: minorSchema,
  tax: minorSchema,
  /** To pay without cash. */
  payable: minorSchema,
  /** To pay when all of it is cash: `payable` rounded to the store's cash unit. */
  payableInCash: minorSchema,
});

/** What the member may redeem on this cart. Points are whole numbers. */
export const quotePointsSchema = z.object({
  available: z.int(),
  min: z.int(),
  step: z.int(),
  /** Largest choice; 0 = none, and `refusal` says why. */
  max: z.int(),
  refusal: z.string().nullable(),
  /** Takes as much off as `max` does, for the fewest points. */
  suggested: z.int(),
  /** `per` points are worth `worth`. */
  per: z.int(),
  worth: minorSchema,
  redeemed: z.int(),
  /** What `redeemed` takes off the bill. */
  taken: minorSchema,
});

/** Why a coupon cannot be used; what belongs to the reason is there, the rest is left out. */
const refusedSchema = z.object({
  /** Of `coupon_minimum_not_met`: what its goods must cost, and what is missing. */
  minimum: minorSchema.optional(),
  missing: minorSchema.optional(),
  /** Instants, or `HH:MM` in store time, between which it counts. */
  from: z.string().optional(),
  until: z.string().optional(),
  /** 1–7: days on which it counts. */
  weekdays: z.array(z.int()).readonly().optional(),
  /** Code of the coupon that stands in the way. */
  by: z.string().optional(),
});

/** A coupon that takes something off the cart. */
export const quoteCouponSchema = z.object({
  code: z.string(),
  label: z.object({ zh: z.string(), en: z.string() }),
  taken: minorSchema,
});

/** A coupon that the member has and the cart does not: what the cart would save with it, or why it cannot be used. */
export const couponOfferSchema = refusedSchema.extend({
  code: z.string(),
  label: z.object({ zh: z.string(), en: z.string() }),
  validUntil: z.string().nullable(),
  saving: minorSchema,
  reason: z.string().nullable(),
});
export type CouponOffer = z.infer<typeof couponOfferSchema>;

/** What the member's cards can do for this cart. */
export const quoteCardsSchema = z.object({
  /** What can be spent, and how much of it on this cart: it pays for goods and services only. */
  storedValue: z.object({ available: minorSchema, most: minorSchema }),
  cards: z.array(
    z.object({ id: z.string(), number: z.string(), principal: minorSchema, bonus: minorSchema, sessions: z.int() }),
  ),
  /** Per card and service in the cart. */
  sessions: z.array(
    z.object({
      cardId: z.string(),
      number: z.string(),
      /** Of the service. */
      sku: z.string(),
      /** Of the plan. */
      nameZh: z.string(),
      nameEn: z.string(),
      /** Null: a time card without a limit. */
      left: z.int().nullable(),
      /** Pieces in the cart that they could pay for. */
      usable: z.int(),
      used: z.int(),
      validUntil: z.string().nullable(),
    }),
  ),
  /** Cards of the member that cannot be used at present. */
  blocked: z.array(z.object({ id: z.string(), number: z.string(), status: z.enum(['frozen', 'lost', 'closed']) })),
});

const textSchema = z.object({ zh: z.string(), en: z.string() });
export const cardNoticeSchema = z.object({
  policy: z.string(),
  effect: z.enum(['block', 'warn']),
  name: textSchema,
  clause: textSchema,
  text: textSchema,
});

/** What the member is given on top of what he tops up. */
export const bonusSchema = z.object({
  lineNo: z.int(),
  kind: z.enum(['money', 'points', 'coupons', 'sessions']),
  /** Minor units of money, or so many points, coupons or sessions. */
  amount: z.int(),
  /** Of coupons and sessions: which. */
  label: textSchema,
  /** Of money: it comes in so many monthly parts; null = at once. */
  instalments: z.int().nullable(),
  /** The first instant at which it does not count any more; null = it stays. */
  validUntil: z.string().nullable(),
});

/** Coupons that a transaction gave; negative: that it made void. */
export const movedCouponsSchema = z.object({ label: textSchema, quantity: z.int(), validUntil: z.string().nullable() });

/** What a transaction did to a card; negative = off the card. */
export const cardEntrySchema = z.object({
  cardId: z.string(),
  number: z.string(),
  isNew: z.boolean(),
  principal: minorSchema,
  bonus: minorSchema,
  /** Stored value on the card afterwards; null = it was not moved. */
  left: minorSchema.nullable(),
  sessions: z.array(
    z.object({ sku: z.string(), nameZh: z.string(), nameEn: z.string(), moved: z.int(), left: z.int().nullable() }),
  ),
});

export const quoteSchema = z.object({
  quoteHash: z.string(),
  storeId: z.string(),
  tillId: z.string(),
  memberId: z.string().nullable(),
  currency: z.string(),
  lines: z.array(quoteLineSchema),
  totals: quoteTotalsSchema,
  /** Null without a member or without a programme. */
  points: quotePointsSchema.nullable(),
  /** Null without a member or without cards. */
  cards: quoteCardsSchema.nullable(),
  /** The tier that the member comes with; null = no member, or no tiers. */
  tier: tierStandingSchema.nullable(),
  /** What the law says about the cards in this cart: `block` refuses the sale, `warn` is for whoever sells. */
  cardNotices: z.array(cardNoticeSchema),
  /** What comes with the top-ups in this cart; points are among `earnings`, too. */
  bonuses: z.array(bonusSchema),
  /** `reason` is the code of the rule, `label` its name. */
  earnings: z.array(
    z.object({
      unit: z.string(),
      amount: z.int(),
      reason: z.string(),
      label: z.object({ zh: z.string(), en: z.string() }),
      availableFrom: z.string(),
      expiresAt: z.string().nullable(),
    }),
  ),
  /** In the order in which they take off. */
  coupons: z.array(quoteCouponSchema),
  /** What else the member could use: best saving first. */
  couponOffers: z.array(couponOfferSchema),
  rejected: z.array(refusedSchema.extend({ code: z.string(), reason: z.string() })),
});
export type Quote = z.infer<typeof quoteSchema>;
