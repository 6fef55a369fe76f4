import { keyOf, type ListField } from '../domain/resource';
import type { RecordResource } from '../public';
import type { Source, Target } from './source';

const CASTS: Partial<Record<ListField['type'], string>> = {
  integer: 'bigint',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamptz',
};

/** The fields of records, as lists see them. */
export function recordFields(resource: RecordResource): ListField[] {
  return resource.fields.map((field) => ({
    name: field.name,
    key: keyOf(field.name, field.type),
    type: field.type,
    label: field.label,
    ...(field.unit ? { unit: field.unit } : {}),
    ...(field.options ? { options: field.options } : {}),
    ...(field.reference ? { target: field.reference } : {}),
    isPersonal: field.isPersonal === true,
    mask: field.mask ?? 'text',
    isSortable: field.isSortable === true,
    isFilterable: field.isFilterable === true,
    isSearchable: field.isSearchable === true,
  }));
}

/** Builds the source of records; a relation is an expression of the target's id. */
export function recordSource(resource: RecordResource, targetOf: (reference: string) => Target | undefined): Source {
  const fields = recordFields(resource);
  return {
    from: resource.from,
    id: resource.id,
    key: resource.id,
    version: null,
    archived: null,
    columns: fields.map((field, index) => {
      const target = field.target ? targetOf(field.target) : undefined;
      return {
        kind: 'scalar',
        field,
        sql: resource.fields[index]?.sql ?? 'NULL',
        cast: CASTS[field.type] ?? 'text',
        ...(target && field.type === 'relation' ? { target } : {}),
      };
    }),
    searchColumns: [],
    store: resource.store === null ? null : { kind: 'scalar', sql: resource.store },
    staff: resource.staff === null ? null : { kind: 'scalar', sql: resource.staff },
  };
}
