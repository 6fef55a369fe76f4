import PgBoss from 'pg-boss';
import type { ClientConfig } from 'pg';
import type { JobSchedule } from '../../domain/job';
import { connectionTypes } from '../../store/database';

const SCHEMA = 'pgboss';
/** A run takes minutes; one that was killed is taken up again after this. */
const EXPIRE_S = 4 * 3600;
const RETRY_DELAY_S = 60;
/** Nothing here is urgent; what a person asks for on this node is fetched at once. */
const POLLING_S = 20;
/** A stop waits so long for a job to end; what was broken off runs again. */
const STOP_MS = 3_000;

export interface QueuedJob {
  code: string;
  schedule: JobSchedule;
  retries: number;
  work(askedBy: string | null): Promise<void>;
}

/** pg-boss, as far as we use it: a queue per job of which one is waiting and one is at work, on whatever node. */
export interface JobQueue {
  /** @returns false when one is waiting already */
  send(code: string, askedBy: string | null): Promise<boolean>;
  stop(): Promise<void>;
}

interface Payload {
  askedBy?: string | null;
}

/** Makes pg-boss' schema when it is missing, and takes work from now on. Two connections of its own. */
export async function openQueue(
  connection: ClientConfig,
  jobs: readonly QueuedJob[],
  onError: (error: unknown) => void,
): Promise<JobQueue> {
  const settings = { ...connection, ...connectionTypes, max: 2, schema: SCHEMA };
  const boss = new PgBoss(settings as PgBoss.ConstructorOptions);
  boss.on('error', onError);
  await boss.start();
  const workers = new Map<string, string>();
  for (const { code, schedule, retries, work } of jobs) {
    const policy = 'stately' as const;
    const queue = { name: code, policy, expireInSeconds: EXPIRE_S, retryLimit: retries, retryDelay: RETRY_DELAY_S };
    await boss.createQueue(code, queue);
    await boss.updateQueue(code, queue);
    await boss.schedule(code, schedule.cron, {}, { tz: schedule.timeZone });
    const worker = await boss.work<Payload>(code, { pollingIntervalSeconds: POLLING_S }, async ([job]) =>
      work(job?.data?.askedBy ?? null),
    );
    workers.set(code, worker);
  }
  return {
    async send(code, askedBy) {
      const id = await boss.send(code, { askedBy });
      boss.notifyWorker(workers.get(code) ?? '');
      return id !== null;
    },
    stop: () => boss.stop({ graceful: true, timeout: STOP_MS }),
  };
}
