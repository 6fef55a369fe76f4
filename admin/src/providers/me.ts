import type { Me } from '@tessera/access/contracts';
import { useSyncExternalStore } from 'react';
import { http, onPolicyVersion } from './http';
import { session } from './session';

export type Store = Me['stores'][number];

const STORE_KEY = 'tessera.store';

interface State {
  me: Me | null;
  /** The store one works in now; null for people of no store. */
  store: Store | null;
}

const NOBODY: State = { me: null, store: null };
let state = NOBODY;
let loading: Promise<Me> | null = null;
const listeners = new Set<() => void>();

function setState(next: State): void {
  state = next;
  for (const listener of listeners) listener();
}

function chooseStore(me: Me): Store | null {
  const wanted = localStorage.getItem(STORE_KEY);
  return me.stores.find((store) => store.id === wanted) ?? me.stores[0] ?? null;
}

async function fetchMe(): Promise<Me> {
  const { data } = await http.get<Me>('/api/access/me');
  setState({ me: data, store: chooseStore(data) });
  return data;
}

/** Who is signed in, where they work and what they may do. */
export const me = {
  state: () => state,
  /** Reads it from the server; concurrent callers share one request. */
  load(): Promise<Me> {
    loading ??= fetchMe().finally(() => {
      loading = null;
    });
    return loading;
  },
  forget: () => setState(NOBODY),
  chooseStore(id: string): void {
    localStorage.setItem(STORE_KEY, id);
    if (state.me) setState({ me: state.me, store: chooseStore(state.me) });
  },
};

/** A till and its store, as far as the person who is signed in works there. */
export function placeOf({ storeId, tillId }: { storeId: string; tillId: string }) {
  const store = state.me?.stores.find(({ id }) => id === storeId);
  return { store, till: store?.tills.find(({ id }) => id === tillId) };
}

onPolicyVersion((version) => {
  if (state.me && state.me.policyVersion !== version) void me.load().catch(() => undefined);
});
session.subscribe(() => {
  if (session.token() === null) me.forget();
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The signed-in person; null only outside the shell. */
export function useMe(): Me | null {
  return useSyncExternalStore(subscribe, () => state.me);
}

/** The store chosen in the header, kept on this device. */
export function useStore(): Store | null {
  return useSyncExternalStore(subscribe, () => state.store);
}
