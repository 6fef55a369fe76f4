import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input, InputNumber, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/refusal';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { useStore } from '../../providers/me';

interface Values {
  way: 'give' | 'take';
  points: number;
  reason: string;
}

/** Gives or takes points by hand, with a reason. The entry goes into the books of the store one works in. */
export function PointsDialog({
  memberId,
  available,
  onClose,
}: {
  memberId: string;
  available: number;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const store = useStore();
  const [key] = useState(() => crypto.randomUUID());
  const [form] = Form.useForm<Values>();
  const way = Form.useWatch('way', form) ?? 'give';
  const points = Form.useWatch('points', form);
  const { mutate, error, isPending } = useMutation({
    mutationFn: (values: Values) =>
      http.post(
        `/api/points/members/${memberId}/adjustments`,
        {
          amount: values.way === 'give' ? values.points : -values.points,
          reason: values.reason.trim(),
          ...(store ? { storeId: store.id } : {}),
        },
        { headers: { 'idempotency-key': key } },
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['member-points', memberId] });
      onClose();
    },
  });
  const after = available + (way === 'give' ? 1 : -1) * (points ?? 0);
  return (
    <Modal
      open
      title={t('members.points.adjust')}
      okText={t('members.points.save')}
      cancelText={t('forms.cancel')}
      confirmLoading={isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      {error && <ErrorNotice error={toApiError(error)} />}
      <Form form={form} layout="vertical" initialValues={{ way: 'give' }} onFinish={mutate}>
        <Form.Item name="way">
          <Radio.Group
            optionType="button"
            options={(['give', 'take'] as const).map((value) => ({ value, label: t(`members.points.${value}`) }))}
          />
        </Form.Item>
        <Form.Item
          name="points"
          label={t('members.points.points')}
          rules={[{ required: true, type: 'integer', min: 1, message: t('members.points.howMany') }]}
        >
          <InputNumber min={1} max={10_000_000} precision={0} controls={false} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('members.points.reason')}
          rules={[{ required: true, min: 2, whitespace: true, message: t('members.revealReasonMissing') }]}
        >
          <Input.TextArea maxLength={200} rows={2} />
        </Form.Item>
      </Form>
      {points ? <p className="secondary">{t('members.points.willHave', { after })}</p> : null}
    </Modal>
  );
}
