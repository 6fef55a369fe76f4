import { z } from 'zod';

/** Amount in minor units that arithmetic cannot corrupt. */
export const minorSchema = z.int();
/** Strapi documentId of master data. */
export const documentIdSchema = z.string().regex(/^[a-z0-9]{16,32}$/, 'must be a document id');
export const uuidSchema = z.uuid();
/** The refusal every endpoint may give. */
export const errorBodySchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() }),
});
