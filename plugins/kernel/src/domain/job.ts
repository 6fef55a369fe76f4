interface Label {
  zh: string;
  en: string;
}

/** When a job runs by itself. */
export interface JobSchedule {
  /** Five fields: minute, hour, day of month, month, day of week. */
  cron: string;
  /** IANA name: the clock that `cron` is about. */
  timeZone: string;
}

/** One run of a job, as it is kept. */
export interface JobRun {
  id: number;
  startedAt: string;
  /** Null: it is under way. */
  endedAt: string | null;
  /** `broken-off`: the process ended before the job did. */
  outcome: 'done' | 'failed' | 'broken-off' | null;
  /** Figures by the names that the job gave them. */
  result: Record<string, number> | null;
  error: string | null;
  /** Who wanted it now; null = the schedule did. */
  askedBy: string | null;
}

/** What people see of a job. */
export interface JobView {
  code: string;
  label: Label;
  /** Names of the figures of its result. */
  figures: Record<string, Label>;
  schedule: JobSchedule;
  nextRunAt: string;
  lastRun: JobRun | null;
  /** Newest first, the last one included. */
  runs: JobRun[];
}
