import { useCallback, useEffect, useState } from 'react';
import { indexCatalogue, type CatalogueIndex } from '../model/catalogue-search';
import type { Refusal } from '../model/problem';
import { fetchCatalogue, refusalOf } from './till-api';

const RETRY_MS = 4_000;

export interface LoadedCatalogue {
  catalogue: CatalogueIndex | null;
  failure: Refusal | null;
  /** Prices changed: fetch it again; the old one stays until the new one is here. */
  reload(): void;
}

/** What the store sells, kept in memory so that search and tiles need no server. */
export function useCatalogue(storeId: string): LoadedCatalogue {
  const [catalogue, setCatalogue] = useState<CatalogueIndex | null>(null);
  const [failure, setFailure] = useState<Refusal | null>(null);
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((last) => last + 1), []);
  useEffect(() => {
    let isWanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    fetchCatalogue(storeId).then(
      (loaded) => {
        if (!isWanted) return;
        setCatalogue(indexCatalogue(loaded));
        setFailure(null);
      },
      (error: unknown) => {
        if (!isWanted) return;
        const refusal = refusalOf(error);
        setFailure(refusal);
        if (refusal.status === 0 || refusal.status >= 500) timer = setTimeout(reload, RETRY_MS);
      },
    );
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [storeId, round, reload]);
  return { catalogue, failure, reload };
}
