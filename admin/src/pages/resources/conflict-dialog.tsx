import type { Resource, Row } from '@tessera/backoffice/contracts';
import { Button, Modal, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { FieldValue } from '../../components/field-value';
import { pick } from '../../providers/i18n';
import { keyOf } from '../../resources/schema';
import type { Values } from './record-form';

export interface Conflict {
  /** The row as somebody else saved it. */
  current: Row;
  /** What this person wants to change. */
  changes: Values;
}

interface ConflictDialogProps {
  resource: Resource;
  conflict: Conflict | null;
  onTheirs: () => void;
  onMine: (conflict: Conflict) => void;
  onCancel: () => void;
}

/** Two people changed one record: both versions side by side, and the choice between them. */
export function ConflictDialog({ resource, conflict, onTheirs, onMine, onCancel }: ConflictDialogProps) {
  const { t } = useTranslation();
  if (!conflict) return null;
  const { current, changes } = conflict;
  const changed = resource.fields.filter((field) => Object.hasOwn(changes, keyOf(field)));
  const mine: Row = { ...current, ...changes };
  return (
    <Modal
      open
      title={t('conflict.title')}
      width={720}
      onCancel={onCancel}
      footer={
        <>
          <Button onClick={onCancel}>{t('conflict.back')}</Button>
          <Button onClick={onTheirs}>{t('conflict.theirs')}</Button>
          <Button type="primary" onClick={() => onMine(conflict)}>
            {t('conflict.mine')}
          </Button>
        </>
      }
    >
      <p>{t('conflict.text')}</p>
      <Table
        size="small"
        rowKey="name"
        pagination={false}
        dataSource={changed}
        columns={[
          { key: 'field', title: t('conflict.field'), render: (_value, field) => pick(field.label) },
          {
            key: 'theirs',
            title: t('conflict.saved'),
            render: (_value, field) => <FieldValue field={field} row={current} />,
          },
          {
            key: 'mine',
            title: t('conflict.yours'),
            render: (_value, field) => <FieldValue field={field} row={mine} />,
          },
        ]}
      />
    </Modal>
  );
}
