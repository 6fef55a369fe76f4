import { documentIdSchema, uuidSchema } from '@tessera/kernel/contracts';
import { z } from 'zod';
import { MEMBER_FIELDS } from './domain/member-file/columns';

/** Largest file that is taken over HTTP, in bytes. Larger ones go through `npm run import`. */
export const MAX_FILE_BYTES = 100_000_000;
/** Largest page of the list of runs and of set-aside rows. */
export const MAX_PAGE = 200;
/**
 * Money in an import is counted in thousandths of the currency unit (£1.234 = 1234): source files carry fractions of a
 * penny, and a reconciliation that rounds proves nothing.
 */
export const THOUSANDTHS = 1_000;

const thousandthsSchema = z.int();
const countSchema = z.int().min(0);
const localizedSchema = z.object({ zh: z.string(), en: z.string() });

/** `GET /api/imports/profiles` — the kinds of file that can be imported. */
export const profileSchema = z.object({
  code: z.string(),
  label: localizedSchema,
  /** What the file has to look like, in a sentence. */
  description: localizedSchema,
  columns: z.array(z.string()),
  currency: z.string(),
  /** Store that the history goes to when none is named; made by the import when it is missing. */
  storeCode: z.string(),
});
export type Profile = z.infer<typeof profileSchema>;

/** `draft`: a file of members that waits for its columns to be told and checked. */
export const RUN_STATUSES = ['draft', 'queued', 'running', 'cancelled', 'failed', 'done'] as const;
/** `scan` reads the whole file once and writes nothing; `book` books the invoices with their members and items. */
export const RUN_PHASES = ['scan', 'book'] as const;

/** One way a row was treated. The outcomes of a run share its rows out: no row is in two, none is in no one. */
export const outcomeSchema = z.object({
  code: z.string(),
  label: localizedSchema,
  isBooked: z.boolean(),
  rows: countSchema,
  amount: thousandthsSchema,
});
export type Outcome = z.infer<typeof outcomeSchema>;

/** Something odd about rows or invoices, counted beside the outcomes, and what was done about it. */
export const findingSchema = z.object({ code: z.string(), label: localizedSchema, count: countSchema });
export type Finding = z.infer<typeof findingSchema>;

/** All in thousandths. `booked` is read back from the booked transactions, not added up by the importer. */
export const reconciliationSchema = z.object({
  currency: z.string(),
  /** Σ quantity × price over every readable row of the file. */
  fileTotal: thousandthsSchema,
  booked: thousandthsSchema,
  setAside: thousandthsSchema,
  /** `fileTotal − booked − setAside`. */
  difference: thousandthsSchema,
  isExact: z.boolean(),
});
export type Reconciliation = z.infer<typeof reconciliationSchema>;

export const progressSchema = z.object({
  phase: z.enum(RUN_PHASES),
  /** Of the phase, in bytes of the file as it was given. */
  bytesRead: countSchema,
  bytesTotal: countSchema,
  rowsRead: countSchema,
  /** Over the whole run, 0–1. */
  fraction: z.number().min(0).max(1),
  rowsPerSecond: countSchema,
  secondsLeft: countSchema.nullable(),
});
export type Progress = z.infer<typeof progressSchema>;

export const countsSchema = z.object({
  rows: countSchema,
  invoices: countSchema,
  /** Booked by this run. */
  sales: countSchema,
  refunds: countSchema,
  lines: countSchema,
  /** Invoices that an earlier run had booked already; nothing was changed about them. */
  alreadyBooked: countSchema,
  membersCreated: countSchema,
  /** Of a file of members; 0 of any other. */
  membersUpdated: countSchema,
  productsCreated: countSchema,
  servicesCreated: countSchema,
  setAsideRows: countSchema,
  /** Set-aside rows whose quantity or price cannot be read: they have no amount and stand outside the sums. */
  unreadableRows: countSchema,
});
export type Counts = z.infer<typeof countsSchema>;

