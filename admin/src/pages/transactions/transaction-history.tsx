import { useList } from '@refinedev/core';
import type { Row } from '@tessera/backoffice/contracts';
import { Empty, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { FieldValue } from '../../components/field-value';
import { ErrorNotice } from '../../components/refusal';
import { toApiError, type ApiError } from '../../providers/api-error';
import { pick } from '../../providers/i18n';
import { keyOf, useResource } from '../../resources/schema';

const COLUMNS: readonly string[] = ['number', 'occurredAt', 'kind', 'storeId', 'payable', 'total', 'amount'];
const PAGE = 10;

/** What one person bought, under any of his numbers, newest first. */
export function TransactionHistory({ memberIds }: { memberIds: readonly string[] }) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const resource = useResource('transactions');
  const { result, query } = useList<Row, ApiError>({
    resource: 'transactions',
    filters: [{ field: 'memberId', operator: 'eq', value: memberIds }],
    sorters: [{ field: 'occurredAt', order: 'desc' }],
    pagination: { currentPage: page, pageSize: PAGE },
    errorNotification: false,
  });
  if (query.isError) return <ErrorNotice error={toApiError(query.error)} />;
  const fields = (resource?.fields ?? []).filter((field) => COLUMNS.includes(keyOf(field)));
  return (
    <Table<Row>
      size="small"
      rowKey="id"
      loading={query.isLoading}
      dataSource={result.data}
      scroll={{ x: 'max-content' }}
      locale={{
        emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('members.noHistory')} />,
      }}
      pagination={{
        current: page,
        pageSize: PAGE,
        total: result.total ?? 0,
        onChange: setPage,
        hideOnSinglePage: true,
      }}
      columns={fields.map((field, index) => ({
        key: field.name,
        title: pick(field.label),
        align: field.type === 'integer' ? ('right' as const) : undefined,
        render: (_value: unknown, row: Row) =>
          index === 0 ? (
            <Link to={`/transactions/${row.id}`}>
              <FieldValue field={field} row={row} />
            </Link>
          ) : (
            <FieldValue field={field} row={row} />
          ),
      }))}
    />
  );
}
