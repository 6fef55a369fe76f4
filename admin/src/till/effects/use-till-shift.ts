import type { TillShift } from '@tessera/checkout/contracts';
import { useCallback, useEffect, useState } from 'react';
import { fetchTillShift } from './shift-api';

export interface TillShiftState {
  /** Null until the server has told. */
  tillShift: TillShift | null;
  refreshShift(): void;
}

/** The shift of this till is kept on the server: it is asked for again whenever the server comes back. */
export function useTillShift(tillId: string, isOnline: boolean): TillShiftState {
  const [tillShift, setTillShift] = useState<TillShift | null>(null);
  const [round, setRound] = useState(0);
  const refreshShift = useCallback(() => setRound((last) => last + 1), []);
  useEffect(() => {
    if (!isOnline) return undefined;
    const asking = new AbortController();
    // Without an answer the bar shows what was known; the sale itself is judged by the server.
    fetchTillShift(tillId, asking.signal).then(setTillShift, () => undefined);
    return () => asking.abort();
  }, [tillId, isOnline, round]);
  return { tillShift, refreshShift };
}
