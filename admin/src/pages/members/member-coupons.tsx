import { GiftOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { spelledCouponCode, type MemberCoupon } from '@tessera/campaigns/contracts';
import type { Row } from '@tessera/backoffice/contracts';
import { App, Button, Card, Empty, Form, Input, Modal, Skeleton, Table } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Amount } from '../../components/amount';
import { Instant } from '../../components/instant';
import { ErrorNotice } from '../../components/refusal';
import { SelectField } from '../../components/select-field';
import { StatusTag } from '../../components/status-tag';
import { useMay } from '../../providers/access-control';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { nameOf, pick } from '../../providers/i18n';
import { VoidButton } from '../coupons/void-button';

interface Gift {
  templateId: string;
  reason: string;
}

function useTemplates() {
  return useQuery({
    queryKey: ['coupon-templates', 'active'],
    queryFn: async () =>
      (await http.get<Row[]>('/api/backoffice/coupon-templates', { params: { active: true, _start: 0, _end: 100 } }))
        .data,
  });
}

function GiveDialog({ memberId, onClose }: { memberId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { data: templates = [] } = useTemplates();
  const [form] = Form.useForm<Gift>();
  const key = useRef(crypto.randomUUID());
  const give = useMutation({
    mutationFn: async (gift: Gift) => {
      const headers = { 'idempotency-key': key.current };
      await http.post('/api/campaigns/coupon-issues', { ...gift, memberIds: [memberId] }, { headers });
    },
    onSuccess: async () => {
      void message.success(t('coupons.given'));
      onClose();
      await queries.invalidateQueries({ queryKey: ['member-coupons', memberId] });
    },
    onError: () => (key.current = crypto.randomUUID()),
  });
  const options = templates.map((template) => ({
    value: template.id,
    label: nameOf({ nameZh: String(template['nameZh']), nameEn: String(template['nameEn']) }),
  }));
  return (
    <Modal
      open
      title={t('coupons.give')}
      okText={t('coupons.give')}
      cancelText={t('forms.cancel')}
      confirmLoading={give.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      {give.error && <ErrorNotice error={toApiError(give.error)} />}
      <Form<Gift> form={form} layout="vertical" onFinish={(gift) => give.mutate(gift)}>
        <Form.Item
          name="templateId"
          label={t('coupons.template')}
          rules={[{ required: true, message: t('coupons.templateNeeded') }]}
        >
          <SelectField options={options} placeholder={t('fields.choose')} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('coupons.reason')}
          rules={[{ required: true, min: 2, message: t('coupons.reasonNeeded') }]}
        >
          <Input maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function GiveButton({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const mayIssue = useMay('coupons.issue');
  if (!useMay('coupon-templates.view') || !mayIssue) return null;
  return (
    <>
      <Button size="small" icon={<GiftOutlined />} onClick={() => setOpen(true)}>
        {t('coupons.give')}
      </Button>
      {isOpen && <GiveDialog memberId={memberId} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Everything that happened to a coupon, the newest first. */
function Story({ coupon }: { coupon: MemberCoupon }) {
  const { t } = useTranslation();
  return (
    <>
      {coupon.entries.map(({ kind, occurredAt, staffName, reason, transactionId, amount }, index) => (
        <div key={index}>
          {t(`coupons.story.${kind}`)} <Instant iso={occurredAt} />{' '}
          <span className="secondary">{[staffName, reason].filter(Boolean).join(' · ')}</span>
          {amount !== null && (
            <>
              {' '}
              <Amount minor={-amount} currency={coupon.currency} />
            </>
          )}
          {transactionId && (
            <>
              {' '}
              <Link to={`/transactions/${transactionId}`}>{t('members.points.transaction')}</Link>
            </>
          )}
        </div>
      ))}
    </>
  );
}

function Coupons({ coupons }: { coupons: MemberCoupon[] }) {
  const { t } = useTranslation();
  return (
    <Table<MemberCoupon>
      size="small"
      rowKey="id"
      dataSource={coupons}
      pagination={{ pageSize: 10, hideOnSinglePage: true }}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('coupons.none')} /> }}
      expandable={{ expandedRowRender: (coupon) => <Story coupon={coupon} /> }}
      columns={[
        { key: 'name', title: t('coupons.coupon'), render: (_value, { label }) => pick(label) },
        {
          key: 'code',
          title: t('coupons.code'),
          render: (_value, { code }) => (code.startsWith('…') ? code : spelledCouponCode(code)),
        },
        { key: 'status', title: t('coupons.status'), render: (_value, { status }) => <StatusTag status={status} /> },
        {
          key: 'until',
          title: t('coupons.until'),
          render: (_value, { validUntil }) => (validUntil ? <Instant iso={validUntil} /> : '–'),
        },
        {
          key: 'void',
          render: (_value, { id, status }) =>
            ['usable', 'upcoming'].includes(status) && (
              <VoidButton of={`coupons/${id}`} label={t('coupons.void')} text={t('coupons.voidText')} size="small" />
            ),
        },
      ]}
    />
  );
}

/** The member's coupons, those that can be used first, each with its story. */
export function MemberCouponsCard({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const { data, error } = useQuery({
    queryKey: ['member-coupons', memberId],
    queryFn: async () => (await http.get<MemberCoupon[]>(`/api/campaigns/members/${memberId}/coupons`)).data,
  });
  return (
    <Card
      size="small"
      title={t('coupons.title')}
      extra={<GiveButton memberId={memberId} />}
      style={{ marginBottom: 16 }}
    >
      {error && <ErrorNotice error={toApiError(error)} />}
      {!data && !error && <Skeleton active />}
      {data && <Coupons coupons={data} />}
    </Card>
  );
}
