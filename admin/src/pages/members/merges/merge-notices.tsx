import { useInvalidate } from '@refinedev/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Row } from '@tessera/backoffice/contracts';
import type { MemberMerge } from '@tessera/members/contracts';
import { Alert, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Instant } from '../../../components/instant';
import { ErrorNotice } from '../../../components/refusal';
import { useMay } from '../../../providers/access-control';
import { toApiError } from '../../../providers/api-error';
import { http } from '../../../providers/http';
import { useMemberMerges } from '../member-queries';

function UndoDialog({ merge, onClose }: { merge: MemberMerge; onClose(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const invalidate = useInvalidate();
  const [form] = Form.useForm<{ reason: string }>();
  const { mutate, error, isPending } = useMutation({
    mutationFn: (values: { reason: string }) =>
      http.post(`/api/members/${merge.keptId}/merges/${merge.id}/undo`, { reason: values.reason.trim() }),
    onSuccess: async () => {
      onClose();
      await Promise.all([queries.invalidateQueries(), invalidate({ resource: 'members', invalidates: ['all'] })]);
    },
  });
  return (
    <Modal
      open
      title={t('members.merge.undo')}
      okText={t('members.merge.undo')}
      cancelText={t('forms.cancel')}
      confirmLoading={isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <p>{t('members.merge.undoText')}</p>
      {error && <ErrorNotice error={toApiError(error)} />}
      <Form form={form} layout="vertical" onFinish={mutate}>
        <Form.Item
          name="reason"
          label={t('members.merge.reason')}
          rules={[{ required: true, min: 2, whitespace: true, message: t('members.revealReasonMissing') }]}
        >
          <Input maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** One merge that stands, seen from either side. */
function Notice({ merge, memberId }: { merge: MemberMerge; memberId: string }) {
  const { t } = useTranslation();
  const [isUndoing, setUndoing] = useState(false);
  const isKept = merge.keptId === memberId;
  const isUndoable = useMay('members.merge') && Date.parse(merge.undoableUntil) > Date.now();
  const [otherId, otherNo] = isKept ? [merge.duplicateId, merge.duplicateNo] : [merge.keptId, merge.keptNo];
  return (
    <Alert
      type={isKept ? 'info' : 'warning'}
      showIcon
      style={{ marginBottom: 16 }}
      message={
        <Trans
          i18nKey={isKept ? 'members.merge.tookIn' : 'members.merge.mergedInto'}
          values={{ no: otherNo }}
          components={{ other: <Link to={`/members/${otherId}`} /> }}
        />
      }
      description={
        <>
          {t('members.points.byHand', { who: merge.staffName, reason: merge.reason })} ·{' '}
          <Instant iso={merge.mergedAt} />
          {isUndoable && (
            <div>
              {t('members.merge.undoableUntil')} <Instant iso={merge.undoableUntil} />
            </div>
          )}
        </>
      }
      action={
        isUndoable && (
          <>
            <Button size="small" onClick={() => setUndoing(true)}>
              {t('members.merge.undo')}
            </Button>
            {isUndoing && <UndoDialog merge={merge} onClose={() => setUndoing(false)} />}
          </>
        )
      }
    />
  );
}

/** What a reader has to know before he trusts the page: who this member is now, and whom he took in. */
export function MemberNotices({ member }: { member: Row }) {
  const { t } = useTranslation();
  const { data = [] } = useMemberMerges(member.id);
  const standing = data.filter(({ undone }) => undone === null);
  return (
    <>
      {member['status'] === 'anonymised' && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 16 }}
          message={t('members.forget.anonymised')}
          description={t('members.forget.anonymisedText')}
        />
      )}
      {standing.map((merge) => (
        <Notice key={merge.id} merge={merge} memberId={member.id} />
      ))}
    </>
  );
}
