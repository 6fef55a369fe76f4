import { z } from 'zod';
import type { Field } from '../contracts';

/** How the form draws an argument; the keys are those of a field of the back office. */
interface ArgMeta {
  label: Field['label'];
  unit?: 'minor' | 'basis-points' | 'count';
  /** Resource whose records are chosen from. */
  reference?: string;
}

/** As much of a JSON schema as our argument schemas produce, with what `described` added. */
interface ArgSchema extends Partial<ArgMeta> {
  type?: string;
  enum?: string[];
  items?: { enum?: string[] };
  minimum?: number;
  maximum?: number;
  default?: unknown;
}

/** Names an argument for people. */
export function described<Schema extends z.ZodType>(schema: Schema, meta: ArgMeta): Schema {
  return schema.meta({ ...meta });
}

function typeOf({ type, enum: values, reference }: ArgSchema): Field['type'] {
  if (type === 'integer') return 'integer';
  if (type === 'array') return reference ? 'relations' : 'text-list';
  return values ? 'enumeration' : 'string';
}

function toField(name: string, schema: ArgSchema, isRequired: boolean): Field {
  const options = schema.enum ?? schema.items?.enum;
  return {
    name,
    type: typeOf(schema),
    label: schema.label ?? { zh: name, en: name },
    ...(schema.unit ? { unit: schema.unit } : {}),
    ...(options ? { options } : {}),
    ...(schema.reference ? { reference: schema.reference } : {}),
    isRequired,
    isSortable: false,
    isFilterable: false,
    isPersonal: false,
    isWritable: true,
    visibility: 'clear',
    ...(schema.minimum === undefined ? {} : { min: schema.minimum }),
    ...(schema.maximum === undefined ? {} : { max: schema.maximum }),
    ...(schema.default === undefined ? {} : { default: schema.default }),
  };
}

/** The arguments of a kind of rule as fields of a form, drawn from their schema. */
export function schemaFields(schema: z.ZodType): Field[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' }) as {
    properties?: Record<string, ArgSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, each]) => toField(name, each, required.includes(name)));
}
