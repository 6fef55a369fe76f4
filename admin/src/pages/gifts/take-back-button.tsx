import { useMutation } from '@tanstack/react-query';
import type { GiftReturn } from '@tessera/points/contracts';
import { App, Button, Form, Input, Modal } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/refusal';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { randomUuid } from '../../till/effects/random-uuid';

interface TakeBackProps {
  handout: { id: string; number: string; points: number };
  /** At a till: it belongs to its shift. */
  tillId?: string;
  size?: 'large';
  onDone(): void | Promise<void>;
}

function TakeBackDialog({ handout, tillId, onDone, onClose }: TakeBackProps & { onClose(): void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const key = useRef(randomUuid());
  const [form] = Form.useForm<{ reason: string }>();
  const { mutate, error, isPending } = useMutation({
    mutationFn: async ({ reason }: { reason: string }) => {
      const body = { reason: reason.trim(), ...(tillId ? { tillId } : {}) };
      const headers = { 'idempotency-key': key.current };
      return (await http.post<GiftReturn>(`/api/points/gift-handouts/${handout.id}/returns`, body, { headers })).data;
    },
    onSuccess: async ({ points }) => {
      void message.success(t('gifts.tookBack', { points }));
      await onDone();
      onClose();
    },
    // Without an answer it may be done: the same key asks again. Another reason is another act.
    onError: (failure) => {
      if (toApiError(failure).statusCode !== 0) key.current = randomUuid();
    },
  });
  return (
    <Modal
      open
      title={t('gifts.takeBackTitle', { number: handout.number })}
      okText={t('gifts.takeBack')}
      okButtonProps={{ danger: true }}
      cancelText={t('forms.cancel')}
      confirmLoading={isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      {error && <ErrorNotice error={toApiError(error)} />}
      <p>{t('gifts.takeBackText', { points: handout.points })}</p>
      <Form form={form} layout="vertical" onFinish={(values: { reason: string }) => mutate(values)}>
        <Form.Item
          name="reason"
          label={t('gifts.reason')}
          rules={[{ required: true, min: 2, whitespace: true, message: t('gifts.reasonNeeded') }]}
        >
          <Input autoFocus maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Takes a gift back, with a reason that stands beside it. */
export function TakeBackButton(props: TakeBackProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { size } = props;
  return (
    <>
      <Button {...(size ? { size } : {})} onClick={() => setOpen(true)}>
        {t('gifts.takeBack')}
      </Button>
      {isOpen && <TakeBackDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
