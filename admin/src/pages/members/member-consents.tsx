import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  CONSENT_CHANNELS,
  CONSENT_MEANS,
  type ConsentRequest,
  type MemberConsent,
  type MemberConsents,
} from '@tessera/members/contracts';
import { Button, Card, Empty, Form, Input, Modal, Radio, Select, Skeleton, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Instant } from '../../components/instant';
import { ErrorNotice } from '../../components/refusal';
import { useMay } from '../../providers/access-control';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { useMemberConsents } from './member-queries';

function ConsentDialog({ memberId, onClose }: { memberId: string; onClose(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [form] = Form.useForm<ConsentRequest>();
  const isGiven = Form.useWatch('isGiven', form) ?? true;
  const { mutate, error, isPending } = useMutation({
    mutationFn: ({ version, ...said }: ConsentRequest) =>
      http.post<MemberConsents>(`/api/members/${memberId}/consents`, { ...said, version: version?.trim() || null }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries();
    },
  });
  const options = (group: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`members.consents.${group}.${value}`) }));
  return (
    <Modal
      open
      title={t('members.consents.record')}
      okText={t('members.consents.save')}
      cancelText={t('forms.cancel')}
      confirmLoading={isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      {error && <ErrorNotice error={toApiError(error)} />}
      <Form
        form={form}
        layout="vertical"
        initialValues={{ channel: 'sms', isGiven: true, means: 'paper' }}
        onFinish={mutate}
      >
        <Form.Item name="channel" label={t('members.consents.channel')}>
          <Select options={options('channels', CONSENT_CHANNELS)} />
        </Form.Item>
        <Form.Item name="isGiven" label={t('members.consents.what')}>
          <Radio.Group>
            <Radio value={true}>{t('members.consents.given')}</Radio>
            <Radio value={false}>{t('members.consents.takenBack')}</Radio>
          </Radio.Group>
        </Form.Item>
        <Form.Item name="means" label={t('members.consents.how')}>
          <Select options={options('means', CONSENT_MEANS)} />
        </Form.Item>
        <Form.Item
          name="version"
          label={t('members.consents.version')}
          extra={t('members.consents.versionExample')}
          rules={[{ required: isGiven, whitespace: true, message: t('members.consents.versionMissing') }]}
        >
          <Input maxLength={32} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function History({ consents }: { consents: MemberConsents }) {
  const { t } = useTranslation();
  const standing = new Set(consents.standing.map(({ id }) => id));
  return (
    <Table<MemberConsent>
      size="small"
      rowKey="id"
      dataSource={consents.history}
      pagination={{ pageSize: 10, hideOnSinglePage: true }}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('members.consents.none')} /> }}
      columns={[
        {
          key: 'channel',
          title: t('members.consents.channel'),
          render: (_value, { channel }) => t(`members.consents.channels.${channel}`),
        },
        {
          key: 'what',
          title: t('members.consents.what'),
          render: (_value, { id, isGiven }) => {
            const text = t(isGiven ? 'members.consents.given' : 'members.consents.takenBack');
            return standing.has(id) ? <strong>{text}</strong> : text;
          },
        },
        {
          key: 'version',
          title: t('members.consents.version'),
          render: (_value, { version }) => version ?? '–',
        },
        {
          key: 'how',
          title: t('members.consents.how'),
          render: (_value, { means }) => (means ? t(`members.consents.means.${means}`, means) : '–'),
        },
        {
          key: 'when',
          title: t('members.points.when'),
          render: (_value, { occurredAt }) => <Instant iso={occurredAt} />,
        },
        {
          key: 'who',
          title: t('members.consents.who'),
          render: (_value, { staffName }) => staffName ?? t('members.consents.byProfile'),
        },
      ]}
    />
  );
}

/** What the member agreed to or took back, per channel; what holds now stands out. */
export function MemberConsentsCard({ memberId, isClosed }: { memberId: string; isClosed: boolean }) {
  const { t } = useTranslation();
  const mayRecord = useMay('members.record-consent') && !isClosed;
  const [isRecording, setRecording] = useState(false);
  const { data, error } = useMemberConsents(memberId);
  return (
    <Card
      size="small"
      title={t('members.consents.title')}
      style={{ marginBottom: 16 }}
      extra={
        mayRecord && (
          <Button size="small" onClick={() => setRecording(true)}>
            {t('members.consents.record')}
          </Button>
        )
      }
    >
      {error && <ErrorNotice error={toApiError(error)} />}
      {!data && !error && <Skeleton active />}
      {data && <History consents={data} />}
      {isRecording && <ConsentDialog memberId={memberId} onClose={() => setRecording(false)} />}
    </Card>
  );
}
