import { documentIdSchema } from '@tessera/kernel/contracts';
import { z } from 'zod';
import { isCalendarDate } from './filter-value';
import type { ResourceDefinition, ResourceField } from './resource';

const INT4 = 2_147_483_647;
const LONGEST_STRING = 255;
const LONGEST_TEXT = 10_000;
const EARLIEST_YEAR = '1000';

/** PostgreSQL stores no NUL in text. */
const textSchema = z.string().refine((text) => !text.includes('\0'), 'must be text');
const accountIdSchema = z
  .string()
  .regex(/^\d{1,10}$/, 'must be the id of an account')
  .refine((id) => Number(id) <= INT4, 'must be the id of an account');
const dateSchema = z
  .string()
  .refine((text) => isCalendarDate(text) && text >= EARLIEST_YEAR, 'must be a day that exists, like 2026-01-31');
const instantSchema = z.iso
  .datetime({ offset: true, message: 'must be an instant, like 2026-01-31T10:00:00Z' })
  .refine((text) => text >= EARLIEST_YEAR && !Number.isNaN(Date.parse(text)), 'must be an instant that exists')
  .transform((text) => new Date(text).toISOString());
const textListSchema = z
  .array(textSchema.trim().min(1).max(64))
  .max(50)
  .transform((texts) => [...new Set(texts)]);

function stringSchema(field: ResourceField): z.ZodType {
  const longest = field.maxLength ?? (field.type === 'text' ? LONGEST_TEXT : LONGEST_STRING);
  let schema = textSchema.trim().max(longest);
  if (field.isRequired) schema = schema.min(1);
  if (!field.pattern) return schema;
  const pattern = new RegExp(field.pattern, 'u');
  return schema.refine(
    (text) => (text === '' && !field.isRequired) || pattern.test(text),
    `must match ${field.pattern}`,
  );
}

function valueSchema(field: ResourceField): z.ZodType {
  const one = field.target === 'admin::user' ? accountIdSchema : documentIdSchema;
  switch (field.type) {
    case 'string':
    case 'text':
      return stringSchema(field);
    case 'integer':
      return z
        .int()
        .min(field.min ?? -INT4)
        .max(field.max ?? INT4);
    case 'boolean':
      return z.boolean();
    case 'date':
      return dateSchema;
    case 'datetime':
      return instantSchema;
    case 'enumeration':
      return z.enum(field.options ?? []);
    case 'text-list':
      return field.options ? z.array(z.enum(field.options)).max(50) : textListSchema;
    case 'relation':
      return one;
    case 'relations':
      return z
        .array(one)
        .max(200)
        .transform((ids) => [...new Set(ids)]);
    case 'image':
      return z.never();
    case 'json':
      return z.json();
  }
}

function isOptionalOnCreate(field: ResourceField): boolean {
  return !field.isRequired || field.default !== undefined;
}

/** An empty string means "nothing" where nothing is allowed: forms send it, and '' would break uniqueness. */
function nullable(schema: z.ZodType): z.ZodType {
  return z.preprocess((value) => (value === '' ? null : value), schema.nullable());
}

/**
 * The body of `POST` (`create`) or `PATCH` (`change`): exactly the fields that a person may set at all, with the limits
 * of the content type. Images have a route of their own, so that nobody attaches a file that he did not send. `change` also takes `archived`. Anything else is refused by name.
 */
export function writeSchema(
  definition: ResourceDefinition,
  act: 'create' | 'change',
): z.ZodType<Record<string, unknown>> {
  const shape: Record<string, z.ZodType> = {};
  for (const field of definition.fields) {
    if (field.isReadOnly || field.type === 'image') continue;
    const schema = field.isRequired || field.type === 'relations' ? valueSchema(field) : nullable(valueSchema(field));
    shape[field.key] = act === 'change' || isOptionalOnCreate(field) ? schema.optional() : schema;
  }
  if (act === 'change') shape['archived'] = z.boolean().optional();
  return z.strictObject(shape);
}
