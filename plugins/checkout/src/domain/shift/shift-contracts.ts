import { documentIdSchema, minorSchema } from '@tessera/kernel/contracts';
import { z } from 'zod';
import { paperSchema } from '../paper';

/** Contracts of shifts and cash; `contracts.ts` exports them with the others. Amounts: integers in minor units. */
export const MAX_PIECES = 100_000;
/** ¥10,000,000.00: more is not in one drawer. */
export const MAX_CASH = 1_000_000_000;

const cashAmountSchema = minorSchema.min(1).max(MAX_CASH);
const reasonSchema = z.string().trim().min(1).max(200);

/** How often one coin or note is there. In China ¥1 is both: the note and the coin are counted apart. */
export const piecesSchema = z.strictObject({
  value: cashAmountSchema,
  form: z.enum(['note', 'coin']),
  count: z.int().min(0).max(MAX_PIECES),
});
export type Pieces = z.infer<typeof piecesSchema>;

const cashCountSchema = z.array(piecesSchema).max(40);

export const denominationSchema = piecesSchema.omit({ count: true });
export type Denomination = z.infer<typeof denominationSchema>;

/** `POST /api/checkout/shifts`. Header `Idempotency-Key`, as on every write below. */
export const openShiftRequestSchema = z.strictObject({
  storeId: documentIdSchema,
  tillId: documentIdSchema,
  /** What lies in the drawer to begin with, counted by whoever opens. */
  float: cashCountSchema,
});
export type OpenShiftRequest = z.infer<typeof openShiftRequestSchema>;

/** in: put into the drawer · out: paid from it · drop: taken to the safe. */
export const CASH_MOVEMENTS = ['in', 'out', 'drop'] as const;

/** `POST /api/checkout/shifts/{id}/cash-movements` */
export const cashMovementRequestSchema = z.strictObject({
  kind: z.enum(CASH_MOVEMENTS),
  amount: cashAmountSchema,
  reason: reasonSchema,
});
export type CashMovementRequest = z.infer<typeof cashMovementRequestSchema>;

/** `POST /api/checkout/shifts/{id}/handover`: whoever asks takes the shift over; counting the drawer then is his choice. */
export const handoverRequestSchema = z.strictObject({ cash: cashCountSchema.optional() });
export type HandoverRequest = z.infer<typeof handoverRequestSchema>;

/** What can be counted besides cash: slips of the card terminal, entries of the account. */
export const COUNTED_BESIDES_CASH = ['card', 'transfer'] as const;

/** `POST /api/checkout/shifts/{id}/close`: a blind count. A tender that is left out was counted as nothing. */
export const closeShiftRequestSchema = z.strictObject({
  cash: cashCountSchema,
  tenders: z
    .array(z.strictObject({ method: z.enum(COUNTED_BESIDES_CASH), amount: minorSchema.min(-MAX_CASH).max(MAX_CASH) }))
    .max(COUNTED_BESIDES_CASH.length)
    .optional(),
  /** Why it is not what should be there. */
  reason: reasonSchema.optional(),
});
export type CloseShiftRequest = z.infer<typeof closeShiftRequestSchema>;

const personSchema = z.object({ id: z.string(), name: z.string() });

export const cashMovementSchema = z.object({
  id: z.string(),
  kind: z.enum(CASH_MOVEMENTS),
  amount: minorSchema,
  reason: z.string(),
  staff: personSchema,
  occurredAt: z.string(),
});
export type CashMovement = z.infer<typeof cashMovementSchema>;

/** A till's session from float to count; nothing in it tells what should be in the drawer. */
export const shiftSchema = z.object({
  id: z.string(),
  storeId: z.string(),
  tillId: z.string(),
  currency: z.string(),
  /** On which it was opened. */
  businessDay: z.string(),
  status: z.enum(['open', 'closed']),
  /** Counts the closed shifts of the till from 1, without gaps; null while open. */
  zNumber: z.int().nullable(),
  openedBy: personSchema,
  openedAt: z.string(),
  /** Who answers for the drawer: the last one to take it over. */
  holder: personSchema,
  closedBy: personSchema.nullable(),
  closedAt: z.string().nullable(),
  float: z.object({ amount: minorSchema, pieces: z.array(piecesSchema) }),
  movements: z.array(cashMovementSchema),
  handovers: z.array(
    z.object({ from: personSchema, to: personSchema, occurredAt: z.string(), counted: minorSchema.nullable() }),
  ),
});
export type Shift = z.infer<typeof shiftSchema>;

export const shiftTenderSchema = z.object({
  method: z.string(),
  /** Taken by sales; given back by refunds (negative). */
  sales: minorSchema,
  refunds: minorSchema,
  /** Cash: float + sales + refunds + movements. */
  expected: minorSchema,
  /** null: not counted yet, or nothing that can be counted. */
  counted: minorSchema.nullable(),
  /** `counted − expected`. */
  difference: minorSchema.nullable(),
});
export type ShiftTender = z.infer<typeof shiftTenderSchema>;

export const shiftFiguresSchema = z.object({
  sales: z.object({ count: z.int(), amount: minorSchema }),
  /** Negative amount. */
  refunds: z.object({ count: z.int(), amount: minorSchema }),
  discount: minorSchema,
  tax: minorSchema,
  rounding: minorSchema,
  firstNumber: z.string().nullable(),
  lastNumber: z.string().nullable(),
  staff: z.array(personSchema.extend({ count: z.int(), paid: minorSchema })),
  tenders: z.array(shiftTenderSchema),
  differenceReason: z.string().nullable(),
  /** Every count that was answered: nobody counts until it fits without leaving a trace. */
  counts: z.array(
    z.object({
      staff: personSchema,
      occurredAt: z.string(),
      cash: z.array(piecesSchema),
      tenders: z.array(shiftTenderSchema.pick({ method: true, expected: true, counted: true, difference: true })),
    }),
  ),
  /** What should have been in the drawer when it changed hands. */
  handoverExpected: z.array(minorSchema.nullable()),
});
export type ShiftFigures = z.infer<typeof shiftFiguresSchema>;

/** `GET /api/checkout/shifts/{id}/report`: X while it is open, Z once it is closed. */
export const shiftReportSchema = z.object({
  kind: z.enum(['x', 'z']),
  shift: shiftSchema,
  /** null: an open shift, and the reader may not know what should be in its drawer. */
  figures: shiftFiguresSchema.nullable(),
});
export type ShiftReport = z.infer<typeof shiftReportSchema>;

/** `GET …/report?format=html&width=58|80&lang=zh|en` → a self-contained page for printing. */
export const shiftReportQuerySchema = paperSchema.extend({ format: z.enum(['json', 'html']).default('json') });

/** `GET /api/checkout/shifts?tillId=`: what the till has to know before it sells. */
export const tillShiftSchema = z.object({
  shift: shiftSchema.nullable(),
  /** The store sells only within a shift. */
  isNeeded: z.boolean(),
  currency: z.string(),
  /** To count in, largest first; empty: the sum is given as one piece. */
  denominations: z.array(denominationSchema),
});
export type TillShift = z.infer<typeof tillShiftSchema>;
