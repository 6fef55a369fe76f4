import type { RefusalDetails } from '@tessera/access/domain';
import { TesseraError, type ErrorBody } from '@tessera/kernel/domain';
import { isAxiosError } from 'axios';
import i18next from 'i18next';

/** A refused or failed call. `message` is a sentence for the person, in the language of the screen. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    /** 0 = no answer. */
    readonly statusCode: number,
    message: string,
    readonly details?: unknown,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** Details of a refusal: why, and who could allow it. */
export function isRefusal(details: unknown): details is RefusalDetails {
  return typeof details === 'object' && details !== null && 'reasons' in details && 'couldAllow' in details;
}

/** `{ code, message, details }` of ours, or of Strapi's own routes `{ name, message, details }`. */
function bodyOf(data: unknown): Partial<ErrorBody['error']> {
  if (typeof data !== 'object' || data === null || !('error' in data)) return {};
  const { error } = data as { error: unknown };
  return typeof error === 'object' && error !== null ? error : {};
}

function codeOfStatus(status: number): string {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not_found';
  if (status === 413) return 'too_large';
  if (status === 429) return 'too_many_attempts';
  return status >= 500 ? 'server_failed' : 'invalid_input';
}

/** The sentence for an error code; a code without its own sentence falls back to that of its status. */
export function sentenceFor(code: string, status: number): string {
  return i18next.t([`errors.${code}`, `errors.${codeOfStatus(status)}`]);
}

/** Of an answer, or of a refusal by a function that server and panel share. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof TesseraError) {
    return new ApiError(error.code, error.status, sentenceFor(error.code, error.status), error.details);
  }
  if (!isAxiosError(error)) return new ApiError('client_failed', 0, i18next.t('errors.client_failed'), error);
  const { response } = error;
  if (!response) return new ApiError('unreachable', 0, i18next.t('errors.unreachable'));
  const body = bodyOf(response.data);
  const code = body.code ?? codeOfStatus(response.status);
  return new ApiError(code, response.status, sentenceFor(code, response.status), body.details);
}
