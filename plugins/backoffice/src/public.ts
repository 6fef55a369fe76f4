import type { Core } from '@strapi/strapi';
import type { PermissionDefinition } from '@tessera/access/domain';
import type { Sql } from '@tessera/kernel/public';
import type { Field } from './contracts';
import type { ResourceDefinition } from './domain/resource';

/** One column of a record resource: records are written by code in SQL and only looked at here. */
export interface RecordField {
  name: string;
  type: Field['type'];
  label: Field['label'];
  unit?: Field['unit'];
  options?: string[];
  reference?: string;
  isPersonal?: boolean;
  /** How a masked value looks; personal fields only. */
  mask?: 'phone' | 'date' | 'text' | 'name';
  /** SQL expression over the resource's FROM clause. */
  sql: string;
  isSortable?: boolean;
  isFilterable?: boolean;
  isSearchable?: boolean;
}

export interface RecordResource {
  resource: string;
  label: Field['label'];
  /** The plugin declares `<permission>.view` itself, with these fields. */
  permission: string;
  title: Field['label'];
  /** FROM clause with aliases, e.g. `tessera.transaction t LEFT JOIN …`; static text, never input. */
  from: string;
  /** Unique text expression that rows are identified by and that breaks ties in the order. */
  id: string;
  /** Expression of the row's store documentId (text); null = belongs to no store. */
  store: string | null;
  /** Expression of the staff member (Strapi admin user id as text) it belongs to; null = none. */
  staff: string | null;
  defaultSort: { field: string; order: 'asc' | 'desc' };
  fields: RecordField[];
}

/**
 * Gets the changed attributes, returns them with what it derives. On `create` everything that was given is there, on
 * `update` only what changes. A clone is a create. @throws TesseraError 4xx
 */
export type Prepare = (
  data: Record<string, unknown>,
  call: { action: 'create' | 'update'; documentId: string | undefined },
) => Record<string, unknown> | Promise<Record<string, unknown>>;

/** Asked inside the transaction of the delete. */
export type HasHistory = (sql: Sql, documentId: string) => Promise<boolean>;

/** What other plugins may use of the backoffice. Call the `add…` functions in `register()`. */
export interface Backoffice {
  addRecordResource(resource: RecordResource): void;
  /** Asked before a delete: does history refer to this document? Then it is archived instead. */
  addHistoryCheck(resource: string, hasHistory: HasHistory): void;
  /** Normalises or refuses what is about to be written through the document service: our API, Strapi's screens, code. */
  addPreparation(uid: string, prepare: Prepare): void;
  /** Master data as forms and lists know it. @throws when there is no such resource */
  resource(name: string): ResourceDefinition;
  /** Permission definitions that the content types give rise to (`members.view`, `products.change` …). */
  permissions(): PermissionDefinition[];
}

export function backoffice(strapi: Core.Strapi): Backoffice {
  return strapi.plugin('backoffice').service('backoffice') as Backoffice;
}
