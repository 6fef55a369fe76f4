import { documentIdSchema, minorSchema, uuidSchema } from '@tessera/kernel/contracts';
import type { PointsTerms } from '@tessera/points/domain';
import { z } from 'zod';
import { paperSchema } from './domain/paper';
import {
  amountSchema,
  cardEntrySchema,
  MAX_LINES,
  MAX_QUANTITY,
  movedCouponsSchema,
  quoteLineSchema,
  quoteRequestSchema,
  quoteSchema,
  quoteTotalsSchema,
  reasonSchema,
} from './domain/quote-contracts';

export * from './domain/catalogue-contracts';
export * from './domain/quote-contracts';
export * from './domain/shift/shift-contracts';

/** Named here, too: the value would bring the rules of points into the till's first load. */
const WHEN_SPENT = ['debt', 'deduct', 'refuse'] as const satisfies readonly PointsTerms['whenSpent'][];

export const TENDER_METHODS = ['cash', 'card', 'transfer', 'stored-value'] as const;
/** What moved the money of a transaction: a tender, or of a refund what is withheld for points that were spent already. */
export const PAYMENT_METHODS = [...TENDER_METHODS, 'spent-points'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];
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

/** Header of a sale or exchange: what the member typed when stored value is paid with a PIN. In no body, so it is not kept with the key. */
export const PAYMENT_PIN_HEADER = 'payment-pin';
export const paymentPinSchema = z
  .string()
  .regex(/^\d{6}$/)
  .nullable();

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
      payments: z.array(z.object({ method: z.enum(PAYMENT_METHODS), amount: minorSchema })),
    }),
  ),
  /** Smallest amount paid in cash in that store, in minor units. */
  cashRounding: z.int(),
  /** Of the cards that the sale sold, what is left; and how many pieces of its lines sessions paid for. Null: it moved no cards. */
  cards: z
    .object({
      lots: z.array(
        z.object({
          lineNo: z.int(),
          part: z.int(),
          kind: z.enum(['stored-value', 'sessions', 'time']),
          principal: minorSchema,
          bonus: minorSchema,
          sessions: z.int(),
          isRefundable: z.boolean(),
        }),
      ),
      sessions: z.array(z.object({ lineNo: z.int(), quantity: z.int() })),
    })
    .nullable(),
  /**
   * Cards that the buyer has handed on since: what was paid for them goes to him (`lineNos`), what they paid goes back on them. `memberNo`:
   * whose they are now; null when it may not be seen.
   */
  handedOn: z.array(
    z.object({
      number: z.string(),
      memberNo: z.string().nullable(),
      lineNos: z.array(z.int()),
      isPaidFrom: z.boolean(),
    }),
  ),
  /** What it earned and redeemed, what was agreed about that, and what its member has now. Null: it moved no points. */
  points: z
    .object({
      shares: z.array(z.object({ lineNo: z.int(), earned: z.int(), redeemed: z.int() })),
      terms: z.object({ redeemPoints: z.int(), redeemValue: minorSchema, whenSpent: z.enum(WHEN_SPENT) }),
      holding: z.object({
        memberId: documentIdSchema,
        own: z.int(),
        balance: z.int(),
        expired: z.int(),
        paidFor: z.int(),
      }),
    })
    .nullable(),
  /** Of lines that coupons were given with: pieces that are left, and coupons that are unused. Null: none. */
  coupons: z.array(z.object({ lineNo: z.int(), left: z.int(), open: z.int() })).nullable(),
  /** It is all there still, and its business day is not over. */
  canBeVoided: z.boolean(),
  /** It was sold to a member: money may go on his card as store credit. */
  canBeCredited: z.boolean(),
});
export type RefundState = z.infer<typeof refundStateSchema>;

export const paymentSchema = z.object({
  method: z.enum(PAYMENT_METHODS),
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
  /** Coupons that it gave, or that it made void. Null: none. */
  coupons: z.array(movedCouponsSchema).nullable(),
  refundsTransactionId: z.string().nullable(),
  /** Of an exchange: its sale, or its refund. */
  exchangedWith: z.string().nullable(),
});
export type Transaction = z.infer<typeof transactionSchema>;

const exchangeFields = {
  lines: refundRequestSchema.shape.lines,
  reason: reasonSchema,
};

/**
 * `POST /api/checkout/transactions/{id}/exchanges`: pieces of a sale come back, other goods go, and only the difference is paid. What was
 * taken back pays first; `sale.tenders` pay the rest; what is over goes back as it came. Header `Idempotency-Key`.
 */
export const exchangeRequestSchema = z.strictObject({
  ...exchangeFields,
  sale: saleRequestSchema.omit({ approvalToken: true, heldCartId: true }),
});
export type ExchangeRequest = z.infer<typeof exchangeRequestSchema>;

const partSchema = z.object({ method: z.enum(PAYMENT_METHODS), amount: minorSchema });

export const exchangeSchema = z.object({
  refund: transactionSchema,
  sale: transactionSchema,
  /** What really moved, per tender: positive = the customer paid. */
  net: z.array(partSchema),
});
export type Exchange = z.infer<typeof exchangeSchema>;

/** `POST /api/checkout/transactions/{id}/exchanges/quotes`: what the exchange would be; nothing is written. */
export const exchangeQuoteRequestSchema = z.strictObject({ ...exchangeFields, sale: quoteRequestSchema });
export type ExchangeQuoteRequest = z.infer<typeof exchangeQuoteRequestSchema>;

export const exchangeQuoteSchema = z.object({
  /** Negative, as of any refund. */
  refund: z.object({ payable: minorSchema, paid: minorSchema, payments: z.array(partSchema) }),
  quote: quoteSchema,
  /** Of what comes back, what pays for the new goods. */
  carried: minorSchema,
  /** What is left to pay. */
  toPay: minorSchema,
  /** The same when all of it is cash. */
  toPayInCash: minorSchema,
  /** What leaves; positive. */
  goesBack: z.array(partSchema),
});
export type ExchangeQuote = z.infer<typeof exchangeQuoteSchema>;

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
