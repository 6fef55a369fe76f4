import { useEffect, type Dispatch } from 'react';
import { provesNothingBooked } from '../model/problem';
import type { TillAction } from '../model/reduce-till';
import { forgetSale, keepSale } from '../model/sale-storage';
import type { Silence, TillState } from '../model/till-state';
import { refusalOf, sendSale } from './till-api';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 8_000;

/** Sent again by itself; another person's sale only by hand. */
const RETRIED: ReadonlySet<Silence> = new Set(['unreachable', 'signed-out', 'server-fault']);

function pauseAfter(attempts: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, attempts - 1));
}

/**
 * Sends the frozen sale until the server answers: the same key, the same body. It is on the shelf before it leaves and
 * is taken off only by an answer that this screen has seen, so a reload, a crash or a lost network changes nothing.
 */
export function useSaleSending(state: TillState, dispatch: Dispatch<TillAction>, staffId: string): void {
  const { frozen, silence, attempts } = state;

  useEffect(() => {
    if (!frozen || silence !== 'sending') return undefined;
    let isWatched = true;
    keepSale(localStorage, frozen);
    sendSale(frozen).then(
      (answer) => {
        if (!isWatched) return;
        forgetSale(localStorage, frozen.key);
        dispatch({ type: 'acknowledged', ...answer });
      },
      (error: unknown) => {
        if (!isWatched) return;
        const refusal = refusalOf(error);
        if (provesNothingBooked(refusal)) forgetSale(localStorage, frozen.key);
        dispatch({ type: 'failed', refusal, staffId });
      },
    );
    return () => {
      isWatched = false;
    };
  }, [frozen, silence, attempts, dispatch, staffId]);

  useEffect(() => {
    if (!frozen || silence === null || !RETRIED.has(silence)) return undefined;
    const again = () => dispatch({ type: 'attempt' });
    const timer = setTimeout(again, pauseAfter(attempts));
    window.addEventListener('online', again);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', again);
    };
  }, [frozen, silence, attempts, dispatch]);
}
