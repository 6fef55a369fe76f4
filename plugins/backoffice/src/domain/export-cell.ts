import { joinList } from './list-cell';
import { labelKeyOf, type ListField } from './resource';

export type SheetLanguage = 'zh' | 'en';
export type SheetCell = string | number | null;

type Label = Partial<Record<SheetLanguage, string | null>> | null;

function nameOf(label: Label, language: SheetLanguage): string {
  return label?.[language] ?? label?.zh ?? label?.en ?? '';
}

/** Pictures and structures are no cells. */
export function isExported(field: Pick<ListField, 'type'>): boolean {
  return field.type !== 'image' && field.type !== 'json';
}

/** What a row as it is shown says of a field, as one cell; a field that this row does not show is empty. */
export function exportCell(
  field: ListField,
  row: Readonly<Record<string, unknown>>,
  language: SheetLanguage,
): SheetCell {
  if (field.type === 'relation') return nameOf((row[labelKeyOf(field)] ?? null) as Label, language) || null;
  if (field.type === 'relations') {
    const labels = (row[labelKeyOf(field)] ?? []) as Label[];
    return joinList(labels.map((label) => nameOf(label, language)).filter((name) => name !== '')) || null;
  }
  const value = Object.hasOwn(row, field.key) ? row[field.key] : null;
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return joinList(value.map(String)) || null;
  return typeof value === 'number' ? value : String(value);
}
