import { useMutation, useQueryClient } from '@tanstack/react-query';
import { MAX_BATCH, type Issued } from '@tessera/campaigns/contracts';
import { App, Form, Input, InputNumber, Modal } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ErrorNotice } from '../../components/refusal';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';

interface Values {
  count: number;
  reason: string;
}

/** Makes a batch of codes of one template, for whoever has them. The key stays until it is answered: asked twice, made once. */
export function BatchDialog({ templateId, onClose }: { templateId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const key = useRef(crypto.randomUUID());
  const make = useMutation({
    mutationFn: async (values: Values) => {
      const headers = { 'idempotency-key': key.current };
      return (await http.post<Issued>('/api/campaigns/coupon-batches', { templateId, ...values }, { headers })).data;
    },
    onSuccess: async ({ id, count }) => {
      await queries.invalidateQueries();
      void message.success(t('coupons.made', { number: count }));
      void navigate(`/coupon-issues/${id}`);
    },
    // Another number or reason is another act.
    onError: () => (key.current = crypto.randomUUID()),
  });
  return (
    <Modal
      open
      title={t('coupons.batchTitle')}
      okText={t('coupons.make')}
      cancelText={t('forms.cancel')}
      confirmLoading={make.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      {make.error && <ErrorNotice error={toApiError(make.error)} />}
      <p className="secondary">{t('coupons.batchText')}</p>
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ count: 100 }}
        onFinish={(values) => make.mutate(values)}
      >
        <Form.Item
          name="count"
          label={t('coupons.count')}
          rules={[{ required: true, message: t('coupons.countNeeded') }]}
        >
          <InputNumber min={1} max={MAX_BATCH} precision={0} controls={false} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('coupons.reason')}
          rules={[{ required: true, min: 2, message: t('coupons.reasonNeeded') }]}
        >
          <Input maxLength={200} placeholder={t('coupons.batchReasonHint')} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
