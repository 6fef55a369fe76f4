import { EditOutlined } from '@ant-design/icons';
import { useOne } from '@refinedev/core';
import type { Resource, Row } from '@tessera/backoffice/contracts';
import { Button, Card } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Facts } from '../../components/field-value';
import { Loading } from '../../components/loading';
import { Page } from '../../components/page';
import { FailedScreen, RefusedScreen } from '../../components/refusal';
import { StatusTag } from '../../components/status-tag';
import { useMay } from '../../providers/access-control';
import { toApiError, type ApiError } from '../../providers/api-error';
import { pick } from '../../providers/i18n';
import { sectionsOf } from '../../resources/field-layout';
import { titleOf, useResource } from '../../resources/schema';
import { ArchiveButton } from './archive-button';

/** What a resource adds to its page. */
export interface RecordExtras {
  actions?: ReactNode;
  /** Before the fields. */
  above?: ReactNode;
  /** Nobody changes it any more. */
  isClosed?: boolean;
  below?: ReactNode;
}

interface RecordPageProps {
  name: string;
  extras?: (row: Row, resource: Resource) => RecordExtras;
}

function Record({ resource, id, extras }: { resource: Resource; id: string; extras?: RecordPageProps['extras'] }) {
  const { t } = useTranslation();
  const mayChange = useMay(`${resource.permission}.change`) && resource.isEditable;
  const { result: row, query } = useOne<Row, ApiError>({
    resource: resource.resource,
    id,
    errorNotification: false,
    queryOptions: { staleTime: 0 },
  });
  if (query.isError) return <FailedScreen name={resource.resource} error={toApiError(query.error)} isRecord />;
  if (!row) return <Loading />;
  const added = extras?.(row, resource) ?? {};
  return (
    <Page
      title={titleOf(resource, row)}
      tags={row.archived && <StatusTag status="archived" />}
      back={<Link to={`/${resource.resource}`}>← {t(`screens.${resource.resource}`)}</Link>}
      actions={
        <>
          {added.actions}
          {resource.isEditable && !added.isClosed && <ArchiveButton resource={resource} row={row} />}
          {mayChange && !added.isClosed && (
            <Link to={`/${resource.resource}/${id}/edit`}>
              <Button type="primary" icon={<EditOutlined />}>
                {t('lists.edit')}
              </Button>
            </Link>
          )}
        </>
      }
    >
      {added.above}
      {sectionsOf(resource.resource, resource.fields).map((section) => (
        <Card key={section.key} size="small" title={t(`sections.${section.key}`)} style={{ marginBottom: 16 }}>
          <Facts fields={section.fields} row={row} label={(field) => pick(field.label)} />
        </Card>
      ))}
      {added.below}
    </Page>
  );
}

/** The page of one record: its fields in sections, what may be done with it, and what belongs to it. */
export default function RecordPage({ name, extras }: RecordPageProps) {
  const { id = '' } = useParams();
  const resource = useResource(name);
  if (resource === undefined) return <Loading />;
  if (resource === null) return <RefusedScreen name={name} />;
  return <Record key={id} resource={resource} id={id} extras={extras} />;
}
