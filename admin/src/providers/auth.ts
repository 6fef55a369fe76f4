import type { AuthProvider } from '@refinedev/core';
import { isAxiosError } from 'axios';
import i18next from 'i18next';
import { ApiError, toApiError } from './api-error';
import { me } from './me';
import { session } from './session';

export interface Credentials {
  email: string;
  password: string;
  remember: boolean;
}

function signInError(error: unknown): ApiError {
  const status = isAxiosError(error) ? (error.response?.status ?? 0) : 0;
  if (status === 400 || status === 401) return new ApiError('wrong_credentials', status, i18next.t('signIn.wrong'));
  if (status === 429) return new ApiError('too_many_attempts', status, i18next.t('signIn.tooMany'));
  return toApiError(error);
}

async function restore(): Promise<boolean> {
  if (!session.token() && !(await session.renew())) return false;
  if (!me.state().me) await me.load();
  return true;
}

export const authProvider: AuthProvider = {
  async login(credentials: Credentials) {
    try {
      await session.signIn(credentials);
      await me.load();
      return { success: true };
    } catch (error) {
      return { success: false, error: signInError(error) };
    }
  },
  async logout() {
    await session.signOut();
    return { success: true, redirectTo: '/sign-in' };
  },
  async check() {
    try {
      if (await restore()) return { authenticated: true };
    } catch (error) {
      const failure = toApiError(error);
      if (failure.statusCode !== 401) return { authenticated: false, error: failure, redirectTo: '/sign-in' };
    }
    return { authenticated: false, redirectTo: '/sign-in' };
  },
  async onError(error: unknown) {
    return toApiError(error).statusCode === 401 ? { logout: true, redirectTo: '/sign-in' } : {};
  },
  getIdentity: async () => me.state().me?.staff ?? null,
};
