import type { CrudFilters, LogicalFilter } from '@refinedev/core';
import type { Field } from '@tessera/backoffice/contracts';
import { Button, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatDay, formatInstant, useTimeZone } from '../../components/instant';
import { formatMoney, formatRate, useCurrency } from '../../components/money';
import { pick, useLanguage } from '../../providers/i18n';
import { keyOf, referenceOf } from '../../resources/schema';
import { filtersOf, optionLabel, type FieldFilters } from './filter-input';
import { useRelationNames } from './use-relation-names';

function valuesOf(filter: LogicalFilter): string[] {
  return [filter.value as unknown].flat().map(String);
}

/** A value as people read it: the name of what a relation points to, the label of a status, days and money. */
function useWording(field: Field, filters: FieldFilters): (filter: LogicalFilter) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  const timeZone = useTimeZone();
  const currency = useCurrency();
  const reference = referenceOf(field);
  const names = useRelationNames(reference, reference ? filters.flatMap(valuesOf) : []);
  function one(value: string): string {
    if (reference) return names.find((name) => name.value === value)?.label ?? t('fields.unnamed');
    if (field.type === 'date') return formatDay(value);
    if (field.type === 'datetime') return formatInstant(value, timeZone);
    if (field.unit === 'minor') return formatMoney(Number(value), currency);
    if (field.unit === 'basis-points') return formatRate(Number(value));
    if (field.type === 'integer') return new Intl.NumberFormat(language).format(Number(value));
    if (field.type === 'boolean' || field.type === 'enumeration') return optionLabel(field, value, t);
    return value;
  }
  return (filter) => valuesOf(filter).map(one).join(t('lists.chip.or'));
}

/** "from … to …" where both ends are set, else a sentence for each filter. */
function useSentence(field: Field, filters: FieldFilters): string {
  const { t } = useTranslation();
  const word = useWording(field, filters);
  const kind = field.type === 'date' || field.type === 'datetime' ? 'day' : 'number';
  const label = pick(field.label);
  const from = filters.find(({ operator }) => operator === 'gte');
  const to = filters.find(({ operator }) => operator === 'lte');
  if (from && to) return t(`lists.chip.${kind}.both`, { field: label, from: word(from), to: word(to) });
  const sentences = filters.map((filter) => {
    const { operator } = filter;
    const key = operator === 'gte' || operator === 'lte' ? `lists.chip.${kind}.${operator}` : `lists.chip.${operator}`;
    return t(key, { field: label, value: word(filter) });
  });
  return sentences.join(t('lists.chip.and'));
}

interface ChipProps {
  field: Field;
  filters: FieldFilters;
  onRemove: () => void;
}

function Chip({ field, filters, onRemove }: ChipProps) {
  const { t } = useTranslation();
  const sentence = useSentence(field, filters);
  return (
    <Tag className="filter-chip">
      {sentence}
      <button type="button" aria-label={t('lists.removeFilter', { filter: sentence })} onClick={onRemove}>
        ×
      </button>
    </Tag>
  );
}

interface FilterChipsProps {
  fields: readonly Field[];
  filters: CrudFilters;
  onFilters: (filters: CrudFilters) => void;
}

/** The filters that are on, each in words and taken away by itself; search and archive have their own controls. */
export function FilterChips({ fields, filters, onFilters }: FilterChipsProps) {
  const { t } = useTranslation();
  const active = fields.filter((field) => filtersOf(filters, keyOf(field)).length > 0);
  if (active.length === 0) return null;
  function without(removed: readonly Field[]): CrudFilters {
    const keys = new Set(removed.map(keyOf));
    return filters.filter((filter) => !('field' in filter) || !keys.has(filter.field));
  }
  return (
    <div className="page-bar">
      {active.map((field) => (
        <Chip
          key={field.name}
          field={field}
          filters={filtersOf(filters, keyOf(field))}
          onRemove={() => onFilters(without([field]))}
        />
      ))}
      <Button type="link" size="small" onClick={() => onFilters(without(active))}>
        {t('lists.clearFilters')}
      </Button>
    </div>
  );
}
