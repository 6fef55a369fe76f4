import { z } from 'zod';

/** On which paper (`width` in millimetres) and in which language a page is printed. */
export const paperSchema = z.strictObject({
  width: z
    .enum(['58', '80'])
    .default('80')
    .transform((width) => (width === '58' ? 58 : 80)),
  lang: z.enum(['zh', 'en']).default('zh'),
});
