import { documentIdSchema } from '@tessera/kernel/contracts';
import { z } from 'zod';
import { MOST_BIRTHDAY_DAYS } from './domain/birthdays';

/** `GET /api/members/lookup?q=` — at most this many, best match first, personal fields masked unless granted. */
export const LOOKUP_LIMIT = 20;

/** No control characters and no half characters: PostgreSQL stores neither. */
const PLAIN_TEXT = /^[^\p{Cc}\p{Cs}]*$/u;

export const lookupQuerySchema = z.strictObject({ q: z.string().trim().min(1).max(64).regex(PLAIN_TEXT) });

/** Hidden fields are absent. */
export const memberHitSchema = z.object({
  id: z.string(),
  memberNo: z.string().optional(),
  name: z.string().optional(),
  phone: z.string().nullable().optional(),
  birthday: z.string().nullable().optional(),
  gender: z.string().nullable().optional(),
  note: z.string().nullable().optional(),
  tags: z.array(z.string()).nullable().optional(),
  status: z.string().optional(),
  homeStoreId: z.string().nullable().optional(),
  joinedAt: z.string().nullable().optional(),
});
export type MemberHit = z.infer<typeof memberHitSchema>;

/** `POST /api/members/{id}/reveals` — shows masked fields once, counted and on the trail. */
export const REVEALABLE = ['phone', 'birthday', 'note'] as const;
export const revealRequestSchema = z.strictObject({
  fields: z.array(z.enum(REVEALABLE)).min(1).max(REVEALABLE.length),
  reason: z.string().trim().min(2).max(200).regex(PLAIN_TEXT),
});
export type RevealRequest = z.infer<typeof revealRequestSchema>;
export const revealSchema = z.object({ id: z.string(), values: z.record(z.string(), z.string().nullable()) });
export type Reveal = z.infer<typeof revealSchema>;

const labelSchema = z.object({ zh: z.string(), en: z.string() });
const tierNameSchema = z.object({
  code: z.string(),
  label: labelSchema,
  /** `#RRGGBB` */
  colour: z.string(),
});

/** The tier of a member at one moment, why, what it gives, and what is missing to the next. Money in minor units. */
export const tierStandingSchema = z.object({
  /** Null = none. */
  current: tierNameSchema
    .extend({
      /** `grace`: reached before, and still holds; `given`: by hand. */
      because: z.enum(['reached', 'grace', 'given']),
      /** The last day on which it holds as things are; null = nothing ends it now. */
      holdsUntil: z.string().nullable(),
      /** Basis points off the list price. */
      discountRate: z.int(),
    })
    .nullable(),
  /** Null = there is none above. */
  next: tierNameSchema
    .extend({
      /** Any one of them is enough; the nearest first. */
      missing: z.array(
        z.object({
          measure: z.enum(['spend', 'points', 'visits', 'topUp']),
          has: z.int(),
          needs: z.int(),
          missing: z.int(),
        }),
      ),
      /** Of `spend` and `topUp`. */
      currency: z.string(),
      /** The last day that counts; null = the period rolls on. */
      by: z.string().nullable(),
    })
    .nullable(),
});
export type TierStandingView = z.infer<typeof tierStandingSchema>;

/** `GET /api/members/{id}/tier`. */
export const memberTierSchema = tierStandingSchema.extend({
  memberId: z.string(),
  /** Newest first. */
  history: z.array(
    z.object({
      id: z.int(),
      /** Code; null = none. */
      tier: z.string().nullable(),
      /** Null: the tier is not there any more. */
      label: labelSchema.nullable(),
      occurredAt: z.string(),
      cause: z.enum(['rose', 'fell', 'given', 'withdrawn']),
      holdsUntil: z.string().nullable(),
      transactionId: z.string().nullable(),
      reason: z.string().nullable(),
      staffName: z.string().nullable(),
    }),
  ),
});
export type MemberTier = z.infer<typeof memberTierSchema>;

/** `POST /api/members/{id}/tier` → 201 `memberTierSchema`. `tier: null` takes back what was given by hand. */
export const tierAssignmentSchema = z.strictObject({
  tier: z.string().trim().min(1).max(32).regex(PLAIN_TEXT).nullable(),
  /** The first instant at which it does not hold; null = no end. */
  until: z.iso.datetime().nullable().default(null),
  reason: z.string().trim().min(2).max(200).regex(PLAIN_TEXT),
});
export type TierAssignment = z.infer<typeof tierAssignmentSchema>;

/** What a member has of one thing. Money in minor units; points that are owed are negative. */
export const memberBalanceSchema = z.object({
  code: z.string(),
  label: labelSchema,
  amount: z.int(),
  /** ISO 4217 of money; null = pieces. */
  currency: z.string().nullable(),
});
export type MemberBalance = z.infer<typeof memberBalanceSchema>;

/** Fields of the profile that the kept member may take over from the duplicate; tags are joined. */
export const MERGE_FIELDS = ['name', 'phone', 'birthday', 'gender', 'tags', 'note', 'homeStore'] as const;
const reasonSchema = z.string().trim().min(2).max(200).regex(PLAIN_TEXT);

