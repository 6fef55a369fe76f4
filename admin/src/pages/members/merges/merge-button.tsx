import { MergeCellsOutlined, SwapOutlined } from '@ant-design/icons';
import { useInvalidate } from '@refinedev/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Resource, Row } from '@tessera/backoffice/contracts';
import type { MemberHit, MergeAnswer } from '@tessera/members/contracts';
import { App, Button, Form, Input, Modal, type FormInstance } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ErrorNotice } from '../../../components/refusal';
import { useMay } from '../../../providers/access-control';
import { toApiError } from '../../../providers/api-error';
import { http } from '../../../providers/http';
import { FindMember } from './find-member';
import { MergePreviewTables, type MergeField } from './merge-preview';

function useMerge(onMerged: (merge: MergeAnswer) => void) {
  const queries = useQueryClient();
  const invalidate = useInvalidate();
  const key = useRef(crypto.randomUUID());
  return useMutation({
    mutationFn: async ({
      keptId,
      ...body
    }: {
      keptId: string;
      duplicateId: string;
      fields: MergeField[];
      reason: string;
    }) => {
      const headers = { 'idempotency-key': key.current };
      return (await http.post<MergeAnswer>(`/api/members/${keptId}/merges`, body, { headers })).data;
    },
    onSuccess: async (merge) => {
      onMerged(merge);
      // The duplicate as it was before must not be shown, not even until its page has asked anew.
      queries.removeQueries({ type: 'inactive' });
      await Promise.all([queries.invalidateQueries(), invalidate({ resource: 'members', invalidates: ['all'] })]);
    },
    onError: () => (key.current = crypto.randomUUID()),
  });
}

function ReasonForm({ form, onFinish }: { form: FormInstance<{ reason: string }>; onFinish(reason: string): void }) {
  const { t } = useTranslation();
  return (
    <Form
      form={form}
      layout="vertical"
      style={{ marginTop: 16 }}
      onFinish={({ reason }: { reason: string }) => onFinish(reason.trim())}
    >
      <Form.Item
        name="reason"
        label={t('members.merge.reason')}
        rules={[{ required: true, min: 2, whitespace: true, message: t('members.revealReasonMissing') }]}
      >
        <Input maxLength={200} />
      </Form.Item>
    </Form>
  );
}

function MergeDialog({ member, resource, onClose }: { member: Row; resource: Resource; onClose(): void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [other, setOther] = useState<MemberHit>();
  const [isSwapped, setSwapped] = useState(false);
  const [taken, setTaken] = useState<MergeField[]>([]);
  const [form] = Form.useForm<{ reason: string }>();
  const { mutate, error, isPending } = useMerge(({ keptId }) => {
    void message.success(t('members.merge.done'));
    onClose();
    void navigate(`/members/${keptId}`);
  });
  const [keptId, duplicateId] = isSwapped ? [other?.id ?? '', member.id] : [member.id, other?.id ?? ''];
  return (
    <Modal
      open
      width={880}
      title={t('members.merge.title', { no: member['memberNo'] })}
      okText={t('members.merge.merge')}
      okButtonProps={{ danger: true, disabled: !other }}
      cancelText={t('forms.cancel')}
      confirmLoading={isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      {!other && (
        <>
          <p>{t('members.merge.text')}</p>
          <FindMember exceptId={member.id} onFound={setOther} />
        </>
      )}
      {other && (
        <>
          <p>
            {/* Takes the focus of the search, or Esc would reach nobody. */}
            <Button
              autoFocus
              icon={<SwapOutlined />}
              onClick={() => {
                setSwapped(!isSwapped);
                setTaken([]);
              }}
            >
              {t('members.merge.swap')}
            </Button>{' '}
            <Button type="link" onClick={() => setOther(undefined)}>
              {t('members.merge.another')}
            </Button>
          </p>
          <MergePreviewTables {...{ resource, keptId, duplicateId, taken }} onTake={setTaken} />
          {error && <ErrorNotice error={toApiError(error)} />}
          <ReasonForm form={form} onFinish={(reason) => mutate({ keptId, duplicateId, fields: taken, reason })} />
        </>
      )}
    </Modal>
  );
}

/** "Merge with…": makes one member out of this one and a duplicate. */
export function MergeButton({ member, resource }: { member: Row; resource: Resource }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const isPossible = member['status'] === 'active' && member['archived'] !== true;
  const mayMerge = useMay('members.merge');
  const mayFind = useMay('members.lookup');
  if (!mayMerge || !mayFind || !isPossible) return null;
  return (
    <>
      <Button icon={<MergeCellsOutlined />} onClick={() => setOpen(true)}>
        {t('members.merge.open')}
      </Button>
      {isOpen && <MergeDialog member={member} resource={resource} onClose={() => setOpen(false)} />}
    </>
  );
}
