import type { LocalizedText } from '@tessera/access/domain';
import type { Field } from '../contracts';

/** How a masked value looks. */
export type MaskKind = 'phone' | 'date' | 'text' | 'name';

/** One attribute of a content type, as its schema and `pluginOptions.backoffice` describe it. */
export interface ResourceField {
  /** Attribute name; permissions name it, and it is the key in rows (relations: `<name>Id` or `<name>Ids`). */
  name: string;
  type: Field['type'];
  label: LocalizedText;
  unit?: Field['unit'];
  isPersonal: boolean;
  mask: MaskKind;
  isRequired: boolean;
  isUnique: boolean;
  isSortable: boolean;
  isFilterable: boolean;
  isSearchable: boolean;
  /** Made by the server: by a preparation, or only by code. */
  isReadOnly: boolean;
  /** Content type (or `admin::user`) that a relation points to. */
  target?: string;
  options?: string[];
  maxLength?: number;
  min?: number;
  max?: number;
  pattern?: string;
  default?: unknown;
}

/** A column that only search uses; whoever may search it must see every field that it was made from. */
export interface SearchColumn {
  name: string;
  derivedFrom: string[];
}

/** How a row is tied to stores: not at all, it is a store itself, or by a relation of that name. */
export type StoreTie = { kind: 'none' } | { kind: 'self' } | { kind: 'relation'; field: string };

/** One content type that people edit through `/api/backoffice/<resource>`. */
export interface ResourceDefinition {
  resource: string;
  uid: string;
  /** Codes are `<permission>.view|create|change|delete`. */
  permission: string;
  label: LocalizedText;
  store: StoreTie;
  /** Relation to the sign-in account that a row belongs to. */
  staffField: string | null;
  /** Names of the fields that name a row, per language. */
  title: LocalizedText;
  fields: ResourceField[];
  searchColumns: SearchColumn[];
}

/** Key of a field in rows, filters and bodies. */
export function keyOf(field: Pick<ResourceField, 'name' | 'type'>): string {
  if (field.type === 'relation') return `${field.name}Id`;
  return field.type === 'relations' ? `${field.name}Ids` : field.name;
}

export function fieldByKey(definition: ResourceDefinition, key: string): ResourceField | undefined {
  return definition.fields.find((field) => keyOf(field) === key);
}
