import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MemberTier } from '@tessera/members/contracts';
import { DatePicker, Form, Input, Modal } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useTimeZone } from '../../components/instant';
import { ErrorNotice } from '../../components/refusal';
import { SelectField } from '../../components/select-field';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { pick } from '../../providers/i18n';
import { inZone } from '../resources/zoned-time';

/** Takes back what was given. */
const NONE = '-';

interface Values {
  tier: string;
  until?: Dayjs | null;
  reason: string;
}

interface TierRow {
  id: string;
  code: string;
  nameZh: string;
  nameEn: string;
  active: boolean;
}

function useTiers() {
  return useQuery({
    queryKey: ['tiers-to-give'],
    queryFn: async () => {
      const params = { _start: 0, _end: 50, _sort: 'rank', _order: 'asc' };
      return (await http.get<TierRow[]>('/api/backoffice/tiers', { params })).data.filter(({ active }) => active);
    },
  });
}

/** Gives a tier by hand, for a time and with a reason; or takes back what was given. */
export function TierDialog({ memberId, onClose }: { memberId: string; onClose(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const timeZone = useTimeZone();
  const [form] = Form.useForm<Values>();
  const { data: tiers = [], error: unread } = useTiers();
  const { mutate, error, isPending } = useMutation({
    mutationFn: ({ tier, until, reason }: Values) =>
      http.post<MemberTier>(`/api/members/${memberId}/tier`, {
        tier: tier === NONE ? null : tier,
        until: tier !== NONE && until ? inZone(until.add(1, 'day').format('YYYY-MM-DDT00:00:00'), timeZone) : null,
        reason: reason.trim(),
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['member-tier', memberId] });
      onClose();
    },
  });
  const failure = error ?? unread;
  return (
    <Modal
      open
      title={t('members.tier.assign')}
      okText={t('members.tier.save')}
      cancelText={t('forms.cancel')}
      confirmLoading={isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <p className="secondary">{t('members.tier.assignText')}</p>
      {failure && <ErrorNotice error={toApiError(failure)} />}
      <Form form={form} layout="vertical" onFinish={mutate}>
        <Form.Item
          name="tier"
          label={t('members.tier.title')}
          rules={[{ required: true, type: 'string', message: t('fields.choose') }]}
        >
          <SelectField
            options={[
              ...tiers.map(({ code, nameZh, nameEn }) => ({ value: code, label: pick({ zh: nameZh, en: nameEn }) })),
              { value: NONE, label: t('members.tier.takeBack') },
            ]}
          />
        </Form.Item>
        <Form.Item name="until" label={t('members.tier.lastDay')}>
          <DatePicker style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('members.tier.reason')}
          rules={[{ required: true, min: 2, whitespace: true, message: t('members.revealReasonMissing') }]}
        >
          <Input.TextArea maxLength={200} rows={2} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
