import type { Field, Row } from '@tessera/backoffice/contracts';
import { ColorPicker, DatePicker, Input, InputNumber, Select, Switch } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { FieldValue } from '../../components/field-value';
import { useTimeZone } from '../../components/instant';
import { decimalsOf, symbolOf, useCurrency } from '../../components/money';
import { isRelation, keyOf, relationLabels } from '../../resources/schema';
import { optionLabel } from './filter-input';
import { RelationSelect } from './relation-select';
import { inZone, wallClockIn } from './zoned-time';

interface FieldInputProps {
  /** Given by Form.Item, like `value` and `onChange`. */
  id?: string;
  field: Field;
  /** The row as it is, where there is one: it knows what its relations are called. */
  row: Row | null;
  value?: unknown;
  onChange?: (value: unknown) => void;
}

/** Typed in major units (¥12.50), kept in minor ones (1250); rates in percent, kept in basis points. */
function NumberInput({ id, field, value, onChange }: FieldInputProps) {
  const { t } = useTranslation();
  const currency = useCurrency();
  const decimals = field.unit === 'minor' ? decimalsOf(currency) : field.unit === 'basis-points' ? 2 : 0;
  const factor = 10 ** decimals;
  const suffix = field.unit === 'basis-points' ? '%' : field.unit === 'minutes' ? t('fields.minuteUnit') : undefined;
  return (
    <InputNumber<number>
      id={id}
      value={typeof value === 'number' ? value / factor : null}
      onChange={(next) => onChange?.(next === null ? null : Math.round(next * factor))}
      precision={decimals}
      min={field.min === undefined ? undefined : field.min / factor}
      max={field.max === undefined ? undefined : field.max / factor}
      prefix={field.unit === 'minor' ? symbolOf(currency) : undefined}
      suffix={suffix}
      controls={false}
      style={{ width: '100%' }}
    />
  );
}

function DayInput({ id, field, value, onChange }: FieldInputProps) {
  const timeZone = useTimeZone();
  if (field.type === 'date') {
    return (
      <DatePicker
        id={id}
        value={typeof value === 'string' ? dayjs(value) : null}
        onChange={(day) => onChange?.(day ? day.format('YYYY-MM-DD') : null)}
        style={{ width: '100%' }}
      />
    );
  }
  return (
    <DatePicker
      id={id}
      showTime={{ format: 'HH:mm' }}
      format="YYYY-MM-DD HH:mm"
      value={typeof value === 'string' ? wallClockIn(value, timeZone) : null}
      onChange={(day) => onChange?.(day ? inZone(day.format('YYYY-MM-DDTHH:mm:00'), timeZone) : null)}
      style={{ width: '100%' }}
    />
  );
}

function knownOptions(field: Field, row: Row | null): { value: string; label: string }[] {
  const ids = [row?.[keyOf(field)] ?? []].flat();
  const labels = row ? relationLabels(field, row) : [];
  return ids.map((id, index) => ({ value: String(id), label: String(labels[index] ?? id) }));
}

function ChoiceInput({ id, field, value, onChange }: FieldInputProps) {
  const { t } = useTranslation();
  return (
    <Select
      id={id}
      allowClear={!field.isRequired}
      value={value ?? null}
      onChange={(next) => onChange?.(next ?? null)}
      options={(field.options ?? []).map((option) => ({ value: option, label: optionLabel(field, option, t) }))}
      placeholder={t('fields.choose')}
    />
  );
}

function ChoicesInput({ id, field, value, onChange }: FieldInputProps) {
  const { t } = useTranslation();
  return (
    <Select
      id={id}
      mode="multiple"
      value={Array.isArray(value) ? (value as string[]) : []}
      onChange={(next: string[]) => onChange?.(next)}
      options={(field.options ?? []).map((option) => ({ value: option, label: optionLabel(field, option, t) }))}
      placeholder={t('fields.choose')}
    />
  );
}

/** Empty text is no value: a cleared field is sent as null. */
function TextInput({ id, field, value, onChange }: FieldInputProps) {
  const props = {
    id,
    value: typeof value === 'string' ? value : '',
    maxLength: field.maxLength,
    onChange: (event: { target: { value: string } }) => onChange?.(event.target.value || null),
  };
  return field.type === 'text' ? (
    <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} {...props} />
  ) : (
    <Input {...props} />
  );
}

/** The control for a field; its value is exactly what the API takes. */
export function FieldInput({ field, row, ...rest }: FieldInputProps) {
  const { id, value, onChange } = rest;
  if (isRelation(field)) {
    return (
      <RelationSelect
        id={id}
        field={field}
        value={(value ?? null) as string | string[] | null}
        onChange={(next) => onChange?.(next)}
        known={knownOptions(field, row)}
      />
    );
  }
  if (field.type === 'boolean') return <Switch id={id} checked={value === true} onChange={(on) => onChange?.(on)} />;
  if (field.type === 'integer') return <NumberInput field={field} row={row} {...rest} />;
  if (field.type === 'date' || field.type === 'datetime') return <DayInput field={field} row={row} {...rest} />;
  if (field.type === 'enumeration') return <ChoiceInput field={field} row={row} {...rest} />;
  if (field.type === 'text-list' && field.options) return <ChoicesInput field={field} row={row} {...rest} />;
  if (field.type === 'text-list') {
    return (
      <Select
        id={id}
        mode="tags"
        open={false}
        suffixIcon={null}
        tokenSeparators={[',', '，', ';', '；']}
        value={Array.isArray(value) ? (value as string[]) : []}
        onChange={(next: string[]) => onChange?.(next)}
      />
    );
  }
  if (field.name === 'colour') {
    return (
      <ColorPicker
        disabledAlpha
        format="hex"
        showText
        value={typeof value === 'string' ? value : '#8c8c8c'}
        onChange={(colour) => onChange?.(colour.toHexString().slice(0, 7).toLowerCase())}
      />
    );
  }
  if (field.type === 'json') {
    return row ? <FieldValue field={{ ...field, visibility: 'clear' }} row={row} /> : <span aria-hidden>–</span>;
  }
  return <TextInput field={field} row={row} {...rest} />;
}
