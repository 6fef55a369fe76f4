import { useMutation } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/refusal';
import { useMay } from '../../providers/access-control';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';

interface Values {
  pin: string;
  again: string;
  reason: string;
}

const SIX_DIGITS = /^\d{6}$/;

function PinDialog({ memberId, onClose }: { memberId: string; onClose(): void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const key = useRef<string>(crypto.randomUUID());
  const [form] = Form.useForm<Values>();
  const { mutate, error, isPending } = useMutation({
    mutationFn: ({ pin, reason }: Values) => {
      const headers = { 'idempotency-key': key.current };
      return http.post(`/api/cards/members/${memberId}/payment-pin`, { pin, reason: reason.trim() }, { headers });
    },
    onSuccess: () => {
      onClose();
      void message.success(t('members.cards.pin.done'));
    },
    onError: (failure) => {
      if (toApiError(failure).statusCode > 0) key.current = crypto.randomUUID();
    },
  });
  const password = { autoComplete: 'off', inputMode: 'numeric', maxLength: 6, size: 'large' } as const;
  return (
    <Modal
      open
      title={t('members.cards.pin.title')}
      okText={t('members.cards.pin.save')}
      cancelText={t('forms.cancel')}
      confirmLoading={isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="secondary">{t('members.cards.pin.text')}</p>
      {error && <ErrorNotice error={toApiError(error)} />}
      <Form form={form} layout="vertical" onFinish={mutate}>
        <Form.Item
          name="pin"
          label={t('members.cards.pin.pin')}
          rules={[{ required: true, pattern: SIX_DIGITS, message: t('members.cards.pin.sixDigits') }]}
        >
          <Input.Password {...password} />
        </Form.Item>
        <Form.Item
          name="again"
          label={t('members.cards.pin.again')}
          dependencies={['pin']}
          required
          rules={[
            ({ getFieldValue }) => ({
              validator: (_rule, value) =>
                value === getFieldValue('pin')
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('members.cards.pin.differs'))),
            }),
          ]}
        >
          <Input.Password {...password} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('members.cards.care.reason')}
          rules={[{ required: true, min: 2, whitespace: true, message: t('members.revealReasonMissing') }]}
        >
          <Input maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** The member chooses the PIN that stored value above the amount of the store is paid with. */
export function PinButton({ memberId, size = 'small' }: { memberId: string; size?: 'small' | 'large' }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  if (!useMay('cards.set-pin')) return null;
  return (
    <>
      <Button size={size} onClick={() => setOpen(true)}>
        {t('members.cards.pin.title')}
      </Button>
      {isOpen && <PinDialog memberId={memberId} onClose={() => setOpen(false)} />}
    </>
  );
}
