import { documentIdSchema, minorSchema, uuidSchema } from '@tessera/kernel/contracts';
import { tierStandingSchema } from '@tessera/members/contracts';
import { z } from 'zod';
import { ITEM_KINDS } from './domain/catalogue-contracts';
import { paperSchema } from './domain/paper';

export * from './domain/catalogue-contracts';
export * from './domain/shift/shift-contracts';

/** Amounts: integers in minor units. Percentages: basis points (10 % = 1000). Instants: ISO-8601 UTC. */
export const MAX_LINES = 200;
export const MAX_QUANTITY = 9_999;
/** ¥1,000,000,000.00: keeps every product and sum inside the safe integers. */
export const MAX_AMOUNT = 100_000_000_000;

const amountSchema = minorSchema.min(0).max(MAX_AMOUNT);
const reasonSchema = z.string().trim().min(1).max(200);

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
      left: z.int(),
      /** Pieces in the cart that they could pay for. */
      usable: z.int(),
      used: z.int(),
      validUntil: z.string().nullable(),
    }),
  ),
});

const textSchema = z.object({ zh: z.string(), en: z.string() });
export const cardNoticeSchema = z.object({
  policy: z.string(),
  effect: z.enum(['block', 'warn']),
  name: textSchema,
  clause: textSchema,
  text: textSchema,
});

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
    z.object({ sku: z.string(), nameZh: z.string(), nameEn: z.string(), moved: z.int(), left: z.int() }),
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

export const TENDER_METHODS = ['cash', 'card', 'transfer', 'stored-value'] as const;
export const tenderSchema = z.strictObject({
  method: z.enum(TENDER_METHODS),
  /** What it pays of the bill. */
  amount: amountSchema,
  /** Cash handed over; change = received − amount. */
  received: amountSchema.optional(),
  /** Terminal slip or bank reference. */
  reference: z.string().trim().max(64).optional(),
  /** Of stored value: the member's card that pays; left out: whichever ends first. */
  cardId: uuidSchema.optional(),
});
export type Tender = z.infer<typeof tenderSchema>;

export const saleRequestSchema = quoteRequestSchema.extend({
  tenders: z.array(tenderSchema).max(10),
  /** The quote the customer agreed to; another price now → 409 with the new quote. */
  quoteHash: z.string().max(128).optional(),
  approvalToken: z.string().max(512).optional(),
  /** The held cart this sale ends. */
  heldCartId: uuidSchema.optional(),
});
export type SaleRequest = z.infer<typeof saleRequestSchema>;

/** `POST /api/checkout/transactions/{id}/refunds`: takes back pieces of a sale. Header `Idempotency-Key`. */
export const refundRequestSchema = z.strictObject({
  lines: z
    .array(z.strictObject({ lineId: z.string().max(64), quantity: z.int().min(1).max(MAX_QUANTITY) }))
    .min(1)
    .max(MAX_LINES),
  reason: reasonSchema,
  /** Where the money leaves; left out: the till of the sale. */
  tillId: documentIdSchema.optional(),
  /** How it goes back; left out: as it came, cash last. Positive amounts. */
  tenders: z
    .array(z.strictObject({ method: z.enum(TENDER_METHODS), amount: amountSchema.min(1) }))
    .max(10)
    .optional(),
});
export type RefundRequest = z.infer<typeof refundRequestSchema>;

/** `POST /api/checkout/transactions/{id}/void`: takes back all of a sale on its own business day. Header `Idempotency-Key`. */
export const voidRequestSchema = z.strictObject({
  reason: reasonSchema,
  /** Where the money leaves; left out: the till of the sale. */
  tillId: documentIdSchema.optional(),
});
export type VoidRequest = z.infer<typeof voidRequestSchema>;

/** `GET /api/checkout/transactions/{id}/refunds`: what was taken back of a sale, and what still can be. */
export const refundStateSchema = z.object({
  refunds: z.array(
    z.object({
      id: z.string(),
      number: z.string(),
      occurredAt: z.string(),
      staffName: z.string(),
      /** Negative. */
      paid: minorSchema,
      reason: z.string(),
      lines: z.array(z.object({ lineNo: z.int(), quantity: z.int() })),
      payable: minorSchema,
      payments: z.array(z.object({ method: z.enum(TENDER_METHODS), amount: minorSchema })),
    }),
  ),
  /** Smallest amount paid in cash in that store, in minor units. */
  cashRounding: z.int(),
  /** Of the cards that the sale sold, what is left; and how many pieces of its lines sessions paid for. Null: it moved no cards. */
  cards: z
    .object({
      lots: z.array(z.object({ lineNo: z.int(), principal: minorSchema, bonus: minorSchema, sessions: z.int() })),
      sessions: z.array(z.object({ lineNo: z.int(), quantity: z.int() })),
    })
    .nullable(),
  /** It is all there still, and its business day is not over. */
  canBeVoided: z.boolean(),
});
export type RefundState = z.infer<typeof refundStateSchema>;

export const paymentSchema = z.object({
  method: z.enum(TENDER_METHODS),
  amount: minorSchema,
  received: minorSchema.nullable(),
  change: minorSchema,
  reference: z.string().nullable(),
});

/** A booked sale, top-up or refund: `POST`/`GET /api/checkout/transactions[/{id}]`. */
export const transactionSchema = z.object({
  id: z.string(),
  /** Printed, scanned, spoken: `<till code>-<business day yymmdd>-<number>`, without gaps per till and day. */
  number: z.string(),
  kind: z.enum(['sale', 'refund']),
  storeId: z.string(),
  tillId: z.string(),
  staffId: z.string(),
  staffName: z.string(),
  memberId: z.string().nullable(),
  memberName: z.string().nullable(),
  memberNo: z.string().nullable(),
  businessDay: z.string(),
  occurredAt: z.string(),
  currency: z.string(),
  lines: z.array(quoteLineSchema.extend({ id: z.string() })),
  totals: quoteTotalsSchema.extend({ rounding: minorSchema, paid: minorSchema, change: minorSchema }),
  payments: z.array(paymentSchema),
  /** What the member earned and redeemed; of a refund negative. Null: nothing moved. */
  points: z.object({ earned: z.int(), redeemed: z.int() }).nullable(),
  /** What it did to cards. Null: nothing. */
  cards: z.array(cardEntrySchema).nullable(),
  refundsTransactionId: z.string().nullable(),
});
export type Transaction = z.infer<typeof transactionSchema>;

/** `GET /api/checkout/transactions/{id}/receipt?width=58|80&lang=zh|en` → a self-contained HTML page for printing. */
export const receiptQuerySchema = paperSchema;

/** `POST /api/checkout/held-carts` parks a cart for any till of the store; `GET ?storeId=`; `POST …/{id}/resume`; `DELETE …/{id}`. */
export const holdRequestSchema = z.strictObject({
  cart: quoteRequestSchema,
  note: z.string().trim().max(100).optional(),
});
export const heldCartSchema = z.object({
  id: z.string(),
  storeId: z.string(),
  tillId: z.string(),
  note: z.string().nullable(),
  heldBy: z.string(),
  heldAt: z.string(),
  lineCount: z.int(),
  payable: minorSchema,
  /** Whose cart it is, so that the till that resumes it can show the member; as far as the reader may see it. */
  memberNo: z.string().nullable().optional(),
  memberName: z.string().nullable().optional(),
  cart: quoteRequestSchema,
});
export type HeldCart = z.infer<typeof heldCartSchema>;
