import type { Field } from '@tessera/backoffice/contracts';
import { DatePicker, Input, InputNumber, Select } from 'antd';
import type { CrudFilters, LogicalFilter } from '@refinedev/core';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { decimalsOf, useCurrency } from '../../components/money';
import { useTimeZone } from '../../components/instant';
import { pick } from '../../providers/i18n';
import { keyOf, referenceOf } from '../../resources/schema';
import { RelationSelect } from './relation-select';
import { useRelationNames } from './use-relation-names';
import { inZone } from './zoned-time';

export type FieldFilters = LogicalFilter[];

interface FilterInputProps {
  field: Field;
  filters: FieldFilters;
  onChange: (filters: FieldFilters) => void;
}

/** The filters of one field among those of the list. */
export function filtersOf(filters: CrudFilters, field: string): FieldFilters {
  return filters.filter((filter): filter is LogicalFilter => 'field' in filter && filter.field === field);
}

function valueAt(filters: FieldFilters, operator: LogicalFilter['operator']): string | undefined {
  const value: unknown = filters.find((filter) => filter.operator === operator)?.value;
  return value === undefined || value === null ? undefined : String(value);
}

function RangeOfDays({ field, filters, onChange }: FilterInputProps) {
  const timeZone = useTimeZone();
  const isInstant = field.type === 'datetime';
  const read = (value: string | undefined) => {
    if (!value) return null;
    return isInstant ? dayjs(value).tz(timeZone) : dayjs(value);
  };
  const from = read(valueAt(filters, 'gte'));
  const until = read(valueAt(filters, 'lte'));
  function change(range: [dayjs.Dayjs | null, dayjs.Dayjs | null] | null): void {
    const [start, end] = range ?? [null, null];
    const write = (day: dayjs.Dayjs, isEnd: boolean) => {
      const text = day.format('YYYY-MM-DD');
      return isInstant ? inZone(`${text}T${isEnd ? '23:59:59' : '00:00:00'}`, timeZone) : text;
    };
    onChange([
      ...(start ? [{ field: keyOf(field), operator: 'gte' as const, value: write(start, false) }] : []),
      ...(end ? [{ field: keyOf(field), operator: 'lte' as const, value: write(end, true) }] : []),
    ]);
  }
  return (
    <DatePicker.RangePicker
      aria-label={pick(field.label)}
      value={[from, until]}
      allowEmpty={[true, true]}
      onChange={change}
      style={{ width: '100%' }}
    />
  );
}

function RangeOfNumbers({ field, filters, onChange }: FilterInputProps) {
  const { t } = useTranslation();
  const currency = useCurrency();
  const factor = field.unit === 'minor' ? 10 ** decimalsOf(currency) : field.unit === 'basis-points' ? 100 : 1;
  const read = (operator: 'gte' | 'lte') => {
    const value = valueAt(filters, operator);
    return value === undefined ? null : Number(value) / factor;
  };
  function change(operator: 'gte' | 'lte', value: number | null): void {
    const others = filters.filter((filter) => filter.operator !== operator);
    const added = value === null ? [] : [{ field: keyOf(field), operator, value: Math.round(value * factor) }];
    onChange([...others, ...added]);
  }
  return (
    <div style={{ display: 'flex', gap: 8 }}>
      {(['gte', 'lte'] as const).map((operator) => (
        <InputNumber
          key={operator}
          aria-label={`${pick(field.label)} ${t(`lists.${operator}`)}`}
          placeholder={t(`lists.${operator}`)}
          value={read(operator)}
          onChange={(value) => change(operator, value)}
          controls={false}
          style={{ flex: 1 }}
        />
      ))}
    </div>
  );
}

function RelationFilter({ field, filters, onChange }: FilterInputProps) {
  const value = valueAt(filters, 'eq');
  const reference = referenceOf(field);
  const known = useRelationNames(reference, value ? [value] : []);
  return (
    <RelationSelect
      id={`filter-${field.name}`}
      field={{ ...field, ...(reference ? { reference } : {}) }}
      value={value ?? null}
      onChange={(next) => onChange(next ? [{ field: keyOf(field), operator: 'eq', value: next }] : [])}
      known={known}
      isSingle
    />
  );
}

/** How one filters by a field: the fitting control for its type. */
export function FilterInput({ field, filters, onChange }: FilterInputProps) {
  const { t } = useTranslation();
  const value = valueAt(filters, 'eq');
  const label = pick(field.label);
  function set(next: string | undefined | null): void {
    onChange(next ? [{ field: keyOf(field), operator: 'eq', value: next }] : []);
  }
  if (referenceOf(field)) return <RelationFilter {...{ field, filters, onChange }} />;
  if (field.type === 'date' || field.type === 'datetime') return <RangeOfDays {...{ field, filters, onChange }} />;
  if (field.type === 'integer') return <RangeOfNumbers {...{ field, filters, onChange }} />;
  if (field.type === 'boolean' || field.type === 'enumeration') {
    const options = field.type === 'boolean' ? ['true', 'false'] : (field.options ?? []);
    return (
      <Select
        id={`filter-${field.name}`}
        aria-label={label}
        allowClear
        value={value}
        onChange={set}
        placeholder={t('lists.any')}
        options={options.map((option) => ({ value: option, label: optionLabel(field, option, t) }))}
        style={{ width: '100%' }}
      />
    );
  }
  return (
    <Input
      id={`filter-${field.name}`}
      aria-label={label}
      allowClear
      value={value ?? ''}
      onChange={(event) => set(event.target.value)}
    />
  );
}

/** Text of one value of an enumeration or a yes/no field. */
export function optionLabel(field: Field, option: string, t: (key: string, fallback: string) => string): string {
  if (field.type === 'boolean') return t(`fields.${option === 'true' ? 'yes' : 'no'}`, option);
  if (field.name === 'status' || field.name === 'kind' || field.name === 'effect')
    return t(`statuses.${option}`, option);
  return t(`options.${field.name}.${option}`, option);
}
