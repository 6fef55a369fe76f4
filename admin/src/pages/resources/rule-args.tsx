import type { Row } from '@tessera/backoffice/contracts';
import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { pick } from '../../providers/i18n';
import { ruleFields } from '../../resources/rule-fields';
import { FieldInput } from './field-input';

interface RuleArgsProps {
  id?: string | undefined;
  row: Row | null;
  value?: unknown;
  onChange?: ((value: unknown) => void) | undefined;
}

/** What a rule or a coupon gives, drawn from the schema of its kind: nobody types JSON. */
export function RuleArgs({ id, row, value, onChange }: RuleArgsProps) {
  const { t } = useTranslation();
  const kind = Form.useWatch<string | undefined>('kind');
  const fields = ruleFields(kind ?? String(row?.['kind'] ?? ''));
  const given = (value ?? {}) as Record<string, unknown>;
  if (fields.length === 0) return <span className="secondary">{t('forms.chooseKind')}</span>;

  /** Arguments of another kind are left behind. */
  function set(name: string, next: unknown): void {
    const all = fields.map((field) => [field.name, field.name === name ? next : (given[field.name] ?? field.default)]);
    onChange?.(Object.fromEntries(all.filter(([, each]) => each !== undefined && each !== null)));
  }
  return (
    <div id={id} className="field-grid">
      {fields.map((field) => (
        <Form.Item
          key={field.name}
          htmlFor={`${id ?? 'args'}-${field.name}`}
          label={pick(field.label)}
          required={field.isRequired}
        >
          <FieldInput
            id={`${id ?? 'args'}-${field.name}`}
            field={field}
            row={null}
            value={given[field.name] ?? field.default}
            onChange={(next) => set(field.name, next)}
          />
        </Form.Item>
      ))}
    </div>
  );
}
