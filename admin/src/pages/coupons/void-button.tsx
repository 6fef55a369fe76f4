import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Voided } from '@tessera/campaigns/contracts';
import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/refusal';
import { useMay } from '../../providers/access-control';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';

interface VoidButtonProps {
  /** `coupons/<id>` or `coupon-issues/<id>`. */
  of: string;
  label: string;
  text: string;
  size?: 'small';
}

/** Ends coupons that were not used, with a reason that stands beside them. */
export function VoidButton({ of, label, text, size }: VoidButtonProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [form] = Form.useForm<{ reason: string }>();
  const end = useMutation({
    mutationFn: async (values: { reason: string }) =>
      (await http.post<Voided>(`/api/campaigns/${of}/void`, values)).data,
    onSuccess: async ({ voided }) => {
      setOpen(false);
      void message.success(t('coupons.voided', { number: voided }));
      await queries.invalidateQueries();
    },
  });
  if (!useMay('coupons.void')) return null;
  return (
    <>
      <Button danger {...(size ? { size } : {})} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal
        open={isOpen}
        title={label}
        okText={label}
        okButtonProps={{ danger: true }}
        cancelText={t('forms.cancel')}
        confirmLoading={end.isPending}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        {end.error && <ErrorNotice error={toApiError(end.error)} />}
        <p>{text}</p>
        <Form form={form} layout="vertical" onFinish={(values: { reason: string }) => end.mutate(values)}>
          <Form.Item
            name="reason"
            label={t('coupons.reason')}
            rules={[{ required: true, min: 2, message: t('coupons.reasonNeeded') }]}
          >
            <Input maxLength={200} />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}
