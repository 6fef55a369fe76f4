import { FilterOutlined, InboxOutlined, SearchOutlined } from '@ant-design/icons';
import type { CrudFilters } from '@refinedev/core';
import type { Resource } from '@tessera/backoffice/contracts';
import { Badge, Button, Input, Popover, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDebounced } from '../../components/use-debounced';
import { useShortcut } from '../../components/use-shortcut';
import { pick } from '../../providers/i18n';
import { keyOf } from '../../resources/schema';
import { ColumnChooser } from './column-chooser';
import { FilterChips } from './filter-chips';
import { FilterInput, filtersOf, type FieldFilters } from './filter-input';
import { focusFirstRow } from './row-table';
import type { Columns } from './use-columns';

interface ListBarProps {
  resource: Resource;
  filters: CrudFilters;
  onFilters: (filters: CrudFilters) => void;
  columns: Columns;
}

function SearchBox({ filters, onFilters }: Pick<ListBarProps, 'filters' | 'onFilters'>) {
  const { t } = useTranslation();
  const current = String(filtersOf(filters, 'q')[0]?.value ?? '');
  const [text, setText] = useState(current);
  const input = useRef<InputRef>(null);
  const settled = useDebounced(text, 300);
  useShortcut({ key: '/', keys: ['/'], label: 'search', run: () => input.current?.focus() });
  useEffect(() => {
    if (settled.trim() === current) return;
    const others = filters.filter((filter) => !('field' in filter) || filter.field !== 'q');
    onFilters(settled.trim() ? [...others, { field: 'q', operator: 'eq', value: settled.trim() }] : others);
    // Only what is typed moves the list; a list that moved must not be typed back.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);
  return (
    <Input
      ref={input}
      allowClear
      prefix={<SearchOutlined aria-hidden />}
      suffix={<kbd aria-hidden>/</kbd>}
      aria-label={t('lists.search')}
      placeholder={t('lists.search')}
      maxLength={64}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => event.key === 'ArrowDown' && focusFirstRow()}
      style={{ width: 280 }}
    />
  );
}

/** Lists show what is in use; archived rows, and with them the way to restore one, are one press away. */
function ArchivedSwitch({ filters, onFilters }: Pick<ListBarProps, 'filters' | 'onFilters'>) {
  const { t } = useTranslation();
  const isOn = filtersOf(filters, 'archived').length > 0;
  const others = filters.filter((filter) => !('field' in filter) || filter.field !== 'archived');
  return (
    <Button
      aria-pressed={isOn}
      type={isOn ? 'primary' : 'default'}
      ghost={isOn}
      icon={<InboxOutlined />}
      onClick={() => onFilters(isOn ? others : [...others, { field: 'archived', operator: 'eq', value: 'true' }])}
    >
      {t('lists.archived')}
    </Button>
  );
}

/** Search, filters, columns; the filters that are on stand below and are taken away one by one. */
export function ListBar({ resource, filters, onFilters, columns }: ListBarProps) {
  const { t } = useTranslation();
  const fields = resource.fields.filter((field) => field.isFilterable);
  const active = fields.filter((field) => filtersOf(filters, keyOf(field)).length > 0);

  function setField(name: string, next: FieldFilters): void {
    const others = filters.filter((filter) => !('field' in filter) || filter.field !== name);
    onFilters([...others, ...next]);
  }

  const panel = (
    <div className="filter-panel">
      {fields.map((field) => (
        <div key={field.name}>
          <div className="filter-label">{pick(field.label)}</div>
          <FilterInput
            field={field}
            filters={filtersOf(filters, keyOf(field))}
            onChange={(next) => setField(keyOf(field), next)}
          />
        </div>
      ))}
    </div>
  );
  return (
    <>
      <div className="page-bar">
        <SearchBox filters={filters} onFilters={onFilters} />
        {fields.length > 0 && (
          <Popover trigger="click" placement="bottomLeft" content={panel}>
            <Badge count={active.length} size="small">
              <Button icon={<FilterOutlined />}>{t('lists.filters')}</Button>
            </Badge>
          </Popover>
        )}
        {resource.isEditable && <ArchivedSwitch filters={filters} onFilters={onFilters} />}
        <div style={{ flex: 1 }} />
        <ColumnChooser fields={resource.fields} columns={columns} />
      </div>
      <FilterChips fields={fields} filters={filters} onFilters={onFilters} />
    </>
  );
}