/** `GET /api/imports/runs/{id}`; `POST /api/imports/runs` answers 202 with it. */
export const runSchema = z.object({
  id: uuidSchema,
  profile: z.string(),
  storeCode: z.string(),
  fileName: z.string(),
  fileBytes: countSchema,
  /** SHA-256 of the file as it was given. */
  fileHash: z.string(),
  status: z.enum(RUN_STATUSES),
  isCancelRequested: z.boolean(),
  startedBy: z.string(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  progress: progressSchema,
  counts: countsSchema,
  outcomes: z.array(outcomeSchema),
  findings: z.array(findingSchema),
  /** null until the run is done. */
  reconciliation: reconciliationSchema.nullable(),
  /** True when the run found everything booked already. */
  isUnchanged: z.boolean(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type Run = z.infer<typeof runSchema>;

/**
 * `POST /api/imports/runs?profile=&fileName=[&storeCode=]`, body: the file itself (`Content-Type: application/octet-stream`,
 * CSV or gzipped CSV). → 202 run. One run at a time: 409 `import_running`. The same file again changes nothing.
 */
export const startQuerySchema = z.strictObject({
  profile: z.string().max(64),
  fileName: z.string().trim().min(1).max(200),
  storeCode: z
    .string()
    .regex(/^[A-Z0-9-]{1,12}$/, 'must be a store code')
    .optional(),
});

const pageShape = {
  _start: z.coerce.number().int().min(0).default(0),
  _end: z.coerce.number().int().min(0).default(50),
};

function isPage(page: { _start: number; _end: number }): boolean {
  return page._end >= page._start && page._end - page._start <= MAX_PAGE;
}
const pageMessage = { message: `a page has 0 to ${MAX_PAGE} rows`, path: ['_end'] };

/** `GET /api/imports/runs?_start&_end` → array, newest first, + `X-Total-Count`. */
export const runsQuerySchema = z.strictObject(pageShape).refine(isPage, pageMessage);

/**
 * `GET /api/imports/runs/{id}/set-aside?_start&_end[&reason]` → array in file order + `X-Total-Count`.
 * `GET /api/imports/runs/{id}/set-aside.csv[?reason]` → all of them for a spreadsheet.
 */
export const setAsideQuerySchema = z
  .strictObject({ ...pageShape, reason: z.string().max(64).optional() })
  .refine(isPage, pageMessage);
export const setAsideCsvQuerySchema = z.strictObject({ reason: z.string().max(64).optional() });

export const setAsideRowSchema = z.object({
  /** Line of the file, the header being line 1. */
  lineNo: z.int().min(1),
  /** Code of an outcome that is not booked. */
  reason: z.string(),
  label: localizedSchema,
  /** null when quantity or price cannot be read. */
  amount: thousandthsSchema.nullable(),
  /** The row as it stands in the file. */
  fields: z.array(z.string()),
});
export type SetAsideRow = z.infer<typeof setAsideRowSchema>;

/** `POST /api/imports/runs/{id}/cancel` stops after the batch in hand; `POST …/{id}/resume` goes on where it stopped. */
export const runIdSchema = uuidSchema;

/** Rows of a file of members that a preview shows. */
export const PREVIEW_ROWS = 50;

/**
 * How a file of members is read: per column what it is (null = passed over), what happens to those who are members
 * already, and the home store of new members whose row names none.
 */
export const memberChoiceSchema = z.strictObject({
  mapping: z.array(z.enum(MEMBER_FIELDS).nullable()).min(1).max(200),
  whenKnown: z.enum(['skip', 'update']),
  homeStoreId: documentIdSchema.nullable(),
});
export type MemberChoice = z.infer<typeof memberChoiceSchema>;

/**
 * A file of members: `POST /api/imports/member-files?fileName=` with the file as the body (CSV in UTF-8, UTF-16 or GB18030,
 * or XLSX) → 201, a draft. Nothing is written before `POST …/{id}/start` with a choice → 202. `GET …` lists one's own (all of them for whoever
 * may import for all stores), newest first; `POST …/{id}/cancel`, `POST …/{id}/resume`; `DELETE …/{id}` throws a draft away → 204.
 */
export const memberFileSchema = z.object({
  run: runSchema,
  /** Data rows of the file. */
  rows: countSchema,
  format: z.enum(['csv', 'xlsx']),
  encoding: z.enum(['utf-8', 'gb18030', 'utf-16le']).nullable(),
  columns: z.array(z.object({ title: z.string(), samples: z.array(z.string()) })),
  /** As chosen; of a draft what the header suggests. */
  choice: memberChoiceSchema,
  /** Are the rows that were not taken still here to download? They go after some days. */
  hasErrorFile: z.boolean(),
});
export type MemberFile = z.infer<typeof memberFileSchema>;

const faultSchema = z.object({
  code: z.string(),
  label: localizedSchema,
  /** Attribute of a member; null = the whole row. */
  field: z.string().nullable(),
  /** Line of the file with the same, for duplicates. */
  line: z.int().optional(),
});

export const previewRowSchema = z.object({
  lineNo: z.int().min(1),
  /** As they stand in the file, long ones cut. */
  cells: z.array(z.string()),
  outcome: z.string(),
  label: localizedSchema,
  isBooked: z.boolean(),
  faults: z.array(faultSchema),
  /** What the member would have: prepared, as it would be stored. Of an update only what changes. */
  values: z.record(z.string(), z.unknown()),
  /** Number of the member it is already. */
  memberNo: z.string().nullable(),
});
export type PreviewRow = z.infer<typeof previewRowSchema>;

/**
 * `POST /api/imports/member-files/{id}/preview?scope=` with a choice: the first rows, and how all rows would end; `first` looks at the first
 * few hundred only and answers at once. Writes nothing.
 */
export const previewQuerySchema = z.strictObject({ scope: z.enum(['first', 'all']).default('all') });
export const memberPreviewSchema = z.object({
  rows: z.array(previewRowSchema),
  /** Of the rows that were looked at: `total` of them. */
  outcomes: z.array(outcomeSchema.omit({ amount: true })),
  total: countSchema,
  isWhole: z.boolean(),
});
export type MemberPreview = z.infer<typeof memberPreviewSchema>;

export const memberUploadQuerySchema = z.strictObject({ fileName: z.string().trim().min(1).max(200) });
/** `GET /api/imports/member-files/{id}/errors.csv?language=zh|en`: the columns of the file, then line and reason. */
export const errorFileQuerySchema = z.strictObject({ language: z.enum(['zh', 'en']).default('en') });
