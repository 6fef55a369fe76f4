import { useSyncExternalStore } from 'react';

export type Appearance = 'light' | 'dark';

const KEY = 'tessera.appearance';
const system = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

function current(): Appearance {
  const chosen = localStorage.getItem(KEY);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return system.matches ? 'dark' : 'light';
}

/** Light or dark: the person's choice on this device, else the system's. */
export const appearance = {
  choose(next: Appearance): void {
    localStorage.setItem(KEY, next);
    for (const listener of listeners) listener();
  },
};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  system.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    system.removeEventListener('change', listener);
  };
}

export function useAppearance(): Appearance {
  return useSyncExternalStore(subscribe, current);
}
