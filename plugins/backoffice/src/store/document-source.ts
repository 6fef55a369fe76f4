import { isRelation, type ListField, type ResourceDefinition } from '../domain/resource';
import { identifier, type Column, type Link, type Source, type Target, type Tie } from './source';

interface JoinTable {
  name: string;
  joinColumn: { name: string };
  inverseJoinColumn: { name: string };
  orderColumnName?: string;
}

/** As much of `strapi.db.metadata` as is needed: real table and column names. */
export interface TableMetadata {
  uid: string;
  tableName: string;
  attributes: Record<string, { columnName?: string; joinTable?: JoinTable; target?: string }>;
}
export type Metadata = Pick<ReadonlyMap<string, TableMetadata>, 'get' | 'values'>;

const CASTS: Partial<Record<ListField['type'], string>> = {
  integer: 'bigint',
  boolean: 'boolean',
  date: 'date',
  // Strapi keeps instants without a zone, in the process's own; a Date parameter arrives in the same way.
  datetime: 'timestamp',
};

function table(meta: TableMetadata): string {
  return `public.${identifier(meta.tableName)}`;
}

function column(meta: TableMetadata, attribute: string, alias: string): string {
  return `${alias}.${identifier(meta.attributes[attribute]?.columnName ?? attribute)}`;
}

function metadataOf(metadata: Metadata, uid: string): TableMetadata {
  const meta = metadata.get(uid);
  if (!meta) throw new Error(`no table for ${uid}`);
  return meta;
}

/** Sign-in accounts are named by the person. */
const ACCOUNT = `nullif(trim(concat(x.firstname, ' ', x.lastname)), '')`;

/** The table behind a content type or the accounts, with the expressions that name its rows. */
export function targetOf(metadata: Metadata, uid: string, definition: ResourceDefinition | undefined): Target {
  const meta = metadataOf(metadata, uid);
  if (!definition) return { table: table(meta), id: 'x.id::text', title: { zh: ACCOUNT, en: ACCOUNT } };
  const { zh, en } = definition.title;
  return { table: table(meta), id: 'x.document_id', title: { zh: column(meta, zh, 'x'), en: column(meta, en, 'x') } };
}

/** Builds the source of a content type from Strapi's own metadata. */
export function documentSource(
  metadata: Metadata,
  definition: ResourceDefinition,
  definitionOf: (uid: string) => ResourceDefinition | undefined,
): Source {
  const meta = metadataOf(metadata, definition.uid);

  function linkOf(name: string): Link {
    const attribute = meta.attributes[name];
    if (!attribute?.joinTable || !attribute.target) throw new Error(`${definition.uid}.${name} is no relation`);
    const { joinTable, target } = attribute;
    return {
      table: `public.${identifier(joinTable.name)}`,
      ownColumn: identifier(joinTable.joinColumn.name),
      targetColumn: identifier(joinTable.inverseJoinColumn.name),
      orderColumn: joinTable.orderColumnName ? identifier(joinTable.orderColumnName) : null,
      target: targetOf(metadata, target, definitionOf(target)),
    };
  }
  function columnOf(field: ListField): Column {
    if (isRelation(field)) return { kind: 'link', field, link: linkOf(field.name) };
    if (field.type === 'image') return { kind: 'image', field, uid: definition.uid };
    return { kind: 'scalar', field, sql: column(meta, field.name, 't'), cast: CASTS[field.type] ?? 'text' };
  }
  function storeTie(): Tie | null {
    if (definition.store.kind === 'none') return null;
    if (definition.store.kind === 'self') return { kind: 'scalar', sql: 't.document_id' };
    return { kind: 'link', link: linkOf(definition.store.field) };
  }

  return {
    from: `${table(meta)} t`,
    id: 't.document_id',
    key: 't.id',
    version: 't.version',
    archived: 't.archived',
    columns: definition.fields.map(columnOf),
    searchColumns: definition.searchColumns.map(({ name }) => ({ name, sql: column(meta, name, 't') })),
    store: storeTie(),
    staff: definition.staffField ? { kind: 'link', link: linkOf(definition.staffField) } : null,
  };
}

/** Link tables of other rows that point to this content type: what makes a delete an archiving. */
export function referringLinks(metadata: Metadata, uid: string): { table: string; column: string }[] {
  return [...metadata.values()].flatMap((meta) =>
    Object.values(meta.attributes).flatMap(({ joinTable, target }) =>
      joinTable && target === uid && joinTable.inverseJoinColumn
        ? [{ table: `public.${identifier(joinTable.name)}`, column: identifier(joinTable.inverseJoinColumn.name) }]
        : [],
    ),
  );
}