/** `POST /api/members/{id}/merges` → 201 `mergeAnswerSchema`; the member of the path is kept. Header `Idempotency-Key`. */
export const mergeRequestSchema = z.strictObject({
  duplicateId: documentIdSchema,
  fields: z.array(z.enum(MERGE_FIELDS)).max(MERGE_FIELDS.length).default([]),
  reason: reasonSchema,
});
export type MergeRequest = z.infer<typeof mergeRequestSchema>;
export const mergeAnswerSchema = z.object({
  id: z.string(),
  keptId: z.string(),
  duplicateId: z.string(),
  mergedAt: z.string(),
  /** The first instant at which it cannot be taken back any more. */
  undoableUntil: z.string(),
});
export type MergeAnswer = z.infer<typeof mergeAnswerSchema>;

/** `GET /api/members/{id}/merge-preview?duplicateId=`: what would add up. Refused as the merge itself would be. */
export const mergePreviewQuerySchema = z.strictObject({ duplicateId: documentIdSchema });
export const mergePreviewSchema = z.object({
  balances: z.array(
    memberBalanceSchema.omit({ amount: true }).extend({ kept: z.int(), duplicate: z.int(), after: z.int() }),
  ),
  undoDays: z.int(),
});
export type MergePreview = z.infer<typeof mergePreviewSchema>;

/** `POST /api/members/{id}/merges/{mergeId}/undo` → 201 the merge. */
export const mergeUndoSchema = z.strictObject({ reason: reasonSchema });

/** `GET /api/members/{id}/merges`: newest first. */
export const memberMergeSchema = mergeAnswerSchema.extend({
  keptNo: z.string(),
  duplicateNo: z.string(),
  fields: z.array(z.string()),
  staffName: z.string(),
  reason: z.string(),
  undone: z.object({ undoneAt: z.string(), staffName: z.string(), reason: z.string() }).nullable(),
});
export type MemberMerge = z.infer<typeof memberMergeSchema>;

/** Ways to be written to, and membership itself: the consent that stands on the profile. */
export const CONSENT_CHANNELS = ['membership', 'sms', 'wechat', 'phone', 'email', 'post'] as const;
export const CONSENT_MEANS = ['paper', 'counter-screen', 'online', 'by-voice'] as const;

/** `POST /api/members/{id}/consents` → 201 `memberConsentsSchema`. */
export const consentRequestSchema = z
  .strictObject({
    channel: z.enum(CONSENT_CHANNELS),
    /** False = taken back. */
    isGiven: z.boolean(),
    means: z.enum(CONSENT_MEANS),
    /** Of the text that was agreed to; needed when it is given. */
    version: z.string().trim().min(1).max(32).regex(PLAIN_TEXT).nullable().default(null),
    /** Left out: now. */
    occurredAt: z.iso.datetime().optional(),
  })
  .refine(({ isGiven, version }) => !isGiven || version !== null, { path: ['version'], message: 'is needed' });
export type ConsentRequest = z.infer<typeof consentRequestSchema>;

export const memberConsentSchema = z.object({
  id: z.int(),
  channel: z.enum(CONSENT_CHANNELS),
  isGiven: z.boolean(),
  means: z.string().nullable(),
  version: z.string().nullable(),
  occurredAt: z.string(),
  recordedAt: z.string(),
  /** Null: written with the profile. */
  staffName: z.string().nullable(),
});
export type MemberConsent = z.infer<typeof memberConsentSchema>;

/** `GET /api/members/{id}/consents` */
export const memberConsentsSchema = z.object({
  /** What holds now, per channel that was ever spoken of. */
  standing: z.array(memberConsentSchema),
  /** Newest first. */
  history: z.array(memberConsentSchema),
});
export type MemberConsents = z.infer<typeof memberConsentsSchema>;

/** `GET /api/members/birthdays`: of one store's members, or of all. */
export const birthdayQuerySchema = z.strictObject({
  days: z.coerce.number().int().min(0).max(MOST_BIRTHDAY_DAYS).default(14),
  storeId: documentIdSchema.optional(),
});
export const birthdaySchema = z.object({
  id: z.string(),
  memberNo: z.string(),
  /** Absent: not to be seen. */
  name: z.string().optional(),
  phone: z.string().nullable().optional(),
  /** `YYYY-MM-DD`: when it is celebrated. The year of birth is nobody's business here. */
  day: z.string(),
});
export type Birthday = z.infer<typeof birthdaySchema>;
/** Nearest first; at most this many. */
export const BIRTHDAY_LIMIT = 500;

/** `POST /api/members/{id}/anonymisation` → 201 `{ id, status: 'anonymised' }`. There is no way back. */
export const anonymisationRequestSchema = z.strictObject({
  reason: reasonSchema,
  /** What becomes of balances: left out, there must be none; `leave` = they stay in the books, nobody's. */
  balances: z.literal('leave').optional(),
});
export type AnonymisationRequest = z.infer<typeof anonymisationRequestSchema>;
