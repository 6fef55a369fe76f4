import type { Field } from '@tessera/backoffice/contracts';
import type { MemberChoice, MemberFile, MemberPreview, PreviewRow } from '@tessera/imports/contracts';
import { Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { FieldValue } from '../../components/field-value';
import { pick } from '../../providers/i18n';
import { useRelationNames } from '../resources/use-relation-names';
import { useMemberFields } from './member-files';

/** Counts of the whole file, each in the words that also stand at the rows. */
export function OutcomeTags({ outcomes }: { outcomes: MemberPreview['outcomes'] }) {
  return (
    <div className="page-bar" style={{ marginBlock: 12 }}>
      {outcomes.map(({ code, label, isBooked, rows }) => (
        <Tag key={code} color={isBooked ? 'green' : 'red'} style={{ whiteSpace: 'normal' }}>
          {pick(label)}: <span className="amount">{rows.toLocaleString()}</span>
        </Tag>
      ))}
    </div>
  );
}

function Result({ row, fields }: { row: PreviewRow; fields: ReadonlyMap<string, Field> }) {
  const { t } = useTranslation();
  if (row.faults.length === 0) {
    return (
      <Tag color={row.outcome === 'member-created' || row.outcome === 'member-updated' ? 'green' : 'default'}>
        {pick(row.label)}
        {row.memberNo && ` · ${row.memberNo}`}
      </Tag>
    );
  }
  return (
    <>
      {row.faults.map(({ code, field, label, line }) => {
        const about = field === null ? undefined : fields.get(field);
        const text = about ? `${pick(about.label)}: ${pick(label)}` : pick(label);
        return (
          <div key={`${code} ${field}`} className="danger-text">
            {line === undefined ? text : t('memberImports.faultLine', { text, line })}
          </div>
        );
      })}
    </>
  );
}

interface CellProps {
  row: PreviewRow;
  name: string;
  index: number;
  field: Field | undefined;
  storeNames: ReadonlyMap<string, string>;
}

/** What the member would have, or the cell as it stands where it cannot be read or is not taken. */
function Cell({ row, name, index, field, storeNames }: CellProps) {
  const value = row.values[name];
  if (value === undefined || value === null) {
    const isFaulty = row.faults.some((fault) => fault.field === name);
    return <span className={isFaulty ? 'danger-text' : 'secondary'}>{row.cells[index]}</span>;
  }
  if (name === 'homeStore') return <>{storeNames.get(String(value)) ?? row.cells[index]}</>;
  if (!field) return <>{Array.isArray(value) ? value.join(' · ') : String(value)}</>;
  return <FieldValue field={{ ...field, visibility: 'clear' }} row={{ id: '', [name]: value }} />;
}

function useStoreNames(rows: readonly PreviewRow[]): ReadonlyMap<string, string> {
  const ids = rows.flatMap(({ values }) => (typeof values['homeStore'] === 'string' ? [values['homeStore']] : []));
  const names = useRelationNames('stores', [...new Set(ids)]);
  return new Map(names.map(({ value, label }) => [value, label]));
}

/** How the whole file would end, and what the first rows would become. */
export function PreviewTable({
  file,
  mapping,
  rows,
  whole,
}: {
  file: MemberFile;
  mapping: MemberChoice['mapping'];
  rows: PreviewRow[];
  /** Of all rows; undefined while they are counted. */
  whole: MemberPreview | undefined;
}) {
  const { t } = useTranslation();
  const fields = useMemberFields();
  const storeNames = useStoreNames(rows);
  const columns = file.columns.flatMap(({ title }, index) => {
    const name = mapping[index];
    if (!name) return [];
    const field = fields.get(name);
    return [
      {
        key: name,
        title: field ? pick(field.label) : title,
        render: (_value: unknown, row: PreviewRow) => (
          <Cell row={row} name={name} index={index} field={field} storeNames={storeNames} />
        ),
      },
    ];
  });
  return (
    <>
      {whole && (
        <>
          <h2 className="section-title">{t('memberImports.checked', { total: whole.total.toLocaleString() })}</h2>
          <OutcomeTags outcomes={whole.outcomes} />
        </>
      )}
      <h2 className="section-title">{t('memberImports.firstRows', { count: rows.length })}</h2>
      <Table<PreviewRow>
        size="small"
        rowKey="lineNo"
        pagination={false}
        scroll={{ x: 'max-content', y: 420 }}
        dataSource={rows}
        columns={[
          { key: 'line', title: t('memberImports.line'), dataIndex: 'lineNo', align: 'right', width: 72 },
          {
            key: 'outcome',
            title: t('memberImports.outcome'),
            width: 300,
            render: (_value, row) => <Result row={row} fields={fields} />,
          },
          ...columns,
        ]}
      />
    </>
  );
}
