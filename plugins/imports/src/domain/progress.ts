import type { Progress, RUN_PHASES } from '../contracts';

type Phase = (typeof RUN_PHASES)[number];

/** Share of the whole run that is over when a phase begins, and how much the phase is. From measured runs. */
const SHARES: Record<Phase, { start: number; share: number }> = {
  scan: { start: 0, share: 0.1 },
  book: { start: 0.1, share: 0.9 },
};

export interface PhaseReading {
  phase: Phase;
  bytesRead: number;
  bytesTotal: number;
  rowsRead: number;
  /** Since the phase began, or since a resumed run reached the place where it had stopped. */
  elapsedMs: number;
  /** What had been read when the clock began. */
  bytesBefore: number;
  rowsBefore: number;
}

export function emptyProgress(bytesTotal: number): Progress {
  return { phase: 'scan', bytesRead: 0, bytesTotal, rowsRead: 0, fraction: 0, rowsPerSecond: 0, secondsLeft: null };
}

/** Time left is told once the booking has a pace; reading says nothing about it. */
export function progressOf(reading: PhaseReading): Progress {
  const { phase, bytesRead, bytesTotal, rowsRead, elapsedMs, bytesBefore, rowsBefore } = reading;
  const { start, share } = SHARES[phase];
  const done = bytesTotal === 0 ? 1 : Math.min(1, bytesRead / bytesTotal);
  const moved = bytesRead - bytesBefore;
  const hasPace = phase === 'book' && elapsedMs >= 1_000 && moved > 0;
  return {
    phase,
    bytesRead,
    bytesTotal,
    rowsRead,
    fraction: start + share * done,
    rowsPerSecond: elapsedMs > 0 ? Math.max(0, Math.round(((rowsRead - rowsBefore) * 1_000) / elapsedMs)) : 0,
    secondsLeft: hasPace ? Math.ceil(((bytesTotal - bytesRead) / moved) * (elapsedMs / 1_000)) : null,
  };
}
