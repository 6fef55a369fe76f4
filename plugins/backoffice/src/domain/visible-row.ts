import type { RowRule } from '@tessera/access/domain';
import { mask } from './mask';
import { isRelation, labelKeyOf, type ListField } from './resource';

/** What ties one row to stores and to a member of staff. */
export interface RowFacts {
  storeIds: readonly string[];
  staffIds: readonly string[];
}

function admits(rule: RowRule, facts: RowFacts): boolean {
  const { stores } = rule;
  if (stores !== 'all' && !facts.storeIds.some((storeId) => stores.includes(storeId))) return false;
  return rule.staffId === undefined || facts.staffIds.includes(rule.staffId);
}

/** What the rules that admit a row show of it together: clear by one beats masked by another; undefined = not admitted. */
export function visibilityOfRow(
  rules: readonly RowRule[],
  facts: RowFacts,
): Record<string, 'clear' | 'masked'> | undefined {
  const admitting = rules.filter((rule) => admits(rule, facts));
  if (admitting.length === 0) return undefined;
  const visible: Record<string, 'clear' | 'masked'> = {};
  for (const { read } of admitting) {
    for (const [field, visibility] of Object.entries(read)) {
      if (visible[field] !== 'clear') visible[field] = visibility;
    }
  }
  return visible;
}

/** A relation as it was loaded. */
export interface Reference {
  id: string;
  label: { zh: string | null; en: string | null } | null;
}

/** Fields and relations of one row as loaded, by field name. */
export type LoadedValues = Record<string, unknown>;

/** Of which targets of a relation the person may know the name: all, or these. */
export type LabelScope = 'all' | readonly string[];

function labelOf(reference: Reference, scope: LabelScope): Reference['label'] {
  return scope === 'all' || scope.includes(reference.id) ? reference.label : null;
}

function showRelation(field: ListField, value: unknown, scope: LabelScope): Record<string, unknown> {
  if (field.type === 'relations') {
    const references = (value ?? []) as Reference[];
    return {
      [field.key]: references.map((reference) => reference.id),
      [labelKeyOf(field)]: references.map((reference) => labelOf(reference, scope)),
    };
  }
  const reference = value as Reference | null;
  return {
    [field.key]: reference?.id ?? null,
    [labelKeyOf(field)]: reference ? labelOf(reference, scope) : null,
  };
}

/**
 * The row as this person sees it: hidden fields are absent, masked ones masked, and a relation is there only when it is
 * clear and its kind of target may be viewed (`labels` has it).
 */
export function showFields(
  fields: readonly ListField[],
  values: LoadedValues,
  visible: Record<string, 'clear' | 'masked'>,
  labels: ReadonlyMap<string, LabelScope>,
): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const field of fields) {
    const visibility = Object.hasOwn(visible, field.name) ? visible[field.name] : undefined;
    if (!visibility || !Object.hasOwn(values, field.name)) continue;
    const value = values[field.name];
    if (isRelation(field)) {
      const scope = labels.get(field.name);
      if (visibility === 'clear' && scope) Object.assign(shown, showRelation(field, value, scope));
    } else {
      shown[field.key] = visibility === 'clear' ? (value ?? null) : mask(field.mask, value);
    }
  }
  return shown;
}
