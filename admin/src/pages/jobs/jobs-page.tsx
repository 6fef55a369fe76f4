import { PlayCircleOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Job, JobRequested, JobRun } from '@tessera/backoffice/contracts';
import { Alert, Button, Card, Table } from 'antd';
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

const REFRESH_MS = 10_000;
/** After somebody wanted one now. */
const WATCH_MS = 1_000;

function statusOf({ outcome }: JobRun): string {
  return outcome ?? 'running';
}

function useJobs() {
  return useQuery({
    queryKey: ['jobs'],
    queryFn: async () => (await http.get<{ jobs: Job[] }>('/api/backoffice/jobs')).data.jobs,
    refetchInterval: ({ state }) =>
      state.data?.some(({ lastRun }) => lastRun && !lastRun.outcome) ? WATCH_MS : REFRESH_MS,
  });
}

function RunNow({ job }: { job: Job }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => http.post<JobRequested>(`/api/backoffice/jobs/${job.code}/runs`),
    onSuccess: async () => {
      // It begins a moment after it was asked for.
      await new Promise((later) => setTimeout(later, WATCH_MS));
      await queries.invalidateQueries({ queryKey: ['jobs'] });
    },
  });
  return (
    <>
      {error && <ErrorNotice error={toApiError(error)} />}
      <Button icon={<PlayCircleOutlined />} size="small" loading={isPending} onClick={() => mutate()}>
        {t(job.lastRun?.outcome === 'failed' ? 'jobs.again' : 'jobs.runNow')}
      </Button>
    </>
  );
}

/** What a run did, or why it did not. */
function Result({ job, run }: { job: Job; run: JobRun }) {
  if (run.error) return <>{run.error}</>;
  const figures = Object.entries(run.result ?? {});
  return (
    <>{figures.map(([name, value]) => `${value} ${pick(job.figures[name] ?? { zh: name, en: name })}`).join(' · ')}</>
  );
}

function secondsOf({ startedAt, endedAt }: JobRun): number | null {
  return endedAt === null ? null : (Date.parse(endedAt) - Date.parse(startedAt)) / 1_000;
}

function Runs({ job }: { job: Job }) {
  const { t } = useTranslation();
  return (
    <Table<JobRun>
      size="small"
      rowKey="id"
      dataSource={job.runs}
      pagination={{ pageSize: 3, hideOnSinglePage: true, size: 'small' }}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: <span className="secondary">{t('jobs.never')}</span> }}
      columns={[
        { key: 'when', title: t('jobs.started'), render: (_value, run) => <Instant iso={run.startedAt} /> },
        { key: 'outcome', title: t('jobs.outcome'), render: (_value, run) => <StatusTag status={statusOf(run)} /> },
        {
          key: 'took',
          title: t('jobs.took'),
          align: 'right',
          render: (_value, run) => secondsOf(run) !== null && t('jobs.seconds', { seconds: secondsOf(run) }),
        },
        { key: 'result', title: t('jobs.result'), render: (_value, run) => <Result job={job} run={run} /> },
        { key: 'by', title: t('jobs.askedBy'), render: (_value, run) => run.askedBy ?? t('jobs.schedule') },
      ]}
    />
  );
}

/** What the system does by itself: when it did last, what came of it, when it will again, and once more now. */
export default function JobsPage() {
  const { t } = useTranslation();
  const mayRun = useMay('jobs.run');
  const { data: jobs, error } = useJobs();
  if (error) return <FailedScreen name="jobs" error={toApiError(error)} />;
  if (!jobs) return <Loading />;
  const failed = jobs.filter(({ lastRun }) => lastRun?.outcome === 'failed');
  return (
    <Page title={t('screens.jobs')}>
      {failed.length > 0 && (
        <Alert
          type="error"
          showIcon
          style={{ marginBottom: 16 }}
          message={t('jobs.failed', { jobs: failed.map(({ label }) => pick(label)).join(t('refusal.separator')) })}
        />
      )}
      {jobs.map((job) => (
        <Card
          key={job.code}
          size="small"
          style={{ marginBottom: 16 }}
          title={
            <>
              {pick(job.label)} {job.lastRun && <StatusTag status={statusOf(job.lastRun)} />}
            </>
          }
          extra={mayRun && <RunNow job={job} />}
        >
          <p className="secondary">
            {t('jobs.next')} <Instant iso={job.nextRunAt} />
          </p>
          <Runs job={job} />
        </Card>
      ))}
    </Page>
  );
}
