import { PlusOutlined } from '@ant-design/icons';
import { useTable } from '@refinedev/antd';
import type { CrudFilters } from '@refinedev/core';
import type { Resource, Row } from '@tessera/backoffice/contracts';
import { Button, Empty } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { Loading } from '../../components/loading';
import { Page } from '../../components/page';
import { ErrorNotice, RefusedScreen } from '../../components/refusal';
import { useShortcut } from '../../components/use-shortcut';
import { useMay } from '../../providers/access-control';
import { toApiError } from '../../providers/api-error';
import { useResource } from '../../resources/schema';
import { ExportButton } from './export-button';
import { ListBar } from './list-bar';
import { RowDrawer } from './row-drawer';
import { RowTable } from './row-table';
import { useColumns } from './use-columns';

/** N opens the form for a new one, where the person may make one. */
function useCreateKey(resource: Resource): void {
  const navigate = useNavigate();
  const isOn = useMay(`${resource.permission}.create`) && resource.isEditable;
  const run = () => void navigate(`/${resource.resource}/new`);
  useShortcut({ key: 'n', keys: ['N'], label: 'create', isOn, run });
}

function CreateButton({ resource }: { resource: Resource }) {
  const { t } = useTranslation();
  const mayCreate = useMay(`${resource.permission}.create`);
  if (!resource.isEditable || !mayCreate) return null;
  return (
    <Link to={`/${resource.resource}/new`}>
      <Button type="primary" icon={<PlusOutlined />}>
        {t(`lists.create.${resource.resource}`)}
      </Button>
    </Link>
  );
}

function EmptyList({
  resource,
  isFiltered,
  onClear,
}: {
  resource: Resource;
  isFiltered: boolean;
  onClear: () => void;
}) {
  const { t } = useTranslation();
  if (isFiltered) {
    return (
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('lists.nothingMatches')}>
        <Button onClick={onClear}>{t('lists.clearFilters')}</Button>
      </Empty>
    );
  }
  return (
    <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(`lists.empty.${resource.resource}`)}>
      <CreateButton resource={resource} />
    </Empty>
  );
}

function List({ resource }: { resource: Resource }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Row | null>(null);
  const columns = useColumns(resource);
  useCreateKey(resource);
  const { tableProps, tableQuery, filters, setFilters, sorters, setCurrentPage } = useTable<Row>({
    resource: resource.resource,
    syncWithLocation: true,
    pagination: { pageSize: 20 },
    errorNotification: false,
    queryOptions: { placeholderData: undefined },
  });
  function change(next: CrudFilters): void {
    setFilters(next, 'replace');
    setCurrentPage(1);
  }
  const { error } = tableQuery;
  return (
    <Page
      title={t(`screens.${resource.resource}`)}
      actions={
        <>
          <ExportButton resource={resource} filters={filters} sorters={sorters} total={tableQuery.data?.total ?? 0} />
          <CreateButton resource={resource} />
        </>
      }
    >
      <ListBar resource={resource} filters={filters} onFilters={change} columns={columns} />
      {error && <ErrorNotice error={toApiError(error)} />}
      <RowTable
        resource={resource}
        columns={columns}
        tableProps={tableProps}
        sorters={sorters}
        onOpen={setOpen}
        empty={
          tableQuery.isLoading ? (
            <Loading />
          ) : (
            <EmptyList resource={resource} isFiltered={filters.length > 0} onClear={() => change([])} />
          )
        }
      />
      <RowDrawer resource={resource} row={open} onClose={() => setOpen(null)} />
    </Page>
  );
}

/** Any list of the backoffice, drawn from its schema. */
export default function ResourceList({ name }: { name: string }) {
  const resource = useResource(name);
  if (resource === undefined) return <Loading />;
  if (resource === null) return <RefusedScreen name={name} />;
  return <List key={name} resource={resource} />;
}
