import type { Resource, Row } from '@tessera/backoffice/contracts';
import { Button, Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Facts } from '../../components/field-value';
import { pick } from '../../providers/i18n';
import { keyOf, titleOf } from '../../resources/schema';

interface RowDrawerProps {
  resource: Resource;
  row: Row | null;
  onClose: () => void;
}

/** The essentials of a row beside the list, and the way to its page. */
export function RowDrawer({ resource, row, onClose }: RowDrawerProps) {
  const { t } = useTranslation();
  const filled = resource.fields.filter((field) => {
    const value = row?.[keyOf(field)];
    return value !== null && value !== undefined && value !== '';
  });
  return (
    <Drawer
      open={row !== null}
      onClose={onClose}
      width={420}
      title={row ? titleOf(resource, row) : ''}
      extra={
        row && (
          <Link to={`/${resource.resource}/${row.id}`}>
            <Button type="primary">{t('lists.openPage')}</Button>
          </Link>
        )
      }
    >
      {row && <Facts fields={filled} row={row} label={(field) => pick(field.label)} />}
    </Drawer>
  );
}
