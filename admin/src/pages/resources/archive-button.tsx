import { useUpdate } from '@refinedev/core';
import type { Resource, Row } from '@tessera/backoffice/contracts';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMay } from '../../providers/access-control';
import { toApiError, type ApiError } from '../../providers/api-error';
import { titleOf } from '../../resources/schema';

/** Takes a record out of use, or brings it back; either is asked about first, in a sentence. */
export function ArchiveButton({ resource, row }: { resource: Resource; row: Row }) {
  const { t } = useTranslation();
  const { modal, notification } = App.useApp();
  const navigate = useNavigate();
  // The server asks for both: archiving is a change that takes a record away.
  const mayDelete = useMay(`${resource.permission}.delete`);
  const mayChange = useMay(`${resource.permission}.change`);
  const { mutateAsync: update } = useUpdate<Row, ApiError>();
  const target = { resource: resource.resource, id: row.id, meta: { version: row.version } };
  const title = titleOf(resource, row);

  async function run(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      notification.error({ message: t('archive.failed'), description: toApiError(error).message });
    }
  }

  const setArchived = (archived: boolean) => update({ ...target, values: { archived }, errorNotification: false });
  if (!mayDelete || !mayChange) return null;
  if (row.archived) {
    const restore = () => run(() => setArchived(false));
    return (
      <Button
        onClick={() =>
          modal.confirm({
            title: t('archive.restoreTitle', { title }),
            content: t('archive.restoreText'),
            okText: t('archive.restore'),
            onOk: restore,
          })
        }
      >
        {t('archive.restore')}
      </Button>
    );
  }
  const archive = () =>
    run(async () => {
      await setArchived(true);
      void navigate(`/${resource.resource}`);
    });
  return (
    <Button
      danger
      onClick={() =>
        modal.confirm({
          title: t('archive.title', { title }),
          content: t('archive.text'),
          okText: t('archive.action'),
          okButtonProps: { danger: true },
          onOk: archive,
        })
      }
    >
      {t('archive.action')}
    </Button>
  );
}
