import { EyeInvisibleOutlined } from '@ant-design/icons';
import type { Field, Row } from '@tessera/backoffice/contracts';
import { Image, Tag, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { pick } from '../providers/i18n';
import { ruleFields } from '../resources/rule-fields';
import { isRelation, relationLabels } from '../resources/schema';
import { ActLabel } from './act-label';
import { Amount } from './amount';
import { FactList } from './fact-list';
import { formatDay, Instant } from './instant';
import { formatRate } from './money';
import { StatusTag } from './status-tag';

function Masked({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Tooltip title={t('fields.masked')}>
      <span style={{ whiteSpace: 'nowrap' }}>
        {children} <EyeInvisibleOutlined aria-label={t('fields.masked')} />
      </span>
    </Tooltip>
  );
}

function imageUrl(value: unknown): string | null {
  if (typeof value === 'string') return value;
  const url = (value as { url?: unknown } | null)?.url;
  return typeof url === 'string' ? url : null;
}

function NumberValue({ field, row, value }: { field: Field; row: Row; value: number }) {
  const { t, i18n } = useTranslation();
  const currency = typeof row['currency'] === 'string' ? row['currency'] : undefined;
  if (field.unit === 'minor') return <Amount minor={value} currency={currency} />;
  if (field.unit === 'basis-points') return <span className="amount">{formatRate(value)}</span>;
  if (field.unit === 'minutes') return <span className="amount">{t('fields.minutes', { count: value })}</span>;
  return <span className="amount">{new Intl.NumberFormat(i18n.language).format(value)}</span>;
}

/** Codes of the trail and of enumerations have texts; whatever an administrator added shows as it is. */
function OptionValue({ field, value }: { field: Field; value: string }) {
  const { t } = useTranslation();
  if (field.name === 'status' || field.name === 'kind' || field.name === 'effect') return <StatusTag status={value} />;
  return <>{t(`options.${field.name}.${value}`, value)}</>;
}

function TextList({ field, values }: { field: Field; values: unknown[] }) {
  return (
    <>
      {values.map((value) => (
        <Tag key={String(value)}>
          {field.options ? <OptionValue field={field} value={String(value)} /> : String(value)}
        </Tag>
      ))}
    </>
  );
}

/** What a rule or a coupon gives, in the words of its kind. */
function RuleArgs({ row, args }: { row: Row; args: Row }) {
  const fields = ruleFields(String(row['kind'] ?? ''));
  return <Facts fields={fields} row={args} label={({ label }) => pick(label)} />;
}

function valueOf(field: Field, row: Row): unknown {
  if (!isRelation(field)) return row[field.name];
  const labels = relationLabels(field, row).map((label) => label ?? i18next.t('fields.unnamed'));
  return field.type === 'relations' ? labels : labels[0];
}

function Colour({ code }: { code: string }) {
  return (
    <>
      <span className="swatch" style={{ background: code }} aria-hidden />
      {code}
    </>
  );
}

function Plain({ field, row, value }: { field: Field; row: Row; value: unknown }) {
  const { t } = useTranslation();
  if (Array.isArray(value)) return <TextList field={field} values={value} />;
  if (field.name === 'action') return <ActLabel code={String(value)} />;
  if (typeof value === 'boolean')
    return field.name === 'active' ? <StatusTag status={value ? 'on' : 'off'} /> : t(`fields.${value ? 'yes' : 'no'}`);
  if (field.type === 'integer' && typeof value === 'number')
    return <NumberValue field={field} row={row} value={value} />;
  if (field.type === 'datetime') return <Instant iso={String(value)} />;
  if (field.type === 'date') return <span style={{ whiteSpace: 'nowrap' }}>{formatDay(String(value))}</span>;
  if (field.type === 'enumeration') return <OptionValue field={field} value={String(value)} />;
  if (field.type === 'image') {
    const url = imageUrl(value);
    return url ? <Image src={url} alt={t('fields.image')} width={64} /> : null;
  }
  if (field.name === 'args') return <RuleArgs row={row} args={value as Row} />;
  if (field.type === 'json') return <code>{JSON.stringify(value)}</code>;
  if (field.name === 'colour') return <Colour code={String(value)} />;
  return <>{String(value)}</>;
}

/** One value of a row, as people read it. */
export function FieldValue({ field, row }: { field: Field; row: Row }) {
  const value = valueOf(field, row);
  const isEmpty = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  if (isEmpty) return <span aria-hidden>–</span>;
  if (field.visibility === 'masked') return <Masked>{Array.isArray(value) ? value.join(' ') : String(value)}</Masked>;
  return <Plain field={field} row={row} value={value} />;
}

/** Fields and values of one row. */
export function Facts({ fields, row, label }: { fields: readonly Field[]; row: Row; label: (field: Field) => string }) {
  const facts = fields.map((field) => ({
    label: label(field),
    value: <FieldValue field={field} row={row} />,
    isWide: field.type === 'text',
  }));
  return <FactList facts={facts} />;
}
