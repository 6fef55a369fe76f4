import type { Core } from '@strapi/strapi';
import { TesseraError } from '@tessera/kernel/domain';
import { kernel } from '@tessera/kernel/public';
import { failRun, saveRun, type RunRecord } from '../store/run-store';

export interface CarryOptions {
  /** Stops after the batch in hand. With the reason `SHUTDOWN` the run stays live, to go on at the next start. */
  signal: AbortSignal;
  onProgress(run: RunRecord): void;
}

/** What a kind of file does with a run, from where it stands to its end. */
export type Carry = (run: RunRecord, options: CarryOptions) => Promise<void>;

export const SHUTDOWN = 'shutdown';

export async function beginRun(strapi: Core.Strapi, run: RunRecord): Promise<void> {
  run.status = 'running';
  run.finishedAt = null;
  run.isCancelRequested = await saveRun(kernel(strapi).database, run);
}

export async function endRun(strapi: Core.Strapi, run: RunRecord, status: RunRecord['status']): Promise<void> {
  const { database, clock } = kernel(strapi);
  run.status = status;
  run.finishedAt = clock.now().toISOString();
  await saveRun(database, run);
}

/** Keeps the record of what stops a run. The caller holds the import lock. @throws what stopped it, after it has been noted */
export async function carryRun(strapi: Core.Strapi, run: RunRecord, carry: () => Promise<void>): Promise<void> {
  const { database, clock } = kernel(strapi);
  try {
    await carry();
  } catch (error) {
    const isRefusal = error instanceof TesseraError;
    const message = isRefusal ? error.message : 'Something went wrong on our side; the log says what';
    run.status = 'failed';
    run.error = { code: isRefusal ? error.code : 'internal_error', message };
    run.finishedAt = clock.now().toISOString();
    await failRun(database, run.id, run.error, run.finishedAt);
    throw error;
  }
}
