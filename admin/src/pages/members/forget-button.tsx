import { UserDeleteOutlined } from '@ant-design/icons';
import { useInvalidate } from '@refinedev/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Row } from '@tessera/backoffice/contracts';
import type { MemberBalance } from '@tessera/members/contracts';
import { Alert, Button, Checkbox, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '../../components/amount';
import { ErrorNotice } from '../../components/refusal';
import { useMay } from '../../providers/access-control';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { pick } from '../../providers/i18n';

interface Values {
  reason: string;
  isLeft?: boolean;
  isSure: boolean;
}

/** What is left on the membership, as the refusal lists it. */
function Left({ balances }: { balances: readonly MemberBalance[] }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 16 }}
      message={t('members.forget.left')}
      description={balances.map(({ code, label, amount, currency }) => (
        <div key={`${code} ${currency}`}>
          {pick(label)}: {currency ? <Amount minor={amount} currency={currency} /> : amount}
        </div>
      ))}
    />
  );
}

function ForgetDialog({ member, onClose }: { member: Row; onClose(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const invalidate = useInvalidate();
  const [form] = Form.useForm<Values>();
  const { mutate, error, isPending } = useMutation({
    mutationFn: ({ reason, isLeft }: Values) =>
      http.post(`/api/members/${member.id}/anonymisation`, {
        reason: reason.trim(),
        ...(isLeft ? { balances: 'leave' } : {}),
      }),
    onSuccess: async () => {
      onClose();
      await Promise.all([queries.invalidateQueries(), invalidate({ resource: 'members', invalidates: ['all'] })]);
    },
  });
  const failure = error ? toApiError(error) : null;
  const left =
    failure?.code === 'member_has_balances' ? (failure.details as { balances: MemberBalance[] }).balances : null;
  return (
    <Modal
      open
      title={t('members.forget.title', { no: member['memberNo'] })}
      okText={t('members.forget.forget')}
      okButtonProps={{ danger: true }}
      cancelText={t('forms.cancel')}
      confirmLoading={isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Alert type="error" showIcon style={{ marginBottom: 16 }} message={t('members.forget.final')} />
      <p>{t('members.forget.text')}</p>
      {left && <Left balances={left} />}
      {failure && !left && <ErrorNotice error={failure} />}
      <Form form={form} layout="vertical" onFinish={mutate}>
        <Form.Item
          name="reason"
          label={t('members.merge.reason')}
          rules={[{ required: true, min: 2, whitespace: true, message: t('members.revealReasonMissing') }]}
        >
          <Input maxLength={200} autoFocus />
        </Form.Item>
        {left && (
          <Form.Item name="isLeft" valuePropName="checked">
            <Checkbox>{t('members.forget.leave')}</Checkbox>
          </Form.Item>
        )}
        <Form.Item
          name="isSure"
          valuePropName="checked"
          rules={[
            {
              validator: async (_rule, isSure) =>
                isSure ? undefined : Promise.reject(new Error(t('members.forget.notSure'))),
            },
          ]}
        >
          <Checkbox>{t('members.forget.sure')}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Anonymises a member who asked for it; says plainly that there is no way back. */
export function ForgetButton({ member }: { member: Row }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const mayForget = useMay('members.anonymise');
  if (!mayForget || ['merged', 'anonymised'].includes(String(member['status']))) return null;
  return (
    <>
      <Button danger icon={<UserDeleteOutlined />} onClick={() => setOpen(true)}>
        {t('members.forget.open')}
      </Button>
      {isOpen && <ForgetDialog member={member} onClose={() => setOpen(false)} />}
    </>
  );
}
