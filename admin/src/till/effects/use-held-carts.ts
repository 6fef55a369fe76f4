import type { HeldCart } from '@tessera/checkout/contracts';
import { useCallback, useEffect, useState } from 'react';
import { problemOf, type Problem } from '../model/problem';
import { fetchHeldCarts, refusalOf } from './till-api';

export interface HeldCarts {
  /** Null while they are being fetched. */
  carts: HeldCart[] | null;
  problem: Problem | null;
  refresh(): void;
  report(error: unknown): void;
}

/** Carts that any till of the store may take up. */
export function useHeldCarts(storeId: string): HeldCarts {
  const [carts, setCarts] = useState<HeldCart[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [round, setRound] = useState(0);
  const refresh = useCallback(() => setRound((last) => last + 1), []);
  const report = useCallback((error: unknown) => setProblem(problemOf(refusalOf(error))), []);
  useEffect(() => {
    let isWanted = true;
    fetchHeldCarts(storeId).then(
      (found) => isWanted && setCarts(found),
      (error: unknown) => isWanted && report(error),
    );
    return () => {
      isWanted = false;
    };
  }, [storeId, round, report]);
  return { carts, problem, refresh, report };
}
