import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import type { Row } from '@tessera/backoffice/contracts';
import { Button, Card, Empty, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Amount } from '../../components/amount';
import { Instant } from '../../components/instant';
import { ErrorNotice } from '../../components/refusal';
import { useMay } from '../../providers/access-control';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { relationLabels } from '../../resources/schema';
import RecordPage from '../resources/record-page';

/** More are found in the list of all tier prices. */
const SHOWN = 200;

function usePrices(tierId: string) {
  return useQuery({
    queryKey: ['tier-prices', tierId],
    queryFn: async () => {
      const params = { tierId, _start: 0, _end: SHOWN, _sort: 'name', _order: 'asc' };
      return (await http.get<Row[]>('/api/backoffice/tier-prices', { params })).data;
    },
  });
}

function itemOf(row: Row): string {
  const field = (name: string) => relationLabels({ name, type: 'relation' }, row)[0];
  return field('product') ?? field('service') ?? String(row['name'] ?? '');
}

/** When an entry holds; and that it does not, where somebody switched it off. */
function When({ row }: { row: Row }) {
  const { t } = useTranslation();
  const [from, until] = [row['validFrom'], row['validUntil']] as (string | null)[];
  if (row['active'] !== true) return <>{t('members.tier.prices.off')}</>;
  if (!from && !until) return <>{t('members.tier.prices.always')}</>;
  return (
    <>
      {from && (
        <>
          {t('members.tier.prices.from')} <Instant iso={from} />{' '}
        </>
      )}
      {until && (
        <>
          {t('members.points.until')} <Instant iso={until} />
        </>
      )}
    </>
  );
}

function PriceList({ tier }: { tier: Row }) {
  const { t } = useTranslation();
  const mayAdd = useMay('tier-prices.create') && !tier.archived;
  const { data, error, isLoading } = usePrices(tier.id);
  const add = mayAdd && (
    <Link to={`/tier-prices/new?tierId=${tier.id}`}>
      <Button size="small" icon={<PlusOutlined />}>
        {t('members.tier.prices.add')}
      </Button>
    </Link>
  );
  return (
    <Card size="small" title={t('members.tier.prices.title')} extra={add} style={{ marginBottom: 16 }}>
      {error && <ErrorNotice error={toApiError(error)} />}
      <Table<Row>
        size="small"
        rowKey="id"
        loading={isLoading}
        dataSource={data ?? []}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        scroll={{ x: 'max-content' }}
        locale={{
          emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('members.tier.prices.none')} />,
        }}
        columns={[
          {
            key: 'item',
            title: t('members.tier.prices.item'),
            render: (_value, row) => <Link to={`/tier-prices/${row.id}`}>{itemOf(row)}</Link>,
          },
          {
            key: 'price',
            title: t('members.tier.prices.price'),
            align: 'right',
            render: (_value, row) => <Amount minor={Number(row['unitPrice'])} currency={String(row['currency'])} />,
          },
          { key: 'valid', title: t('members.tier.prices.valid'), render: (_value, row) => <When row={row} /> },
        ]}
      />
    </Card>
  );
}

function Prices({ tier }: { tier: Row }) {
  return useMay('tier-prices.view') ? <PriceList tier={tier} /> : null;
}

/** A tier: how it is reached, what it gives, and what items cost its members. */
export default function TierPage() {
  return <RecordPage name="tiers" extras={(row) => ({ below: <Prices tier={row} /> })} />;
}
