import { z } from 'zod';

/** Largest window of one list request: `_end − _start`. */
export const MAX_PAGE = 200;
/** Deepest `_start`: beyond it a list is narrowed by filters, not paged through. */
export const MAX_OFFSET = 100_000;
/** Longest `q`. */
export const MAX_SEARCH_LENGTH = 64;
/** Lists are counted exactly up to here; beyond, `X-Total-Count` is the planner's estimate and `X-Total-Estimated: true` says so. */
export const EXACT_COUNT = 10_000;

/** Kinds of pictures that are taken; judged by their bytes, not by their name. */
export const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;
export const MAX_IMAGE_BYTES = 5 * 1024 * 1024;
/** Widest and highest picture, in pixels: a small file can unpack into a huge one. */
export const MAX_IMAGE_SIDE = 8_000;

const localizedSchema = z.object({ zh: z.string(), en: z.string() });

/** One field of a resource, as far as the person may see it: enough to draw a column, a filter and a form item. */
export const fieldSchema = z.object({
  /**
   * Name in permissions and key in rows. Relations are `<name>Id` (or `<name>Ids`) in rows, filters and bodies; beside it
   * rows have `<name>Label` `{ zh, en }` (or `<name>Labels`, in the same order), null where the target may not be viewed.
   */
  name: z.string(),
  type: z.enum([
    'string',
    'text',
    'integer',
    'boolean',
    'date',
    'datetime',
    'enumeration',
    'text-list',
    'relation',
    'relations',
    'image',
    'json',
  ]),
  label: localizedSchema,
  /** `minor` = money in minor units, `basis-points` = a rate. */
  unit: z.enum(['minor', 'basis-points', 'minutes', 'count']).optional(),
  /** Values of an enumeration. */
  options: z.array(z.string()).optional(),
  /** Resource that a relation points to; `accounts` = sign-in accounts (`GET /api/access/accounts`). */
  reference: z.string().optional(),
  isRequired: z.boolean(),
  isSortable: z.boolean(),
  isFilterable: z.boolean(),
  isPersonal: z.boolean(),
  /** May this person set it on create or change (fields the server makes are never writable). */
  isWritable: z.boolean(),
  /** How this person sees it. */
  visibility: z.enum(['clear', 'masked']),
  maxLength: z.int().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  pattern: z.string().optional(),
  default: z.unknown().optional(),
  /** Of a relation: a row that points to nothing holds for everything, so forms do not suggest anything. */
  emptyMeansAll: z.boolean().optional(),
});
export type Field = z.infer<typeof fieldSchema>;

/** `GET /api/backoffice/schema` → `{ resources }`: only what the person may see. */
export const resourceSchema = z.object({
  resource: z.string(),
  label: localizedSchema,
  /** Permission codes are `<permission>.view|create|change|delete`. */
  permission: z.string(),
  /** Records written by code have no create, change or delete. */
  isEditable: z.boolean(),
  /** Field that names a row in lists, links and pickers, per language. */
  title: localizedSchema,
  fields: z.array(fieldSchema),
});
export type Resource = z.infer<typeof resourceSchema>;
export const schemaSchema = z.object({ resources: z.array(resourceSchema) });

/**
 * Rows: `GET /api/backoffice/{resource}?_start&_end&_sort&_order&q&id&archived&field&field_ne&field_gte&field_lte&field_like`
 * → array + `X-Total-Count`. `_sort`/`_order` take comma-separated lists; a repeated field means "one of these"; `q` finds
 * what contains it (under three characters: what begins with it). Archived rows come only with `archived=true`, or by `id`.
 * Each row has `id`, `version`, `archived` and the permitted fields; an image is `{ id, url } | null`.
 * `PATCH`/`DELETE` need `If-Match: <version>` (428 `version_required` without it); another version by now → 409
 * `version_conflict` with `details: { yours, current, row }`. `PATCH { archived: false }` restores; setting `archived` needs
 * `<permission>.delete`. Delete of a row that history or another row refers to archives it: `{ id, archived: true }`;
 * otherwise it is gone: `{ id, archived: false }`. A value that another row has → 409 `duplicate_value { field }`.
 * `PUT /api/backoffice/{resource}/{id}/files/{field}` with the picture as the body, or `DELETE` of the same path, sets or
 * removes an image (permission `<permission>.change`, `If-Match` as above) → the row. 415 `not_an_image`, 413 `too_large`.
 */
export type Row = Record<string, unknown> & { id: string; version?: number; archived?: boolean };

/**
 * `POST /api/backoffice/{resource}/exports` with the list's own parameters → the rows as a file, for resources that foresee it.
 * Permission `<permission>.export` (limit `rows`), and what may be viewed: fields and masks are those of the list.
 */
export const exportRequestSchema = z.strictObject({
  format: z.enum(['csv', 'xlsx']),
  /** Of headings and names. */
  language: z.enum(['zh', 'en']),
  /** Why: on the trail, and on the file. */
  reason: z.string().trim().min(2).max(200),
});
export type ExportRequest = z.infer<typeof exportRequestSchema>;

const jobRunSchema = z.object({
  id: z.int(),
  startedAt: z.string(),
  /** Null: it is under way. */
  endedAt: z.string().nullable(),
  /** `broken-off`: the process ended before the job did. */
  outcome: z.enum(['done', 'failed', 'broken-off']).nullable(),
  /** Figures, named in the job's `figures`. */
  result: z.record(z.string(), z.number()).nullable(),
  error: z.string().nullable(),
  /** Who wanted it now; null = the schedule did. */
  askedBy: z.string().nullable(),
});

/** `GET /api/backoffice/jobs` → `{ jobs }`. `POST /api/backoffice/jobs/{code}/runs` → 202 `jobRequestedSchema`. */
export const jobSchema = z.object({
  code: z.string(),
  label: localizedSchema,
  figures: z.record(z.string(), localizedSchema),
  schedule: z.object({ cron: z.string(), timeZone: z.string() }),
  nextRunAt: z.string(),
  lastRun: jobRunSchema.nullable(),
  /** Newest first. */
  runs: z.array(jobRunSchema),
});
export type Job = z.infer<typeof jobSchema>;
export type JobRun = z.infer<typeof jobRunSchema>;
export const jobListSchema = z.object({ jobs: z.array(jobSchema) });

/** `isQueued`: false when it was waiting to run already. */
export const jobRequestedSchema = z.object({ code: z.string(), isQueued: z.boolean() });
export type JobRequested = z.infer<typeof jobRequestedSchema>;
