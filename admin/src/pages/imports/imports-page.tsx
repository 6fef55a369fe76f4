import { UploadOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Profile, Run } from '@tessera/imports/contracts';
import { Button, Card, Empty, Progress, Select, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Instant } from '../../components/instant';
import { Loading } from '../../components/loading';
import { Page } from '../../components/page';
import { ErrorNotice, FailedScreen } from '../../components/refusal';
import { StatusTag } from '../../components/status-tag';
import { useMay } from '../../providers/access-control';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { pick } from '../../providers/i18n';
import { RunReport } from './run-report';

const POLL_MS = 1_000;

function isUnderWay(run: Run): boolean {
  return run.status === 'queued' || run.status === 'running';
}

function useRuns() {
  return useQuery({
    queryKey: ['import-runs'],
    queryFn: async () => (await http.get<Run[]>('/api/imports/runs', { params: { _start: 0, _end: 20 } })).data,
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? POLL_MS : false),
  });
}

/** Chooses the kind of file and the file; the server takes it as it is. */
function StartForm() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<string>();
  const { data: profiles = [] } = useQuery({
    queryKey: ['import-profiles'],
    queryFn: async () => (await http.get<Profile[]>('/api/imports/profiles')).data,
  });
  const profile = profiles.find((item) => item.code === chosen) ?? profiles[0];
  const { mutate, error, isPending } = useMutation({
    mutationFn: ({ file, code }: { file: File; code: string }) =>
      http.post<Run>('/api/imports/runs', file, {
        params: { profile: code, fileName: file.name },
        headers: { 'content-type': 'application/octet-stream' },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['import-runs'] }),
  });
  return (
    <Card size="small" title={t('imports.start')} style={{ marginBottom: 16 }}>
      {error && <ErrorNotice error={toApiError(error)} />}
      <div className="page-bar">
        <Select
          aria-label={t('imports.profile')}
          value={profile?.code}
          onChange={setChosen}
          options={profiles.map((item) => ({ value: item.code, label: pick(item.label) }))}
          popupMatchSelectWidth={false}
          style={{ minWidth: 220 }}
        />
        <Upload
          accept=".csv,.gz"
          showUploadList={false}
          disabled={!profile || isPending}
          beforeUpload={(file) => {
            if (profile) mutate({ file, code: profile.code });
            return false;
          }}
        >
          <Button type="primary" icon={<UploadOutlined />} loading={isPending}>
            {t('imports.choose')}
          </Button>
        </Upload>
      </div>
      {profile && <p>{pick(profile.description)}</p>}
      {profile && <p className="secondary">{t('imports.columns', { columns: profile.columns.join(', ') })}</p>}
    </Card>
  );
}

function RunActions({ run }: { run: Run }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: (act: 'cancel' | 'resume') => http.post(`/api/imports/runs/${run.id}/${act}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['import-runs'] }),
  });
  if (isUnderWay(run)) {
    return (
      <Button size="small" loading={isPending || run.isCancelRequested} onClick={() => mutate('cancel')}>
        {t('imports.cancel')}
      </Button>
    );
  }
  if (run.status === 'done') return null;
  return (
    <Button size="small" loading={isPending} onClick={() => mutate('resume')}>
      {t('imports.resume')}
    </Button>
  );
}

function RunProgress({ run }: { run: Run }) {
  const { t } = useTranslation();
  const { phase, fraction, rowsRead, secondsLeft } = run.progress;
  return (
    <>
      <Progress percent={Math.floor(fraction * 100)} status="active" aria-label={t('imports.progress')} />
      <div className="secondary">
        {t(`imports.phases.${phase}`)} · {t('imports.rows', { count: rowsRead })}
        {secondsLeft !== null && ` · ${t('imports.secondsLeft', { count: secondsLeft })}`}
      </div>
    </>
  );
}

function RunCard({ run, mayRun }: { run: Run; mayRun: boolean }) {
  return (
    <Card
      size="small"
      style={{ marginBottom: 16 }}
      title={
        <>
          {run.fileName} <StatusTag status={run.status} />
        </>
      }
      extra={mayRun && <RunActions run={run} />}
    >
      <div className="secondary">
        {run.startedBy} · <Instant iso={run.createdAt} />
      </div>
      {isUnderWay(run) ? <RunProgress run={run} /> : <RunReport run={run} />}
    </Card>
  );
}

/** Brings the history of another system in: choose a file, watch it, read the report. */
export default function ImportsPage() {
  const { t } = useTranslation();
  const mayRun = useMay('imports.run');
  const { data: runs, error } = useRuns();
  if (error) return <FailedScreen name="imports" error={toApiError(error)} />;
  if (!runs) return <Loading />;
  return (
    <Page title={t('screens.imports')}>
      {mayRun && <StartForm />}
      {runs.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('imports.empty')} />}
      {runs.map((run) => (
        <RunCard key={run.id} run={run} mayRun={mayRun} />
      ))}
    </Page>
  );
}
