import type { ClientConfig } from 'pg';
import type { JobSchedule, JobView } from '../../domain/job';
import { notFound } from '../../domain/errors';
import type { Clock, JobDefinition, Jobs } from '../../public';
import type { Database } from '../../store/database';
import { oneNodeAfterTheOther, readLastStarts, readRuns, rememberJobs } from '../../store/job-store';
import { openQueue, type JobQueue } from './queue';
import { runJob } from './run-job';
import { isOverdue, nextRunAt } from './schedule';

export interface JobSettings {
  /** IANA name; of every job that does not say otherwise. */
  timeZone: string;
  /** By code: other than the job itself suggests. */
  schedules: Record<string, Partial<JobSchedule>>;
}

interface Surroundings {
  database: Database;
  clock: Clock;
  connection: ClientConfig;
  settings: JobSettings;
  log: { error(message: string): void };
}

/** Not at once: a server that has just started has better things to do, and one that is stopped again never begins. */
const START_DELAY_MS = 5_000;
/** Runs of each job that people see. */
const SHOWN = 10;

export interface JobsService extends Jobs {
  stop(): Promise<void>;
}

/** Opens the queue, and asks for what was due while nobody was there. */
async function openJobs(
  { database, clock, connection, log }: Surroundings,
  jobs: readonly JobDefinition[],
  scheduleOf: (job: JobDefinition) => JobSchedule,
): Promise<JobQueue> {
  const codes = jobs.map(({ code }) => code);
  await rememberJobs(database, codes, clock.now());
  const queued = jobs.map((job) => ({
    code: job.code,
    schedule: scheduleOf(job),
    retries: job.retries ?? 2,
    work: (askedBy: string | null) => runJob({ database, clock }, job, askedBy),
  }));
  const queue = await oneNodeAfterTheOther(database, () =>
    openQueue(connection, queued, (error) => log.error(`Jobs: ${String(error)}`)),
  );
  const starts = await readLastStarts(database);
  const now = clock.now();
  for (const { code, schedule } of queued) {
    if (isOverdue(schedule, starts.get(code) ?? now.toISOString(), now)) await queue.send(code, null);
  }
  return queue;
}

/** The jobs of every plugin, and the queue that runs them. Opened late, once: see `start`. */
export function createJobs(surroundings: Surroundings): JobsService {
  const { database, clock, settings, log } = surroundings;
  const jobs = new Map<string, JobDefinition>();
  let queue: Promise<JobQueue> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const scheduleOf = ({ code, cron }: JobDefinition): JobSchedule => ({
    cron,
    timeZone: settings.timeZone,
    ...settings.schedules[code],
  });

  function opened(): Promise<JobQueue> {
    queue ??= openJobs(surroundings, [...jobs.values()], scheduleOf);
    const mine = queue;
    // What failed once is tried again.
    mine.catch(() => {
      if (queue === mine) queue = undefined;
    });
    return mine;
  }

  return {
    register(job) {
      if (jobs.has(job.code)) throw new Error(`job "${job.code}" is registered twice`);
      nextRunAt(scheduleOf(job), clock.now());
      jobs.set(job.code, job);
    },
    start() {
      timer ??= setTimeout(() => void opened().catch((error) => log.error(`Jobs: ${String(error)}`)), START_DELAY_MS);
      timer.unref();
    },
    async list(): Promise<JobView[]> {
      const runs = await readRuns(database, SHOWN);
      const now = clock.now();
      return [...jobs.values()].map((job) => {
        const schedule = scheduleOf(job);
        const { code, label, figures } = job;
        const mine = runs.get(code) ?? [];
        return {
          code,
          label,
          figures,
          schedule,
          nextRunAt: nextRunAt(schedule, now),
          lastRun: mine[0] ?? null,
          runs: mine,
        };
      });
    },
    async request(code, askedBy) {
      if (!jobs.has(code)) throw notFound({ what: 'job', id: code });
      return (await opened()).send(code, askedBy);
    },
    async stop() {
      clearTimeout(timer);
      const stopping = await queue?.catch(() => undefined);
      await stopping?.stop();
    },
  };
}
