import { useQuery } from '@tanstack/react-query';
import type { Row } from '@tessera/backoffice/contracts';
import type { Birthday } from '@tessera/members/contracts';
import { Empty, Select, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { formatDay } from '../../components/instant';
import { Page } from '../../components/page';
import { ErrorNotice } from '../../components/refusal';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { nameOf } from '../../providers/i18n';
import { useMe } from '../../providers/me';

const AHEAD = [0, 7, 14, 31, 62];
const ALL = '';

function useStores() {
  const { data = [] } = useQuery({
    queryKey: ['birthday-stores'],
    queryFn: async () => (await http.get<Row[]>('/api/backoffice/stores', { params: { _start: 0, _end: 100 } })).data,
    retry: false,
  });
  return data;
}

function Birthdays({ birthdays, isLoading }: { birthdays: Birthday[]; isLoading: boolean }) {
  const { t } = useTranslation();
  return (
    <Table<Birthday>
      size="small"
      rowKey="id"
      loading={isLoading}
      dataSource={birthdays}
      pagination={{ pageSize: 20, hideOnSinglePage: true }}
      scroll={{ x: 'max-content' }}
      locale={{
        emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('members.birthdays.none')} />,
      }}
      columns={[
        { key: 'day', title: t('members.birthdays.day'), render: (_value, { day }) => formatDay(day) },
        {
          key: 'member',
          title: t('members.birthdays.member'),
          render: (_value, { id, name, memberNo }) => <Link to={`/members/${id}`}>{name ?? memberNo}</Link>,
        },
        { key: 'memberNo', title: t('members.birthdays.memberNo'), dataIndex: 'memberNo' },
        { key: 'phone', title: t('members.birthdays.phone'), render: (_value, { phone }) => phone ?? '–' },
      ]}
    />
  );
}

/** Whose birthday is near: of one store, or of all where that may be seen. */
export default function BirthdaysPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const stores = useStores();
  const own = useMe()?.stores[0]?.id;
  const storeId = search.get('store') ?? own ?? ALL;
  const days = Number(search.get('days') ?? 14);
  const change = (more: Record<string, string>) =>
    setSearch({ store: storeId, days: String(days), ...more }, { replace: true });
  const { data, error, isLoading } = useQuery({
    queryKey: ['birthdays', storeId, days],
    queryFn: async () => {
      const params = { days, ...(storeId === ALL ? {} : { storeId }) };
      return (await http.get<Birthday[]>('/api/members/birthdays', { params })).data;
    },
  });
  const options = stores.map((store) => ({
    value: store.id,
    label: nameOf({ nameZh: String(store['nameZh']), nameEn: String(store['nameEn']) }),
  }));
  return (
    <Page title={t('screens.birthdays')}>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginBottom: 16 }}>
        <Select
          aria-label={t('members.birthdays.store')}
          style={{ minWidth: 180 }}
          value={storeId}
          options={[...options, { value: ALL, label: t('members.birthdays.allStores') }]}
          onChange={(store) => change({ store })}
        />
        <Select
          aria-label={t('members.birthdays.within')}
          style={{ minWidth: 180 }}
          value={days}
          options={AHEAD.map((ahead) => ({
            value: ahead,
            label: ahead === 0 ? t('members.birthdays.today') : t('members.birthdays.nextDays', { count: ahead }),
          }))}
          onChange={(ahead) => change({ days: String(ahead) })}
        />
      </div>
      {error ? <ErrorNotice error={toApiError(error)} /> : <Birthdays birthdays={data ?? []} isLoading={isLoading} />}
    </Page>
  );
}
