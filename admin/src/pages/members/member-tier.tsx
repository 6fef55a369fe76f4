import { useQuery } from '@tanstack/react-query';
import type { MemberTier } from '@tessera/members/contracts';
import { Button, Card, Empty, Skeleton, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatDay, Instant } from '../../components/instant';
import { formatMoney, formatRate } from '../../components/money';
import { ErrorNotice } from '../../components/refusal';
import { useMay } from '../../providers/access-control';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { pick } from '../../providers/i18n';
import { TierDialog } from './tier-dialog';

type Entry = MemberTier['history'][number];

/** Which tier, why, until when, and what it gives. */
function Current({ current }: { current: MemberTier['current'] }) {
  const { t } = useTranslation();
  if (!current) return <p>{t('members.tier.noTier')}</p>;
  const { label, colour, because, holdsUntil, discountRate } = current;
  return (
    <>
      <p>
        <Tag style={{ borderColor: colour }}>{pick(label)}</Tag>
        {t(`members.tier.because.${because}`)}
        {holdsUntil && ` · ${t('members.tier.holdsUntil', { day: formatDay(holdsUntil) })}`}
      </p>
      <p className="secondary">{discountRate > 0 && t('members.tier.discount', { rate: formatRate(discountRate) })}</p>
    </>
  );
}

function Next({ next }: { next: NonNullable<MemberTier['next']> }) {
  const { t } = useTranslation();
  const amountOf = (measure: string, amount: number) =>
    measure === 'spend' || measure === 'topUp' ? formatMoney(amount, next.currency) : String(amount);
  const ways = next.missing.map(({ measure, missing, has, needs }) =>
    t(`members.tier.missing.${measure}`, {
      missing: amountOf(measure, missing),
      has: amountOf(measure, has),
      needs: amountOf(measure, needs),
    }),
  );
  return (
    <p>
      {t('members.tier.next', { tier: pick(next.label), ways: ways.join(t('members.tier.or')) })}
      {next.by && ` ${t('members.tier.by', { day: formatDay(next.by) })}`}
    </p>
  );
}

function Why({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  return (
    <>
      {entry.reason && t('members.points.byHand', { who: entry.staffName ?? '', reason: entry.reason })}
      {entry.holdsUntil && (
        <>
          {' · '}
          {t('members.points.until')} <Instant iso={entry.holdsUntil} />
        </>
      )}
      {entry.transactionId && (
        <Link to={`/transactions/${entry.transactionId}`}>{t('members.points.transaction')}</Link>
      )}
    </>
  );
}

function History({ entries }: { entries: Entry[] }) {
  const { t } = useTranslation();
  const nameOf = ({ tier, label }: Entry) => (tier === null ? t('members.tier.none') : label ? pick(label) : tier);
  return (
    <Table<Entry>
      size="small"
      rowKey="id"
      dataSource={entries}
      pagination={{ pageSize: 5, hideOnSinglePage: true }}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('members.tier.noHistory')} /> }}
      columns={[
        { key: 'when', title: t('members.points.when'), render: (_value, entry) => <Instant iso={entry.occurredAt} /> },
        {
          key: 'cause',
          title: t('members.points.what'),
          render: (_value, entry) => t(`members.tier.causes.${entry.cause}`),
        },
        { key: 'tier', title: t('members.tier.title'), render: (_value, entry) => nameOf(entry) },
        { key: 'why', title: t('members.points.why'), render: (_value, entry) => <Why entry={entry} /> },
      ]}
    />
  );
}

/** The member's tier, what is missing to the next, and every change of it with its why. */
export function MemberTierCard({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const mayAssign = useMay('tiers.assign');
  const [isAssigning, setIsAssigning] = useState(false);
  const { data, error } = useQuery({
    queryKey: ['member-tier', memberId],
    queryFn: async () => (await http.get<MemberTier>(`/api/members/${memberId}/tier`)).data,
  });
  return (
    <Card
      size="small"
      title={t('members.tier.title')}
      style={{ marginBottom: 16 }}
      extra={
        mayAssign && (
          <Button size="small" onClick={() => setIsAssigning(true)}>
            {t('members.tier.assign')}
          </Button>
        )
      }
    >
      {error && <ErrorNotice error={toApiError(error)} />}
      {!data && !error && <Skeleton active />}
      {data && (
        <>
          <Current current={data.current} />
          {data.next && <Next next={data.next} />}
          <History entries={data.history} />
        </>
      )}
      {isAssigning && <TierDialog memberId={memberId} onClose={() => setIsAssigning(false)} />}
    </Card>
  );
}
