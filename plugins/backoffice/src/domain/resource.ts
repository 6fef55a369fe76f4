import type { LocalizedText } from '@tessera/access/domain';
import type { Field } from '../contracts';

/** How a masked value looks. */
export type MaskKind = 'phone' | 'date' | 'text' | 'name';

/** One field as lists and details see it. */
export interface ListField {
  /** Name in permissions. */
  name: string;
  /** Key in rows, filters and bodies: the name, for relations `<name>Id` or `<name>Ids`. */
  key: string;
  type: Field['type'];
  label: LocalizedText;
  unit?: Field['unit'];
  options?: string[];
  /** What a relation points to: a content type, `admin::user`, or a resource name. */
  target?: string;
  isPersonal: boolean;
  mask: MaskKind;
  isSortable: boolean;
  isFilterable: boolean;
  isSearchable: boolean;
}

/** One attribute of a content type, as its schema and `pluginOptions.backoffice` describe it. */
export interface ResourceField extends ListField {
  isRequired: boolean;
  /** No other row may have the value, or point to the same target. */
  isUnique: boolean;
  /** Made by the server: by a preparation, or only by code. */
  isReadOnly: boolean;
  maxLength?: number;
  min?: number;
  max?: number;
  pattern?: string;
  default?: unknown;
  /** Of a relation: a row that points to nothing holds for everything. */
  emptyMeansAll?: boolean;
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
  /** May rows be taken along as a file, by whoever holds `<permission>.export`? */
  isExportable: boolean;
}

/** Key under which a field of this name and type is sent. */
export function keyOf(name: string, type: Field['type']): string {
  if (type === 'relation') return `${name}Id`;
  return type === 'relations' ? `${name}Ids` : name;
}

/** Key under which the readable name of what a relation points to is sent. */
export function labelKeyOf(field: Pick<ListField, 'name' | 'type'>): string {
  return field.type === 'relations' ? `${field.name}Labels` : `${field.name}Label`;
}

export function isRelation(field: Pick<ListField, 'type'>): boolean {
  return field.type === 'relation' || field.type === 'relations';
}
