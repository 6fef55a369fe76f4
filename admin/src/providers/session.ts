import axios from 'axios';

/**
 * The access token lives in this module and nowhere else: not in localStorage, not in a cookie that scripts can read.
 * Strapi keeps the session in an HttpOnly cookie; a reload trades that cookie for a new token.
 */
let accessToken: string | null = null;
let renewal: Promise<string | null> | null = null;
const listeners = new Set<() => void>();

const DEVICE_KEY = 'tessera.device';
const plain = axios.create();

interface TokenReply {
  data: { token: string };
}

function setToken(token: string | null): void {
  accessToken = token;
  for (const listener of listeners) listener();
}

/** Names this browser to Strapi, so that signing out here leaves the person's other devices alone. */
function deviceId(): string {
  const known = localStorage.getItem(DEVICE_KEY);
  if (known) return known;
  // `crypto.randomUUID` exists on secure origins only; a shop may serve plain http on its own network.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const made = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  localStorage.setItem(DEVICE_KEY, made);
  return made;
}

/** Strapi's refresh token works once: two tabs must not spend the same one. */
async function withSessionLock<Result>(work: () => Promise<Result>): Promise<Result> {
  if (!('locks' in navigator)) return work();
  return await navigator.locks.request('tessera.session', work);
}

async function requestToken(): Promise<string | null> {
  try {
    const { data } = await withSessionLock(() => plain.post<TokenReply>('/admin/access-token', {}));
    setToken(data.data.token);
  } catch (error) {
    // A server that cannot be reached has not ended the session.
    if (axios.isAxiosError(error) && !error.response) throw error;
    setToken(null);
  }
  return accessToken;
}

export const session = {
  token: () => accessToken,
  /** Called whenever the token changes; null = signed out. @returns how to stop listening */
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** @throws AxiosError: 400 wrong credentials, 429 too many attempts */
  async signIn({ email, password, remember }: { email: string; password: string; remember: boolean }): Promise<void> {
    const body = { email, password, rememberMe: remember, deviceId: deviceId() };
    const { data } = await plain.post<TokenReply>('/admin/login', body);
    setToken(data.data.token);
  },
  /** A fresh token from the cookie, or null when the session is over. Concurrent callers share one request. */
  renew(): Promise<string | null> {
    renewal ??= requestToken().finally(() => {
      renewal = null;
    });
    return renewal;
  },
  async signOut(): Promise<void> {
    const headers = { authorization: `Bearer ${accessToken ?? ''}` };
    setToken(null);
    // Signed out on this screen whatever the server says; its own session ends with the cookie's age at the latest.
    await plain.post('/admin/logout', { deviceId: deviceId() }, { headers }).catch(() => undefined);
  },
};
