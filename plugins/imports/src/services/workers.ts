import type { Core } from '@strapi/strapi';
import { TesseraError } from '@tessera/kernel/domain';
import { kernel } from '@tessera/kernel/public';
import { importRunning } from '../domain/errors';
import { takeImportLock } from '../store/import-lock';
import type { RunRecord } from '../store/run-store';
import type { FileShelf } from './file-shelf';
import { carryRun, SHUTDOWN, type Carry } from './carry-run';

export type ImportLock = NonNullable<Awaited<ReturnType<typeof takeImportLock>>>;

export interface WorkOptions {
  signal?: AbortSignal | undefined;
  onProgress?(run: RunRecord): void;
}

/** The imports that this process carries out: one at most, for the lock is the installation's. */
export interface Workers {
  /** @throws import_running (409) */
  demandLock(): Promise<ImportLock>;
  /** Ends with the run. @throws what stopped it */
  work(run: RunRecord, carry: Carry, options?: WorkOptions): Promise<void>;
  /** Takes the lock over and lets go of it when the run is over. */
  workInBackground(run: RunRecord, carry: Carry, lock: ImportLock): void;
  /** Ends the running import after the batch in hand; it stays live and goes on at the next start. */
  stop(): Promise<void>;
}

export function createWorkers(strapi: Core.Strapi, shelf: FileShelf): Workers {
  const running = new Map<AbortController, Promise<void>>();

  async function work(run: RunRecord, carry: Carry, options: WorkOptions = {}): Promise<void> {
    const { signal, onProgress = () => undefined } = options;
    const stopper = new AbortController();
    const onAbort = () => stopper.abort();
    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted) onAbort();
    const done = carryRun(strapi, run, () => carry(run, { signal: stopper.signal, onProgress }));
    const isOver = done.catch(() => undefined);
    running.set(stopper, isOver);
    try {
      await done;
      if (run.status === 'done') await shelf.discard(run.filePath);
    } finally {
      running.delete(stopper);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  return {
    work,
    async demandLock() {
      const lock = await takeImportLock(kernel(strapi).database);
      if (!lock) throw importRunning(undefined);
      return lock;
    },
    workInBackground(run, carry, lock) {
      work(run, carry)
        .catch((error: unknown) => {
          // A refusal is for whoever gave the file and stands in the run; anything else is for whoever reads the log.
          if (error instanceof TesseraError) strapi.log.warn(`Import ${run.id}: ${error.message}`);
          else strapi.log.error(error);
        })
        .then(() => lock.release())
        .catch((error: unknown) => strapi.log.error(error));
    },
    async stop() {
      for (const stopper of running.keys()) stopper.abort(SHUTDOWN);
      await Promise.all(running.values());
    },
  };
}
