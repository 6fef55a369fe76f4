import type { LocalizedText } from '@tessera/access/domain';
import type { Field } from '../contracts';
import {
  keyOf,
  type MaskKind,
  type ResourceDefinition,
  type ResourceField,
  type SearchColumn,
  type StoreTie,
} from './resource';

/** `pluginOptions.backoffice` of an attribute. */
interface AttributeOptions {
  label?: LocalizedText;
  unit?: Field['unit'];
  shape?: 'text-list';
  /** Of a text-list: what it may hold. */
  options?: string[];
  personal?: boolean;
  mask?: MaskKind;
  sort?: boolean;
  filter?: boolean;
  search?: boolean;
  required?: boolean;
  readOnly?: boolean;
  generated?: boolean;
  /** Of a relation: a row that points to nothing holds for everything. */
  emptyMeansAll?: boolean;
  system?: boolean;
  /** Fields that a searchable system column was made from. */
  derivedFrom?: string[];
}

/** `pluginOptions.backoffice` of a content type. */
interface TypeOptions {
  resource: string;
  permission: string;
  label: LocalizedText;
  storeField?: string;
  staffField?: string;
  /** Rows may be taken along as a file. */
  export?: boolean;
}

export interface AttributeSchema {
  type: string;
  relation?: string;
  target?: string;
  required?: boolean;
  unique?: boolean;
  enum?: string[];
  maxLength?: number;
  min?: number;
  max?: number;
  regex?: string | RegExp;
  default?: unknown;
  pluginOptions?: { backoffice?: AttributeOptions };
}

/** As much of a Strapi content type as decides what the backoffice makes of it. */
export interface ContentTypeSchema {
  uid: string;
  pluginOptions?: { backoffice?: TypeOptions };
  attributes: Record<string, AttributeSchema>;
}

const SCALARS: Record<string, Field['type']> = {
  string: 'string',
  text: 'text',
  integer: 'integer',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  enumeration: 'enumeration',
  media: 'image',
};

function typeOf(attribute: AttributeSchema, options: AttributeOptions): Field['type'] {
  if (attribute.type === 'relation') return attribute.relation?.endsWith('ToMany') ? 'relations' : 'relation';
  if (attribute.type === 'json') return options.shape === 'text-list' ? 'text-list' : 'json';
  return SCALARS[attribute.type] ?? 'json';
}

function readField(name: string, attribute: AttributeSchema, options: AttributeOptions): ResourceField {
  const type = typeOf(attribute, options);
  const { target, enum: values, maxLength, min, max, regex } = attribute;
  return {
    name,
    key: keyOf(name, type),
    type,
    label: options.label ?? { zh: name, en: name },
    ...(options.unit ? { unit: options.unit } : {}),
    isPersonal: options.personal === true,
    mask: options.mask ?? 'text',
    isRequired: attribute.required === true || options.required === true,
    isUnique: attribute.unique === true || attribute.relation === 'oneToOne',
    isSortable: options.sort === true,
    isFilterable: options.filter === true,
    isSearchable: options.search === true,
    isReadOnly: options.readOnly === true || options.generated === true,
    ...(target ? { target } : {}),
    ...(options.emptyMeansAll ? { emptyMeansAll: true } : {}),
    ...(values || options.options ? { options: values ?? options.options } : {}),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(regex === undefined ? {} : { pattern: typeof regex === 'string' ? regex : regex.source }),
    ...(attribute.default === undefined ? {} : { default: attribute.default }),
  };
}

function readStoreTie(storeField: string | undefined): StoreTie {
  if (!storeField) return { kind: 'none' };
  return storeField === 'self' ? { kind: 'self' } : { kind: 'relation', field: storeField };
}

function readTitle(names: ReadonlySet<string>, first: string): LocalizedText {
  if (names.has('nameZh') && names.has('nameEn')) return { zh: 'nameZh', en: 'nameEn' };
  const name = names.has('name') ? 'name' : first;
  return { zh: name, en: name };
}

/**
 * What the backoffice makes of a content type. An attribute without `pluginOptions.backoffice` (one that an administrator
 * added) is an ordinary field; a `system` one never leaves, except that search may use it.
 * @returns undefined for a content type that is no resource.
 */
export function readResource(schema: ContentTypeSchema): ResourceDefinition | undefined {
  const options = schema.pluginOptions?.backoffice;
  if (!options) return undefined;
  const fields: ResourceField[] = [];
  const searchColumns: SearchColumn[] = [];
  for (const [name, attribute] of Object.entries(schema.attributes)) {
    const given = attribute.pluginOptions?.backoffice;
    if (given?.system) {
      if (given.search && given.derivedFrom) searchColumns.push({ name, derivedFrom: given.derivedFrom });
    } else if (given || isAddedByAdministrator(name, attribute)) {
      fields.push(readField(name, attribute, given ?? {}));
    }
  }
  const names = new Set(fields.map((field) => field.name));
  return {
    resource: options.resource,
    uid: schema.uid,
    permission: options.permission,
    label: options.label,
    store: readStoreTie(options.storeField),
    staffField: options.staffField ?? null,
    title: readTitle(names, fields[0]?.name ?? 'id'),
    fields,
    searchColumns,
    isExportable: options.export === true,
  };
}

/** Strapi's own bookkeeping is no field of ours. */
const BOOKKEEPING = ['createdAt', 'updatedAt', 'publishedAt', 'createdBy', 'updatedBy', 'locale', 'localizations'];

function isAddedByAdministrator(name: string, attribute: AttributeSchema): boolean {
  return !BOOKKEEPING.includes(name) && Object.hasOwn(SCALARS, attribute.type) && attribute.type !== 'media';
}
