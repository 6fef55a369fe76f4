import { SettingOutlined } from '@ant-design/icons';
import type { Field } from '@tessera/backoffice/contracts';
import { Button, Checkbox, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { pick } from '../../providers/i18n';
import type { Columns } from './use-columns';

export function ColumnChooser({ fields, columns }: { fields: readonly Field[]; columns: Columns }) {
  const { t } = useTranslation();
  // In the order of the schema, so that columns do not jump about while one chooses.
  function choose(names: string[]): void {
    columns.choose(fields.map((field) => field.name).filter((name) => names.includes(name)));
  }
  const content = (
    <div style={{ maxHeight: 400, overflow: 'auto' }}>
      <Checkbox.Group
        value={columns.names}
        onChange={choose}
        options={fields.map((field) => ({ value: field.name, label: pick(field.label) }))}
        style={{ display: 'flex', flexDirection: 'column', gap: 6 }}
      />
      <Button type="link" size="small" style={{ paddingInline: 0, marginTop: 8 }} onClick={columns.reset}>
        {t('lists.resetColumns')}
      </Button>
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" title={t('lists.columns')} content={content}>
      <Button icon={<SettingOutlined />}>{t('lists.columns')}</Button>
    </Popover>
  );
}
