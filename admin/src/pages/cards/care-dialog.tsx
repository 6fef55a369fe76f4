import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CareReply } from '@tessera/cards/contracts';
import type { CareKind } from '@tessera/cards/domain';
import { Alert, Form, Input, InputNumber, Modal } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/refusal';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { MemberSelect } from './member-select';

/** What is to be done with which card; of an extension, with which lot. */
export interface CareWanted {
  kind: CareKind;
  card: { id: string; number: string };
  lot?: { id: string; name: string };
}

interface Values {
  reason: string;
  days?: number;
  memberId?: string;
}

/** One act upon a card, with its reason; says first what it means. Sent again under the same key until it is answered. */
export function CareDialog({ wanted, onClose }: { wanted: CareWanted; onClose(reply?: CareReply): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const key = useRef<string>(crypto.randomUUID());
  const [form] = Form.useForm<Values>();
  const { kind, card, lot } = wanted;
  const { mutate, error, isPending } = useMutation({
    mutationFn: async ({ reason, ...values }: Values) => {
      const body = { reason: reason.trim(), ...values, ...(lot ? { lotId: lot.id } : {}) };
      const headers = { 'idempotency-key': key.current };
      return (await http.post<CareReply>(`/api/cards/${card.id}/${kind}`, body, { headers })).data;
    },
    onSuccess: async (reply) => {
      onClose(reply);
      await queries.invalidateQueries();
    },
    // another answer than none: the next attempt is another act
    onError: (failure) => {
      if (toApiError(failure).statusCode > 0) key.current = crypto.randomUUID();
    },
  });
  const act = t(`members.cards.acts.${kind}`);
  return (
    <Modal
      open
      title={t('members.cards.care.title', { act, number: card.number.slice(-4) })}
      okText={act}
      okButtonProps={{ danger: kind === 'report-lost' || kind === 'transfer' }}
      cancelText={t('forms.cancel')}
      confirmLoading={isPending}
      onOk={() => form.submit()}
      onCancel={() => onClose()}
    >
      <p className="secondary">{t(`members.cards.care.${kind}`, { name: lot?.name ?? '' })}</p>
      {error && <ErrorNotice error={toApiError(error)} />}
      <Form form={form} layout="vertical" onFinish={mutate} initialValues={kind === 'extend' ? { days: 30 } : {}}>
        {kind === 'extend' && (
          <Form.Item
            name="days"
            label={t('members.cards.care.days')}
            rules={[{ required: true, message: t('members.cards.care.daysNeeded') }]}
          >
            <InputNumber min={1} max={3660} precision={0} controls={false} style={{ width: '100%' }} />
          </Form.Item>
        )}
        {(kind === 'transfer' || kind === 'share' || kind === 'unshare') && (
          <Form.Item
            name="memberId"
            label={t('members.cards.care.receiver')}
            rules={[{ required: true, message: t('members.cards.care.receiverNeeded') }]}
          >
            <MemberSelect />
          </Form.Item>
        )}
        <Form.Item
          name="reason"
          label={t('members.cards.care.reason')}
          rules={[{ required: true, min: 2, whitespace: true, message: t('members.revealReasonMissing') }]}
        >
          <Input.TextArea maxLength={200} rows={2} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** What was done, and of a replaced card the number that holds from now on. */
export function CareDone({ reply }: { reply: CareReply }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="success"
      showIcon
      style={{ marginBottom: 8 }}
      message={t(`members.cards.done.${reply.kind}`, { number: reply.number })}
    />
  );
}
