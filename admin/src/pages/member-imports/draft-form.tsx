import { LoadingOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { MemberChoice, MemberFile, MemberPreview } from '@tessera/imports/contracts';
import { MEMBER_FIELDS, type MemberField } from '@tessera/imports/domain';
import { Alert, Button, Card, Radio, Select, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/refusal';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { pick } from '../../providers/i18n';
import { RelationSelect } from '../resources/relation-select';
import { MEMBER_FILES, useMemberFields } from './member-files';
import { PreviewTable } from './preview-table';

const NOTHING = '';
/** One of these has to be there: by them a member is known or made. */
const KEYS: readonly MemberField[] = ['name', 'memberNo', 'phone'];

interface PartProps {
  file: MemberFile;
  choice: MemberChoice;
  onChange: (choice: MemberChoice) => void;
}

function ColumnTable({ file, choice, onChange }: PartProps) {
  const { t } = useTranslation();
  const fields = useMemberFields();
  const options = [
    { value: NOTHING, label: t('memberImports.nothing') },
    ...MEMBER_FIELDS.map((name) => ({ value: name, label: pick(fields.get(name)?.label ?? { zh: name, en: name }) })),
  ];
  function choose(index: number, value: string): void {
    const field = value === NOTHING ? null : (value as MemberField);
    onChange({ ...choice, mapping: choice.mapping.map((known, place) => (place === index ? field : known)) });
  }
  return (
    <Table
      size="small"
      rowKey="index"
      pagination={false}
      scroll={{ y: 360 }}
      dataSource={file.columns.map((column, index) => ({ ...column, index }))}
      columns={[
        { key: 'title', title: t('memberImports.column'), dataIndex: 'title', ellipsis: true },
        {
          key: 'samples',
          title: t('memberImports.samples'),
          ellipsis: true,
          render: (_value, { samples }) => (
            <span className="secondary">{samples.filter((text) => text.trim() !== '').join(' · ')}</span>
          ),
        },
        {
          key: 'field',
          title: t('memberImports.field'),
          width: 240,
          render: (_value, { title, index }) => (
            <Select
              aria-label={`${t('memberImports.field')}: ${title}`}
              value={choice.mapping[index] ?? NOTHING}
              onChange={(value) => choose(index, value)}
              options={options}
              style={{ width: '100%' }}
            />
          ),
        },
      ]}
    />
  );
}

function Choices({ choice, onChange }: Omit<PartProps, 'file'>) {
  const { t } = useTranslation();
  const homeStore = useMemberFields().get('homeStore');
  return (
    <div className="page-bar" style={{ marginBlock: 16, alignItems: 'flex-start', gap: 32 }}>
      <div>
        <div className="filter-label">{t('memberImports.knownTitle')}</div>
        <Radio.Group
          aria-label={t('memberImports.knownTitle')}
          value={choice.whenKnown}
          onChange={({ target }) => onChange({ ...choice, whenKnown: target.value as MemberChoice['whenKnown'] })}
          options={[
            { value: 'skip', label: t('memberImports.skip') },
            { value: 'update', label: t('memberImports.update') },
          ]}
        />
      </div>
      {homeStore && (
        <div style={{ minWidth: 260 }}>
          <div className="filter-label">{t('memberImports.homeStore')}</div>
          <RelationSelect
            field={homeStore}
            value={choice.homeStoreId}
            onChange={(value) => onChange({ ...choice, homeStoreId: typeof value === 'string' ? value : null })}
          />
        </div>
      )}
    </div>
  );
}

/** What stands in the way of checking, if anything. */
function problemOf({ mapping }: MemberChoice): 'mapNone' | 'sameTwice' | null {
  const chosen = mapping.filter((field) => field !== null);
  if (new Set(chosen).size !== chosen.length) return 'sameTwice';
  return KEYS.some((field) => chosen.includes(field)) ? null : 'mapNone';
}

function Verdict({ preview }: { preview: MemberPreview }) {
  const { t } = useTranslation();
  const good = preview.outcomes.filter(({ isBooked }) => isBooked).reduce((sum, { rows }) => sum + rows, 0);
  const bad = preview.total - good;
  if (good === 0) return <Alert type="error" showIcon message={t('memberImports.noneGood')} />;
  if (bad === 0) return <Alert type="success" showIcon message={t('memberImports.readyClean', { good })} />;
  return <Alert type="warning" showIcon message={t('memberImports.ready', { good, bad })} />;
}

function useDraft({ run }: MemberFile) {
  const queries = useQueryClient();
  const address = `${MEMBER_FILES}/${run.id}`;
  const onSuccess = () => queries.invalidateQueries({ queryKey: [MEMBER_FILES] });
  const preview = async (choice: MemberChoice, scope: 'first' | 'all') =>
    (await http.post<MemberPreview>(`${address}/preview`, choice, { params: { scope } })).data;
  const count = useMutation({ mutationFn: (choice: MemberChoice) => preview(choice, 'all') });
  // The first rows show at once; how the whole file would end takes some seconds where it is long.
  const check = useMutation({
    mutationFn: (choice: MemberChoice) => preview(choice, 'first'),
    onSuccess: ({ isWhole }, choice) => {
      if (!isWhole) count.mutate(choice);
    },
  });
  const start = useMutation({ mutationFn: (choice: MemberChoice) => http.post(`${address}/start`, choice), onSuccess });
  const discard = useMutation({ mutationFn: () => http.delete(address), onSuccess });
  function reset(): void {
    check.reset();
    count.reset();
  }
  return { check, count, start, discard, reset };
}

/** A file that waits: its columns, what happens to members there are, the check, and then the import. */
export function DraftForm({ file }: { file: MemberFile }) {
  const { t } = useTranslation();
  const [choice, setChoice] = useState(file.choice);
  const { check, count, start, discard, reset } = useDraft(file);
  const preview = check.data;
  // What was counted for another choice says nothing about this one.
  const counted = count.variables === choice ? count.data : undefined;
  const whole = preview?.isWhole ? preview : counted;
  const problem = problemOf(choice);
  const error = start.error ?? discard.error ?? check.error ?? count.error;
  function change(next: MemberChoice): void {
    setChoice(next);
    reset();
  }
  return (
    <Card
      size="small"
      style={{ marginBottom: 16 }}
      title={`${file.run.fileName} · ${t('memberImports.file', { rows: file.rows.toLocaleString() })}`}
      extra={
        <Button loading={discard.isPending} onClick={() => discard.mutate()}>
          {t('memberImports.discard')}
        </Button>
      }
    >
      <h2 className="section-title">{t('memberImports.columnsTitle')}</h2>
      <ColumnTable file={file} choice={choice} onChange={change} />
      <Choices choice={choice} onChange={change} />
      {error && <ErrorNotice error={toApiError(error)} />}
      {problem && <Alert type="info" showIcon message={t(`memberImports.${problem}`)} />}
      {preview && whole && <Verdict preview={whole} />}
      {preview && count.isPending && (
        <Alert type="info" icon={<LoadingOutlined />} showIcon message={t('memberImports.counting')} role="status" />
      )}
      {preview && <PreviewTable file={file} mapping={choice.mapping} rows={preview.rows} whole={whole} />}
      <div style={{ marginTop: 16 }}>
        {preview ? (
          <Button
            type="primary"
            loading={start.isPending}
            disabled={!whole?.outcomes.some(({ isBooked }) => isBooked)}
            onClick={() => start.mutate(choice)}
          >
            {t('memberImports.run')}
          </Button>
        ) : (
          <Button
            type="primary"
            loading={check.isPending}
            disabled={problem !== null}
            onClick={() => check.mutate(choice)}
          >
            {t('memberImports.check')}
          </Button>
        )}
      </div>
    </Card>
  );
}
