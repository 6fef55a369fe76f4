import type { Field } from '@tessera/backoffice/contracts';
import { z } from 'zod';
import { EARN_RULE_KINDS } from './earn-rules';

/** As much of a JSON schema as our argument schemas produce, with what `described` added. */
interface ArgSchema {
  type?: string;
  enum?: string[];
  items?: { enum?: string[] };
  minimum?: number;
  maximum?: number;
  minItems?: number;
  default?: unknown;
  label?: Field['label'];
  unit?: Field['unit'];
  reference?: string;
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

/** The arguments of a kind of earn rule as fields of a form, drawn from its schema; none for a kind that is not known. */
export function argFields(kindCode: string): Field[] {
  const kind = EARN_RULE_KINDS.find(({ code }) => code === kindCode);
  if (!kind) return [];
  const schema = z.toJSONSchema(kind.argsSchema, { io: 'input' }) as {
    properties?: Record<string, ArgSchema>;
    required?: string[];
  };
  return Object.entries(schema.properties ?? {}).map(([name, each]) =>
    toField(name, each, schema.required?.includes(name) ?? false),
  );
}
