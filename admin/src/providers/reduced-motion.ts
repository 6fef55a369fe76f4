import { useSyncExternalStore } from 'react';

const system = window.matchMedia('(prefers-reduced-motion: reduce)');

function subscribe(listener: () => void): () => void {
  system.addEventListener('change', listener);
  return () => system.removeEventListener('change', listener);
}

/** Whether the person asked their system for screens that do not move. */
export function useReducedMotion(): boolean {
  return useSyncExternalStore(subscribe, () => system.matches);
}
