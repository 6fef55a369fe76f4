import type { PointEntry } from '@tessera/points/contracts';
import { Button, Card, Empty, Skeleton, Statistic, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Instant } from '../../components/instant';
import { ErrorNotice } from '../../components/refusal';
import { useMay } from '../../providers/access-control';
import { toApiError } from '../../providers/api-error';
import { pick } from '../../providers/i18n';
import { useMemberPoints } from './member-queries';
import { PointsDialog } from './points-dialog';

/** What the points were given for, with its slip. */
function Gift({ gift }: { gift: NonNullable<PointEntry['gift']> }) {
  const { t } = useTranslation();
  const text = t('members.points.gift', { name: pick(gift.label), number: gift.number });
  return useMay('gift-handouts.view') ? <Link to={`/gift-handouts/${gift.handoutId}`}>{text}</Link> : <>{text}</>;
}

/** Which rule gave it, or which lots it came from; who did it by hand and why. */
function Why({ entry }: { entry: PointEntry }) {
  const { t } = useTranslation();
  return (
    <>
      {entry.memberNo && <div>{t('members.points.ofOther', { no: entry.memberNo })}</div>}
      {entry.gift && (
        <div>
          <Gift gift={entry.gift} />
        </div>
      )}
      {entry.gift && !entry.reason && <div>{t('members.points.handedBy', { who: entry.staffName ?? '' })}</div>}
      {entry.reason && <div>{t('members.points.byHand', { who: entry.staffName ?? '', reason: entry.reason })}</div>}
      {entry.parts.map(({ label, amount, expiresAt }, index) => (
        <div key={index}>
          {pick(label)} {amount > 0 ? `+${amount}` : amount}
          {expiresAt && (
            <div className="secondary">
              {t('members.points.until')} <Instant iso={expiresAt} />
            </div>
          )}
        </div>
      ))}
      {entry.transactionId && (
        <div>
          <Link to={`/transactions/${entry.transactionId}`}>{t('members.points.transaction')}</Link>
        </div>
      )}
    </>
  );
}

function Entries({ entries }: { entries: PointEntry[] }) {
  const { t } = useTranslation();
  return (
    <Table<PointEntry>
      size="small"
      rowKey={({ journalId, kind, memberNo }) => `${journalId}-${kind}-${memberNo}`}
      dataSource={entries}
      pagination={{ pageSize: 10, hideOnSinglePage: true }}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('members.points.none')} /> }}
      columns={[
        {
          key: 'when',
          title: t('members.points.when'),
          render: (_value, { occurredAt }) => <Instant iso={occurredAt} />,
        },
        {
          key: 'kind',
          title: t('members.points.what'),
          render: (_value, { kind }) => t(`members.points.kinds.${kind}`),
        },
        {
          key: 'amount',
          title: t('members.points.points'),
          align: 'right',
          render: (_value, { amount }) => (amount > 0 ? `+${amount}` : amount),
        },
        { key: 'after', title: t('members.points.after'), align: 'right', dataIndex: 'balanceAfter' },
        { key: 'why', title: t('members.points.why'), render: (_value, entry) => <Why entry={entry} /> },
      ]}
    />
  );
}

/** What the member has of points, and every entry behind it with its why. */
export function MemberPointsCard({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const { data, error } = useMemberPoints(memberId);
  const mayAdjust = useMay('points.adjust');
  const [isAdjusting, setAdjusting] = useState(false);
  return (
    <Card
      size="small"
      title={t('members.points.title')}
      style={{ marginBottom: 16 }}
      extra={
        mayAdjust && data ? (
          <Button size="small" onClick={() => setAdjusting(true)}>
            {t('members.points.adjust')}
          </Button>
        ) : null
      }
    >
      {isAdjusting && data && (
        <PointsDialog memberId={memberId} available={data.available} onClose={() => setAdjusting(false)} />
      )}
      {error && <ErrorNotice error={toApiError(error)} />}
      {!data && !error && <Skeleton active />}
      {data && (
        <>
          <div className="field-grid" style={{ marginBottom: 16 }}>
            <Statistic title={t('members.points.available')} value={data.available} />
            <Statistic title={t('members.points.pending')} value={data.pending} />
            <Statistic title={t('members.points.expiringSoon')} value={data.expiringSoon} />
            {data.debt > 0 && <Statistic title={t('members.points.debt')} value={data.debt} />}
          </div>
          <Entries entries={data.entries} />
        </>
      )}
    </Card>
  );
}
