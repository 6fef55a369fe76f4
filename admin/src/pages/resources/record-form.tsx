import { useWarnAboutChange } from '@refinedev/core';
import type { Field, Resource, Row } from '@tessera/backoffice/contracts';
import { Button, Card, Form, type FormInstance } from 'antd';
import i18next from 'i18next';
import { useEffect, type ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { Page } from '../../components/page';
import { ErrorNotice } from '../../components/refusal';
import { COMMAND_KEY, useShortcut } from '../../components/use-shortcut';
import type { ApiError } from '../../providers/api-error';
import { pick } from '../../providers/i18n';
import { sectionsOf } from '../../resources/field-layout';
import { keyOf } from '../../resources/schema';
import { FieldInput } from './field-input';
import { rulesOf } from './field-rules';
import { ImageField } from './image-field';
import { RuleArgs } from './rule-args';

export type Values = Record<string, unknown>;

/** Form.Item hands over `onBlur`, which says when to check; leaving any part of the input counts. */
function LeftField({ onBlur, ...input }: ComponentProps<typeof FieldInput> & { onBlur?: () => void }) {
  return <div onBlur={onBlur}>{input.field.type === 'json' ? <RuleArgs {...input} /> : <FieldInput {...input} />}</div>;
}

/** A new record has nothing yet that a picture could belong to. */
function ImageItem({
  resource,
  field,
  row,
  onImage,
}: { field: Field } & Pick<RecordFormProps, 'row' | 'onImage'> & { resource: string }) {
  const { t } = useTranslation();
  const isOpen = row && onImage;
  return (
    <Form.Item label={pick(field.label)} extra={isOpen && t('forms.hints.image')}>
      {isOpen ? (
        <ImageField resource={resource} field={field} row={row} onSaved={onImage} />
      ) : (
        t('forms.image.afterSaving')
      )}
    </Form.Item>
  );
}

function FieldItem({ field, row }: { field: Field; row: Row | null }) {
  const { t } = useTranslation();
  const hint = `forms.hints.${field.name}`;
  const { i18n } = useTranslation();
  const help = field.visibility === 'masked' && row ? t('forms.masked') : i18n.exists(hint) ? t(hint) : undefined;
  return (
    <Form.Item
      name={keyOf(field)}
      label={pick(field.label)}
      rules={rulesOf(field)}
      validateTrigger="onBlur"
      extra={help}
      style={field.type === 'text' || field.type === 'json' ? { gridColumn: '1 / -1' } : undefined}
    >
      <LeftField field={field} row={row} />
    </Form.Item>
  );
}

/** Why the server refused the value of a field, and what would do instead. */
function sentenceOf(error: ApiError, field: string): string {
  if (error.code === 'duplicate_value') return error.message;
  const pattern = `forms.patterns.${field}`;
  return i18next.t(i18next.exists(pattern) ? pattern : 'forms.notAccepted');
}

/** Marks what the server refused at the field that caused it. */
function useServerIssues(form: FormInstance<Values>, error: ApiError | null): void {
  useEffect(() => {
    if (!error) return;
    const details = (error.details ?? {}) as { issues?: { path: string }[]; field?: string };
    const paths = [...(details.issues ?? []).map(({ path }) => path), ...(details.field ? [details.field] : [])];
    const names = paths.map((path) => path.split('.')[0] ?? path);
    form.setFields(names.map((name) => ({ name, errors: [sentenceOf(error, name)] })));
  }, [form, error]);
}

/** Ctrl-S saves, Esc goes back; the guard asks when something would be lost. */
function useFormKeys(save: () => void, cancelTo: string): void {
  const navigate = useNavigate();
  useShortcut({
    key: 's',
    isCommand: true,
    worksInFields: true,
    keys: [COMMAND_KEY, 'S'],
    label: 'save',
    run: save,
  });
  const leave = () => void navigate(cancelTo);
  useShortcut({ key: 'Escape', worksInFields: true, keys: ['Esc'], label: 'leave', run: leave });
}

interface RecordFormProps {
  resource: Resource;
  fields: readonly Field[];
  row: Row | null;
  title: string;
  initial: Values;
  error: ApiError | null;
  isSaving: boolean;
  /** Where leaving without saving goes. */
  cancelTo: string;
  onSave: (values: Values) => void;
  /** The row after its picture was set or removed; not given where there is no row yet. */
  onImage?: (row: Row) => void;
}

/** Create and edit: the fields in sections, checked when left, guarded against leaving with changes. */
export function RecordForm(props: RecordFormProps) {
  const { resource, fields, row, title, initial, error, isSaving, cancelTo, onSave, onImage } = props;
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const { setWarnWhen } = useWarnAboutChange();
  useServerIssues(form, error);
  useFormKeys(() => !isSaving && form.submit(), cancelTo);
  useEffect(() => () => setWarnWhen(false), [setWarnWhen]);
  const actions = (
    <>
      <Link to={cancelTo}>
        <Button>{t('forms.cancel')}</Button>
      </Link>
      <Button type="primary" loading={isSaving} onClick={() => form.submit()}>
        {t('forms.save')}
      </Button>
    </>
  );
  return (
    <Page title={title} back={<Link to={cancelTo}>← {t('forms.back')}</Link>} actions={actions}>
      {error && (
        <div style={{ marginBottom: 16 }}>
          <ErrorNotice error={error} />
        </div>
      )}
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={initial}
        onValuesChange={() => setWarnWhen(true)}
        onFinish={onSave}
        scrollToFirstError
      >
        {sectionsOf(resource.resource, fields).map((section) => (
          <Card key={section.key} size="small" title={t(`sections.${section.key}`)} style={{ marginBottom: 16 }}>
            <div className="field-grid">
              {section.fields.map((field) =>
                field.type === 'image' ? (
                  <ImageItem key={field.name} resource={resource.resource} field={field} row={row} onImage={onImage} />
                ) : (
                  <FieldItem key={field.name} field={field} row={row} />
                ),
              )}
            </div>
          </Card>
        ))}
        <button type="submit" hidden />
      </Form>
    </Page>
  );
}
