import { DownloadOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { MemberFile } from '@tessera/imports/contracts';
import { Alert, Button, Card, Progress } from 'antd';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { Instant } from '../../components/instant';
import { ErrorNotice } from '../../components/refusal';
import { saveFile } from '../../components/save-file';
import { StatusTag } from '../../components/status-tag';
import { sentenceFor, toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { isUnderWay, MEMBER_FILES } from './member-files';
import { OutcomeTags } from './preview-table';

function RunActions({ file }: { file: MemberFile }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { run } = file;
  const { mutate, isPending } = useMutation({
    mutationFn: (act: 'cancel' | 'resume') => http.post(`${MEMBER_FILES}/${run.id}/${act}`),
    onSettled: () => queries.invalidateQueries({ queryKey: [MEMBER_FILES] }),
  });
  if (run.status === 'done') return null;
  const act = isUnderWay(file) ? 'cancel' : 'resume';
  return (
    <Button size="small" loading={isPending || run.isCancelRequested} onClick={() => mutate(act)}>
      {t(`memberImports.${act}`)}
    </Button>
  );
}

function RunProgress({ file: { run, rows } }: { file: MemberFile }) {
  const { t } = useTranslation();
  const { fraction, rowsRead, secondsLeft } = run.progress;
  return (
    <>
      <Progress
        percent={Math.floor(fraction * 100)}
        status="active"
        aria-label={t('memberImports.progress', { file: run.fileName })}
      />
      <div className="secondary">
        {t('memberImports.rowsDone', { done: rowsRead.toLocaleString(), total: rows.toLocaleString() })}
        {secondsLeft !== null && ` · ${t('memberImports.secondsLeft', { count: secondsLeft })}`}
      </div>
    </>
  );
}

function ErrorFile({ file: { run } }: { file: MemberFile }) {
  const { t } = useTranslation();
  const { mutate, error, isPending } = useMutation({
    mutationFn: async () => {
      const params = { language: i18next.language === 'en' ? 'en' : 'zh' };
      const answer = await http.get<Blob>(`${MEMBER_FILES}/${run.id}/errors.csv`, { params, responseType: 'blob' });
      saveFile(answer.data, `${run.fileName.replace(/\.[^.]*$/, '')}-${t('memberImports.line')}.csv`);
    },
  });
  return (
    <>
      {error && <ErrorNotice error={toApiError(error)} />}
      <Button icon={<DownloadOutlined />} loading={isPending} onClick={() => mutate()}>
        {t('memberImports.errors')}
      </Button>
      <p className="secondary">{t('memberImports.errorsHint')}</p>
    </>
  );
}

function Report({ file }: { file: MemberFile }) {
  const { t } = useTranslation();
  const { run } = file;
  const { membersCreated: created, membersUpdated: updated, setAsideRows: faulty } = run.counts;
  return (
    <>
      {run.error && (
        <Alert
          type="error"
          showIcon
          message={t('memberImports.stopped')}
          description={run.error.code === 'internal_error' ? undefined : sentenceFor(run.error.code, 500)}
        />
      )}
      {run.isUnchanged && faulty === 0 && <Alert type="info" showIcon message={t('memberImports.unchanged')} />}
      <p>{t('memberImports.sum', { created, updated, faulty })}</p>
      <OutcomeTags outcomes={run.outcomes} />
      {file.hasErrorFile && <ErrorFile file={file} />}
    </>
  );
}

/** A file that was set to work: how far it is, or what became of its rows. */
export function FileReport({ file }: { file: MemberFile }) {
  const { run } = file;
  return (
    <Card
      size="small"
      style={{ marginBottom: 16 }}
      title={
        <>
          {run.fileName} <StatusTag status={run.status} />
        </>
      }
      extra={<RunActions file={file} />}
    >
      <div className="secondary">
        {run.startedBy} · <Instant iso={run.createdAt} />
      </div>
      {isUnderWay(file) ? <RunProgress file={file} /> : <Report file={file} />}
    </Card>
  );
}
