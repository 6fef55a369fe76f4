import { useEffect, useState } from 'react';
import { isServerUp } from './till-api';

const PROBE_MS = 3_000;

/** True while the server answers. A silence noticed anywhere starts the probing; the first answer ends it. */
export function useConnection(isSilenceNoticed: boolean, onReturn: () => void): boolean {
  const [isOnline, setOnline] = useState(() => navigator.onLine);
  const isProbing = isSilenceNoticed || !isOnline;

  useEffect(() => {
    const lose = () => setOnline(false);
    window.addEventListener('offline', lose);
    return () => window.removeEventListener('offline', lose);
  }, []);

  useEffect(() => {
    if (!isProbing) return undefined;
    let isWatched = true;
    async function probe(): Promise<void> {
      const isUp = await isServerUp();
      if (!isWatched) return;
      setOnline(isUp);
      if (isUp) onReturn();
    }
    void probe();
    const timer = setInterval(() => void probe(), PROBE_MS);
    return () => {
      isWatched = false;
      clearInterval(timer);
    };
  }, [isProbing, onReturn]);

  return isOnline && !isSilenceNoticed;
}
