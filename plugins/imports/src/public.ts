import type { Core } from '@strapi/strapi';
import type { Staff } from '@tessera/access/public';
import type { Run } from './contracts';

export interface ImportRequest {
  /** File to read: CSV or gzipped CSV. */
  path: string;
  /** Code of a profile, e.g. `online-retail`. */
  profile: string;
  /** Store that the history goes to; the profile's own when none is named. Made when it is missing. */
  storeCode?: string;
  /** Whom the trail names: `system` for the command line and the demo store. */
  actor: 'system' | Staff;
  /** Called after every batch, at most a few times a second. */
  onProgress?(run: Run): void;
  /** Stops after the batch in hand; the same call later goes on from there. */
  signal?: AbortSignal;
}

/** What other parts may use of the imports. */
export interface Imports {
  /**
   * Imports one file to its end: a file imported before changes nothing, an interrupted import goes on where it stopped.
   * @returns the finished (or cancelled) run with its reconciliation
   * @throws unreadable_file, wrong_header (422) before anything is written; import_running (409)
   */
  importFile(request: ImportRequest): Promise<Run>;
}

export function imports(strapi: Core.Strapi): Imports {
  return strapi.plugin('imports').service('imports') as Imports;
}
