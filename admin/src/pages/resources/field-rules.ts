import type { Field } from '@tessera/backoffice/contracts';
import type { FormRule } from 'antd';
import i18next from 'i18next';
import { pick } from '../../providers/i18n';

/** Checks of a field as the server makes them, each with a sentence. */
export function rulesOf(field: Field): FormRule[] {
  const label = pick(field.label);
  const rules: FormRule[] = [];
  if (field.isRequired && field.type !== 'boolean') {
    rules.push({ required: true, message: i18next.t('forms.required', { label }) });
  }
  if (field.maxLength !== undefined && (field.type === 'string' || field.type === 'text')) {
    rules.push({ max: field.maxLength, message: i18next.t('forms.tooLong', { count: field.maxLength }) });
  }
  if (field.pattern !== undefined) {
    const specific = `forms.patterns.${field.name}`;
    const message = i18next.t(i18next.exists(specific) ? specific : 'forms.wrongForm');
    rules.push({ pattern: new RegExp(field.pattern), message });
  }
  return rules;
}

/** Fields that a form shows; a picture is saved by itself. */
export function formFields(fields: readonly Field[]): Field[] {
  return fields.filter((field) => field.isWritable && (field.type !== 'json' || field.name === 'args'));
}

/** Fields that a form sets; what the person sees masked is not shown for editing, or the mask would be saved. */
export function editableFields(fields: readonly Field[]): Field[] {
  return formFields(fields).filter((field) => field.type !== 'image');
}
