import type { JobDefinition } from '../../public';
import type { Database } from '../../store/database';
import { aloneInTheJob, beginRun, endRun } from '../../store/job-store';

/**
 * Runs a job once and keeps what became of it; nothing happens when another node is at it.
 * @throws what the job threw, after it was kept
 */
export async function runJob(
  { database, clock }: { database: Database; clock: { now(): Date } },
  job: JobDefinition,
  askedBy: string | null,
): Promise<void> {
  await aloneInTheJob(database, job.code, async () => {
    const now = clock.now();
    const id = await beginRun(database, { code: job.code, now, askedBy });
    try {
      const result = await job.run({ now });
      await endRun(database, id, { at: clock.now(), result });
    } catch (error) {
      await endRun(database, id, { at: clock.now(), error: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  });
}
