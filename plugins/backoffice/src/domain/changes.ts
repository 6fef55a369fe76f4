import { canonicalJson } from '@tessera/kernel/domain';
import { mask } from './mask';
import { isRelation, type ListField } from './resource';
import type { LoadedValues, Reference } from './visible-row';

/** What a write did, fit for the trail: changed fields only, personal ones masked. */
export interface Changes {
  fields: string[];
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

function plain(field: ListField, value: unknown): unknown {
  if (!isRelation(field)) return value ?? null;
  if (field.type === 'relations') return ((value ?? []) as Reference[]).map((reference) => reference.id);
  return (value as Reference | null | undefined)?.id ?? null;
}

/** Compares two states of a row; one that does not exist is undefined, and its side of the trail stays empty. */
export function changesBetween(
  fields: readonly ListField[],
  before: LoadedValues | undefined,
  after: LoadedValues | undefined,
): Changes {
  const changes: Changes = { fields: [], before: {}, after: {} };
  for (const field of fields) {
    const old = plain(field, before?.[field.name]);
    const new_ = plain(field, after?.[field.name]);
    if (canonicalJson(old) === canonicalJson(new_)) continue;
    const show = (value: unknown) => (field.isPersonal ? mask(field.mask, value) : value);
    changes.fields.push(field.name);
    if (before) changes.before[field.name] = show(old);
    if (after) changes.after[field.name] = show(new_);
  }
  return changes;
}
