import axios, { type AxiosError, type InternalAxiosRequestConfig } from 'axios';
import { toApiError } from './api-error';
import { session } from './session';

const VERSION_HEADER = 'x-policy-version';
type Attempt = InternalAxiosRequestConfig & { isRetry?: boolean };

let policyListener: (version: number) => void = () => undefined;

/** Called with the policy version of every answer, so that a changed role shows without a reload. */
export function onPolicyVersion(listener: (version: number) => void): void {
  policyListener = listener;
}

function noticeVersion(headers: unknown): void {
  const version = Number((headers as Record<string, string | undefined> | undefined)?.[VERSION_HEADER]);
  if (Number.isInteger(version) && version > 0) policyListener(version);
}

/** A file was asked for and a refusal came: it is read as what it is. */
async function readRefusal({ response }: AxiosError): Promise<void> {
  if (!response || !(response.data instanceof Blob)) return;
  const text = await response.data.text();
  try {
    response.data = JSON.parse(text) as unknown;
  } catch {
    response.data = text;
  }
}

/** Every call to `/api`: carries the session, renews it once on 401, throws `ApiError`. */
export const http = axios.create();

http.interceptors.request.use((config) => {
  const token = session.token();
  if (token) config.headers.set('authorization', `Bearer ${token}`);
  return config;
});

http.interceptors.response.use(
  (response) => {
    noticeVersion(response.headers);
    return response;
  },
  async (error: AxiosError) => {
    noticeVersion(error.response?.headers);
    await readRefusal(error);
    const config = error.config as Attempt | undefined;
    if (error.response?.status !== 401 || !config || config.isRetry) throw toApiError(error);
    const renewed = await session.renew().catch((failure: unknown) => Promise.reject(toApiError(failure)));
    if (!renewed) throw toApiError(error);
    return http.request({ ...config, isRetry: true } as Attempt);
  },
);
