import type { RecordField } from '@tessera/backoffice/public';

type Label = RecordField['label'];

/** An amount in the currency of its record. */
export function moneyField(name: string, sql: string, label: Label): RecordField {
  return { name, type: 'integer', unit: 'minor', label, sql };
}

export function instantField(name: string, sql: string, label: Label): RecordField {
  return { name, type: 'datetime', label, sql, isSortable: true, isFilterable: true };
}

/** A documentId, shown as the name of the record that it stands for. */
export function linkField(name: string, reference: string, sql: string, label: Label): RecordField {
  return { name, type: 'relation', reference, label, sql, isFilterable: true };
}
