import { Table, type TableProps } from 'antd';
import type { Resource, Row } from '@tessera/backoffice/contracts';
import type { CrudSort } from '@refinedev/core';
import type { KeyboardEvent, ReactNode } from 'react';
import { Link } from 'react-router';
import { FieldValue } from '../../components/field-value';
import { RuleMark } from '../../components/rule-mark';
import { StatusTag } from '../../components/status-tag';
import { useKey, useListedShortcut } from '../../components/use-shortcut';
import { pick } from '../../providers/i18n';
import { keyOf } from '../../resources/schema';
import type { Columns } from './use-columns';

interface RowTableProps {
  resource: Resource;
  columns: Columns;
  tableProps: TableProps<Row>;
  sorters: CrudSort[];
  empty: ReactNode;
  onOpen: (row: Row) => void;
}

/** ↑ and ↓ walk the rows, Enter opens one. */
function onRowKey(event: KeyboardEvent<HTMLElement>, open: () => void): void {
  const row = event.currentTarget;
  if (event.target !== row) return;
  const next =
    event.key === 'ArrowDown' ? row.nextElementSibling : event.key === 'ArrowUp' ? row.previousElementSibling : null;
  if (next instanceof HTMLElement) next.focus();
  if (event.key === 'Enter') open();
  if (next || event.key === 'Enter') event.preventDefault();
}

/** From the page or the search box into the list. */
export function focusFirstRow(): void {
  document.querySelector<HTMLElement>('.clickable-row')?.focus();
}

/** ↓ goes to the first row; from there on the rows themselves have the arrows. */
function useRowKeys(hasRows: boolean): void {
  const enter = () => document.activeElement?.closest('.clickable-row') ?? focusFirstRow();
  useKey({ key: 'ArrowDown', isOn: hasRows, run: enter });
  useListedShortcut(['↑', '↓'], 'rows', hasRows);
  useListedShortcut(['Enter'], 'open', hasRows);
}

export function RowTable({ resource, columns, tableProps, sorters, empty, onOpen }: RowTableProps) {
  useRowKeys((tableProps.dataSource?.length ?? 0) > 0);
  return (
    <Table<Row>
      {...tableProps}
      rowKey="id"
      size="middle"
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: empty }}
      pagination={tableProps.pagination && { ...tableProps.pagination, showSizeChanger: true, hideOnSinglePage: true }}
      onRow={(row) => ({
        className: 'clickable-row',
        tabIndex: 0,
        onClick: () => onOpen(row),
        onKeyDown: (event) => onRowKey(event, () => onOpen(row)),
      })}
      columns={columns.shown.map((field, index) => ({
        key: field.name,
        dataIndex: keyOf(field),
        title: pick(field.label),
        align: field.type === 'integer' ? ('right' as const) : undefined,
        sorter: field.isSortable,
        sortOrder: sortOrderOf(sorters, field.name),
        render: (_value: unknown, row: Row) =>
          index === 0 ? (
            <>
              <Link to={`/${resource.resource}/${row.id}`} onClick={(event) => event.stopPropagation()}>
                <FieldValue field={field} row={row} />
              </Link>{' '}
              {row.archived && <StatusTag status="archived" />} <RuleMark resource={resource} row={row} />
            </>
          ) : (
            <FieldValue field={field} row={row} />
          ),
      }))}
    />
  );
}

function sortOrderOf(sorters: CrudSort[], field: string): 'ascend' | 'descend' | null {
  const order = sorters.find((sorter) => sorter.field === field)?.order;
  if (!order) return null;
  return order === 'asc' ? 'ascend' : 'descend';
}
