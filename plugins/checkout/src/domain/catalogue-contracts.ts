import { minorSchema } from '@tessera/kernel/contracts';
import { z } from 'zod';

/** Contract of what is for sale; `contracts.ts` exports it with the others. Amounts: integers in minor units. */

/** What a line may be: a card plan is sold like goods, but it is no revenue until it is used. */
export const ITEM_KINDS = ['product', 'service', 'card-plan'] as const;

/** `GET /api/checkout/catalogue?storeId=` — what the till grid shows; the browser searches it locally. */
export const catalogueSchema = z.object({
  version: z.string(),
  categories: z.array(
    z.object({ id: z.string(), nameZh: z.string(), nameEn: z.string(), colour: z.string().nullable() }),
  ),
  items: z.array(
    z.object({
      sku: z.string(),
      kind: z.enum(ITEM_KINDS),
      nameZh: z.string(),
      nameEn: z.string(),
      unitPrice: minorSchema,
      categoryId: z.string().nullable(),
      barcodes: z.array(z.string()),
      imageUrl: z.string().nullable(),
      durationMinutes: z.int().nullable(),
      /** Pinyin and initials of the name, for search. */
      searchText: z.string(),
    }),
  ),
  /** Who may be named as having performed a service in this store (`staffIds` of a line). */
  staff: z.array(z.object({ id: z.string(), name: z.string() })).optional(),
});
export type Catalogue = z.infer<typeof catalogueSchema>;
