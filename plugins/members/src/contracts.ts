import { z } from 'zod';

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
