import { EyeOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import type { Field, Resource, Row } from '@tessera/backoffice/contracts';
import { Button, Checkbox, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FactList } from '../../components/fact-list';
import { ErrorNotice } from '../../components/refusal';
import { formatDay } from '../../components/instant';
import { useMay } from '../../providers/access-control';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { pick } from '../../providers/i18n';

const REVEALABLE: readonly string[] = ['phone', 'birthday', 'note'];

interface RevealRequest {
  fields: string[];
  reason: string;
}
type Values = Record<string, string | null>;

function RevealForm({
  fields,
  onSubmit,
  isPending,
}: {
  fields: Field[];
  onSubmit: (request: RevealRequest) => void;
  isPending: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Form<RevealRequest>
      layout="vertical"
      initialValues={{ fields: fields.map((field) => field.name) }}
      requiredMark={false}
      onFinish={onSubmit}
    >
      <p>{t('members.revealText')}</p>
      <Form.Item
        name="fields"
        label={t('members.revealFields')}
        rules={[{ required: true, message: t('members.revealNone') }]}
      >
        <Checkbox.Group options={fields.map((field) => ({ value: field.name, label: pick(field.label) }))} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('members.revealReason')}
        extra={t('members.revealExample')}
        rules={[{ required: true, whitespace: true, min: 2, message: t('members.revealReasonMissing') }]}
      >
        <Input maxLength={200} autoFocus />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={isPending}>
        {t('members.reveal')}
      </Button>
    </Form>
  );
}

function Revealed({ fields, values, onClose }: { fields: Field[]; values: Values; onClose: () => void }) {
  const { t } = useTranslation();
  const facts = fields
    .filter((field) => Object.hasOwn(values, field.name))
    .map((field) => {
      const value = values[field.name];
      const text = field.type === 'date' && value ? formatDay(value) : value;
      return { label: pick(field.label), value: <strong>{text || t('members.revealEmpty')}</strong> };
    });
  return (
    <>
      <FactList facts={facts} />
      {/* Takes the focus that the form had: Esc and Enter close. */}
      <Button autoFocus block style={{ marginTop: 16 }} onClick={onClose}>
        {t('shell.close')}
      </Button>
    </>
  );
}

/** Shows masked fields once, for a reason that stands on the trail. Nothing of it is kept after the dialog closes. */
export function RevealButton({ member, resource }: { member: Row; resource: Resource }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const mayReveal = useMay('members.reveal');
  const fields = resource.fields.filter((field) => REVEALABLE.includes(field.name) && field.visibility === 'masked');
  const { mutate, data, error, isPending, reset } = useMutation({
    mutationFn: async (request: RevealRequest) => {
      const answer = await http.post<{ values: Values }>(`/api/members/${member.id}/reveals`, request);
      return answer.data.values;
    },
  });
  if (!mayReveal || fields.length === 0) return null;
  function close(): void {
    setOpen(false);
    reset();
  }
  return (
    <>
      <Button icon={<EyeOutlined />} onClick={() => setOpen(true)}>
        {t('members.reveal')}
      </Button>
      <Modal open={isOpen} title={t('members.revealTitle')} footer={null} onCancel={close} destroyOnHidden>
        {error && <ErrorNotice error={toApiError(error)} />}
        {data ? (
          <Revealed fields={fields} values={data} onClose={close} />
        ) : (
          <RevealForm fields={fields} onSubmit={mutate} isPending={isPending} />
        )}
      </Modal>
    </>
  );
}
