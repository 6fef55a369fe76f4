import type { Field, Resource } from '@tessera/backoffice/contracts';
import i18next from 'i18next';
import { useState } from 'react';
import { defaultColumns } from '../../resources/field-layout';

function remembered(key: string): string[] | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : null;
  } catch {
    return null;
  }
}

export interface Columns {
  shown: Field[];
  names: string[];
  choose(names: string[]): void;
  reset(): void;
}

/** The columns somebody chose for this list, remembered on the device. */
export function useColumns(resource: Resource): Columns {
  const key = `tessera.columns.${resource.resource}`;
  const [chosen, setChosen] = useState(() => remembered(key));
  const title = i18next.language === 'en' ? resource.title.en : resource.title.zh;
  const names = chosen ?? defaultColumns(resource.resource, resource.fields, title);
  const known = names.flatMap((name) => resource.fields.find((field) => field.name === name) ?? []);
  return {
    shown: known.length > 0 ? known : resource.fields.slice(0, 1),
    names,
    choose(next) {
      localStorage.setItem(key, JSON.stringify(next));
      setChosen(next);
    },
    reset() {
      localStorage.removeItem(key);
      setChosen(null);
    },
  };
}
