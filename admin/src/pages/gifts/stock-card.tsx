import type { Row } from '@tessera/backoffice/contracts';
import { Card, Empty, Skeleton, Statistic, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Instant } from '../../components/instant';
import { ErrorNotice } from '../../components/refusal';
import { StatusTag } from '../../components/status-tag';
import { useMay } from '../../providers/access-control';
import { toApiError } from '../../providers/api-error';
import { useRelationNames } from '../resources/use-relation-names';
import { useGiftMoves, useGiftStock } from './stock-queries';

const text = (value: unknown) => (value === null || value === undefined ? '' : String(value));

/** Names of the stores in these rows. */
function useStoreNames(rows: readonly Row[]): (row: Row) => string {
  const ids = [...new Set(rows.map((row) => text(row['storeId'])))].sort();
  const names = new Map(useRelationNames('stores', ids).map(({ value, label }) => [value, label]));
  return (row) => names.get(text(row['storeId'])) ?? '';
}

/** Who did it, and why or under which slip. */
function Why({ move }: { move: Row }) {
  const { t } = useTranslation();
  const who = text(move['staffName']);
  const reason = text(move['reason'] ?? move['number']);
  return <>{reason ? t('members.points.byHand', { who, reason }) : who}</>;
}

function Moves({ moves }: { moves: Row[] }) {
  const { t } = useTranslation();
  const storeOf = useStoreNames(moves);
  return (
    <Table<Row>
      size="small"
      rowKey="id"
      dataSource={moves}
      pagination={{ pageSize: 5, hideOnSinglePage: true }}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('gifts.noStock')} /> }}
      columns={[
        {
          key: 'when',
          title: t('gifts.when'),
          render: (_value, row) => (
            <>
              <Instant iso={text(row['occurredAt'])} />
              <div className="secondary">{storeOf(row)}</div>
            </>
          ),
        },
        { key: 'what', title: t('gifts.what'), render: (_value, row) => <StatusTag status={text(row['kind'])} /> },
        {
          key: 'pieces',
          width: 80,
          title: t('gifts.pieces'),
          align: 'right',
          render: (_value, row) => (Number(row['quantity']) > 0 ? `+${text(row['quantity'])}` : text(row['quantity'])),
        },
        { key: 'why', title: t('gifts.why'), render: (_value, row) => <Why move={row} /> },
      ]}
    />
  );
}

/** What each store has of a gift, and every movement behind it. */
export function StockCard({ giftId, isCounted }: { giftId: string; isCounted: boolean }) {
  const { t } = useTranslation();
  const maySee = useMay('gift-stock.view');
  const stock = useGiftStock(giftId, maySee);
  const moves = useGiftMoves(giftId, maySee);
  const storeOf = useStoreNames(stock.data ?? []);
  if (!maySee) return null;
  const error = stock.error ?? moves.error;
  return (
    <Card size="small" title={t('gifts.stockTitle')} style={{ marginBottom: 16 }}>
      {error && <ErrorNotice error={toApiError(error)} />}
      {!isCounted && <p className="secondary">{t('gifts.notCounted')}</p>}
      {!moves.data && !error && <Skeleton active />}
      {(stock.data ?? []).length > 0 && (
        <div className="field-grid" style={{ marginBottom: 16 }}>
          {stock.data?.map((row) => (
            <Statistic key={row.id} title={storeOf(row)} value={Number(row['quantity'])} />
          ))}
        </div>
      )}
      {moves.data && (isCounted || moves.data.length > 0) && <Moves moves={moves.data} />}
    </Card>
  );
}
